// The offers that ring at this desk. Pure: a fold of what the socket tells.

import type { OfferView } from "@baton/client/wire";

export type Offers = {
  /** In the order they began to ring here: none takes the place of one that is being read. */
  ringing: readonly OfferView[];
  /** Why the last one stopped, when it was not this desk's doing. */
  gone: { offer: string; reason: string } | null;
  /** What was known when the server was asked for its list, and what has stopped since; null while nobody asks. */
  asking: { known: ReadonlySet<string>; stopped: ReadonlySet<string> } | null;
};

export type OfferInput =
  | { type: "asked" }
  | { type: "listed"; offers: readonly OfferView[] }
  | { type: "rang"; offer: OfferView }
  | { type: "stopped"; offer: string; reason: string }
  /** Accepted or declined here: it stops before the server says so. */
  | { type: "answered"; offer: string }
  | { type: "passed"; now: number }
  | { type: "noticed" };

export const NO_OFFERS: Offers = { ringing: [], gone: null, asking: null };

export function reduceOffers(offers: Offers, input: OfferInput): Offers {
  switch (input.type) {
    case "asked":
      return { ...offers, asking: { known: new Set(offers.ringing.map(({ id }) => id)), stopped: new Set() } };
    case "listed": {
      // The list is as old as the question: what rang or stopped since then is known better here.
      const { known, stopped } = offers.asking ?? { known: new Set(), stopped: new Set() };
      const since = offers.ringing.filter(({ id }) => !known.has(id));
      const listed = input.offers.filter(({ id }) => !stopped.has(id) && !since.some((one) => one.id === id));
      const present = offers.ringing.filter(
        ({ id }) => since.some((one) => one.id === id) || listed.some((one) => one.id === id),
      );
      const fresh = listed.filter(({ id }) => !present.some((one) => one.id === id));
      return { ...offers, ringing: [...present, ...bySince(fresh)], asking: null };
    }
    case "rang":
      return {
        ...offers,
        ringing: offers.ringing.some(({ id }) => id === input.offer.id)
          ? offers.ringing.map((known) => (known.id === input.offer.id ? input.offer : known))
          : [...offers.ringing, input.offer],
        gone: null,
      };
    case "stopped": {
      const rang = offers.ringing.some(({ id }) => id === input.offer);
      const left = stop(offers, input.offer);
      return rang ? { ...left, gone: { offer: input.offer, reason: input.reason } } : left;
    }
    case "answered":
      return stop(offers, input.offer);
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

function stop(offers: Offers, offer: string): Offers {
  const asking = offers.asking && { ...offers.asking, stopped: new Set([...offers.asking.stopped, offer]) };
  return { ...offers, ringing: offers.ringing.filter(({ id }) => id !== offer), asking };
}

function bySince(ringing: readonly OfferView[]): OfferView[] {
  return [...ringing].sort((one, other) => one.since - other.since || one.expires_at - other.expires_at);
}
