import { expect, test } from "vitest";
import { ana, HELD, mia, mine, queue, summary, WAITING } from "../test/fixtures";
import { belongsTo, bySince, placed } from "./lists";

const nobody = { agent: null, agent_name: null, offer: null, offer_expires_at: null };

test("what another agent takes leaves the queue, and what Ana takes becomes hers", () => {
  const [waits] = queue;
  if (!waits) throw new Error("nobody waits");
  expect(belongsTo("queue", waits, ana)).toBe(true);
  const taken = { ...waits, controller: { ...nobody, kind: "agent" as const, agent: "ana" }, agents: ["ana"] };
  expect(belongsTo("queue", taken, ana)).toBe(false);
  expect(belongsTo("mine", taken, ana)).toBe(true);
});

test("a queue that is not Ana's does not show to her, but to a supervisor", () => {
  const elsewhere = {
    ...summary(WAITING),
    controller: { ...nobody, kind: "queued" as const },
    agents: [],
    queue: "security",
  };
  expect(belongsTo("queue", elsewhere, ana)).toBe(false);
  expect(belongsTo("queue", elsewhere, mia)).toBe(true);
});

test("a closed conversation stays hers only while she wraps it up", () => {
  const closed = { ...summary(HELD), controller: { ...nobody, kind: "closed" as const }, wrapping_up: true };
  expect(belongsTo("mine", closed, ana)).toBe(true);
  expect(belongsTo("mine", { ...closed, wrapping_up: false }, ana)).toBe(false);
});

test("a summary that was overtaken does not bring back what was", () => {
  const later = { ...summary(HELD), seq: 30, last_text: "later" };
  const rows = placed(mine, later, true);
  expect(placed(rows, { ...later, seq: 29, last_text: "earlier" }, true).find(({ id }) => id === HELD)?.last_text).toBe(
    "later",
  );
});

test("who has waited longest is first in the queue, wherever the row came from", () => {
  expect(bySince([...queue].reverse()).map(({ since }) => since)).toEqual(queue.map(({ since }) => since));
});
