// The offers that ring at this desk. Pure: a fold of what the socket tells.

import type { OfferView } from "@baton/client/wire";

export type Offers = {
  /** In the order they began to ring. */
  ringing: readonly OfferView[];
  /** Why the last one stopped, when it was not this desk's doing. */
  gone: { offer: string; reason: string } | null;
};

export type OfferInput =
  | { type: "listed"; offers: readonly OfferView[] }
  | { type: "rang"; offer: OfferView }
  | { type: "stopped"; offer: string; reason: string }
  /** Accepted or declined here: it stops before the server says so. */
  | { type: "answered"; offer: string }
  | { type: "passed"; now: number }
  | { type: "noticed" };

export const NO_OFFERS: Offers = { ringing: [], gone: null };

export function reduceOffers(offers: Offers, input: OfferInput): Offers {
  switch (input.type) {
    case "listed":
      return { ...offers, ringing: inOrder(input.offers) };
    case "rang":
      return {
        ringing: inOrder([...offers.ringing.filter(({ id }) => id !== input.offer.id), input.offer]),
        gone: null,
      };
    case "stopped": {
      const rang = offers.ringing.some(({ id }) => id === input.offer);
      if (!rang) return offers;
      return { ringing: without(offers.ringing, input.offer), gone: { offer: input.offer, reason: input.reason } };
    }
    case "answered":
      return { ...offers, ringing: without(offers.ringing, input.offer) };
    case "passed": {
      // The server says when an offer is over; a lost word must not ring for ever.
      const ringing = offers.ringing.filter(({ expires_at }) => expires_at + GRACE_MS > input.now);
      return ringing.length === offers.ringing.length ? offers : { ...offers, ringing };
    }
    case "noticed":
      return { ...offers, gone: null };
  }
}

const GRACE_MS = 2_000;

function without(ringing: readonly OfferView[], id: string): OfferView[] {
  return ringing.filter((offer) => offer.id !== id);
}

function inOrder(ringing: readonly OfferView[]): OfferView[] {
  return [...ringing].sort((one, other) => one.since - other.since || one.expires_at - other.expires_at);
}
