import { expect, test } from "vitest";
import { floor, HANDOFF, NOW } from "../test/fixtures";
import { en } from "../words/en";
import { lineOf, type Naming } from "./event-line";

const naming: Naming = {
  words: en,
  language: "en",
  agents: floor.agents,
  queueName: (key) => floor.queues.find(({ queue }) => queue === key)?.name ?? key,
  dispositionName: (key) => ({ solved: "Solved" })[key] ?? key,
};
const at = { seq: 1, at: NOW };

test("what happened is told with names, not with keys", () => {
  expect(lineOf({ ...at, type: "offer_declined", offer: "o", agent: "ben", reason: "wrong_skill" }, naming)).toBe(
    "Ben Adler declined: wrong skill",
  );
  expect(
    lineOf(
      { ...at, type: "handoff_transferred", handoff: HANDOFF, by: "ana", to_queue: "billing", staffed: true },
      naming,
    ),
  ).toBe("Ana Ortiz transferred it to Billing");
  expect(
    lineOf({ ...at, type: "handoff_moved", handoff: HANDOFF, to_queue: "billing", reason: "queue_removed" }, naming),
  ).toBe("Moved to Billing, same place: its queue was removed");
  expect(lineOf({ ...at, type: "conversation_closed", by: "agent", disposition: "solved" }, naming)).toBe(
    "Closed by the agent: Solved",
  );
});

test("a code that is not known yet is shown as it is, instead of nothing", () => {
  expect(lineOf({ ...at, type: "handoff_abandoned", handoff: HANDOFF, reason: "eclipse" }, naming)).toBe("eclipse");
});
