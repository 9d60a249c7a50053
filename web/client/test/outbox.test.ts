import { expect, test } from "vitest";
import type { Pending } from "../src/conversation.ts";
import { createOutbox } from "../src/outbox.ts";
import { memoryStorage } from "./storage.ts";

function pending(clientId: string, at: number): Pending {
  return { clientId, text: clientId, at, epoch: null, status: { at: "sent" } };
}

test("a reload finds what was not sent, oldest first, of this conversation only", () => {
  const storage = memoryStorage();
  const outbox = createOutbox(storage);
  outbox.put("one", pending("b", 2));
  outbox.put("one", pending("a", 1));
  outbox.put("other", pending("c", 3));
  expect(outbox.load("one").map(({ clientId, status }) => [clientId, status.at])).toEqual([
    ["a", "unsent"],
    ["b", "unsent"],
  ]);
  outbox.remove("one", "a");
  expect(outbox.load("one")).toHaveLength(1);
});

test("two tabs do not overwrite each other's messages", () => {
  const storage = memoryStorage();
  createOutbox(storage).put("one", pending("mine", 1));
  createOutbox(storage).put("one", pending("theirs", 2));
  expect(createOutbox(storage).load("one")).toHaveLength(2);
});

test("what cannot be read is left out, and a full or forbidden storage is survived", () => {
  const storage = memoryStorage();
  storage.setItem("baton.outbox.one.x", "{broken");
  storage.setItem("baton.outbox.one.y", '{"text":5}');
  expect(createOutbox(storage).load("one")).toEqual([]);
  storage.setItem = () => {
    throw new Error("quota exceeded");
  };
  createOutbox(storage).put("one", pending("a", 1));
  createOutbox(null).put("one", pending("a", 1));
  expect(createOutbox(null).load("one")).toEqual([]);
});
