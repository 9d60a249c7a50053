import { emptyConversation } from "@baton/client/conversation";
import { expect, test } from "vitest";
import { conversation, events, HANDOFF, HELD, marks } from "../test/fixtures";
import { handoffsOf, itemsOf, markSeqs, turnsOf } from "./transcript";

test("a message carries its own verdict, and messages in one breath follow each other", () => {
  const messages = itemsOf(events).flatMap((item) => (item.kind === "message" ? [item] : []));
  expect(messages.find(({ event }) => event.seq === 8)?.verdict?.kind).toBe("hand_off");
  expect(messages.find(({ event }) => event.seq === 17)?.follows).toBe(false);
  expect(messages.find(({ event }) => event.seq === 18)?.follows).toBe(true);
});

test("every day begins with its name, and what staff may not see leaves no gap on the screen", () => {
  const [first] = events;
  const tomorrow = events.slice(-1).map((event) => ({ ...event, at: event.at + 86_400_000 }));
  const items = itemsOf([...(first ? [first] : []), { seq: 2, at: first?.at ?? 0, type: "hidden" }, ...tomorrow]);
  expect(items.map(({ kind }) => kind)).toEqual(["day", "happened", "day", "message"]);
});

test("delivered and read stand at the last message of staff that the customer has", () => {
  const shown = { ...emptyConversation(HELD), events, state: conversation, marks: { ...marks, customer_read: 18 } };
  expect(markSeqs(shown)).toEqual({ delivered: 21, read: 18 });
});

test("turns come latest first, with the message they are about", () => {
  const turns = turnsOf(events);
  expect(turns.map(({ event }) => event.message)).toEqual([8, 5, 2]);
  expect(turns[0]?.message?.seq).toBe(8);
  expect(handoffsOf(events)).toEqual([HANDOFF]);
});
