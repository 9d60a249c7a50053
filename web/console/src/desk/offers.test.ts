import { expect, test } from "vitest";
import { NOW, offer } from "../test/fixtures";
import { NO_OFFERS, type OfferInput, reduceOffers } from "./offers";

const after = (...inputs: OfferInput[]) => inputs.reduce(reduceOffers, NO_OFFERS);
const second = { ...offer, id: "second", since: offer.since + 1 };

test("an offer that arrives later never takes the place of the one that is being read", () => {
  const offers = after({ type: "rang", offer: second }, { type: "rang", offer });
  expect(offers.ringing.map(({ id }) => id)).toEqual(["second", offer.id]);
});

test("of several that already rang, the customer who has waited longest comes first", () => {
  const offers = after({ type: "asked" }, { type: "listed", offers: [second, offer] });
  expect(offers.ringing.map(({ id }) => id)).toEqual([offer.id, "second"]);
});

test("the ringing stops when the server says so, and the reason is kept to be shown", () => {
  const offers = after({ type: "rang", offer }, { type: "stopped", offer: offer.id, reason: "customer_left" });
  expect(offers).toMatchObject({ ringing: [], gone: { offer: offer.id, reason: "customer_left" } });
});

test("what was answered here is not announced when the server confirms it", () => {
  const offers = after(
    { type: "rang", offer },
    { type: "answered", offer: offer.id },
    { type: "stopped", offer: offer.id, reason: "accepted" },
  );
  expect(offers).toEqual(NO_OFFERS);
});

test("an offer whose end nobody told does not ring for ever", () => {
  const offers = after({ type: "rang", offer }, { type: "passed", now: offer.expires_at + 1_000 });
  expect(offers.ringing).toHaveLength(1);
  expect(reduceOffers(offers, { type: "passed", now: offer.expires_at + 5_000 }).ringing).toHaveLength(0);
});

test("an offer that rings while the list is on its way is not lost, and one that stopped does not come back", () => {
  const offers = after(
    { type: "rang", offer },
    { type: "asked" },
    { type: "rang", offer: second },
    { type: "stopped", offer: offer.id, reason: "expired" },
    { type: "listed", offers: [offer] },
  );
  expect(offers.ringing.map(({ id }) => id)).toEqual(["second"]);
});

test("after a reconnect, what the server lists is what rings", () => {
  const offers = after({ type: "rang", offer }, { type: "asked" }, { type: "listed", offers: [second] });
  expect(offers.ringing.map(({ id }) => id)).toEqual(["second"]);
  expect(NOW).toBeLessThan(offer.expires_at);
});
