import type { TakeableView } from "@baton/client/wire";
import { expect, test } from "vitest";
import { brief, id } from "../test/fixtures";
import { NOTHING_TO_TAKE, reduceTakeable, shownToAll, type Takeable, type TakeableInput } from "./takeable";

const one = (n: number, broadcast: boolean): TakeableView => ({
  handoff: id(n),
  conversation: id(n + 100),
  queue: "support",
  queue_name: "Support",
  since: n,
  language: "en",
  broadcast,
  step: 0,
  brief,
});

const after = (...inputs: TakeableInput[]): Takeable => inputs.reduce(reduceTakeable, NOTHING_TO_TAKE);

test("what is shown to everybody rings, what is there to be pulled does not", () => {
  const both = after({ type: "shown", takeable: one(2, true) }, { type: "shown", takeable: one(1, false) });
  expect(shownToAll(both).map(({ handoff }) => handoff)).toEqual([id(2)]);
  expect(both.there).toHaveLength(2);
});

test("who has waited longest rings first, and shown again is shown once", () => {
  const rings = after(
    { type: "shown", takeable: one(5, true) },
    { type: "shown", takeable: one(3, true) },
    { type: "shown", takeable: one(5, true) },
  );
  expect(shownToAll(rings).map(({ since }) => since)).toEqual([3, 5]);
});

test("silenced it stays in the list; gone and shown again it rings again", () => {
  const silent = after({ type: "shown", takeable: one(1, true) }, { type: "silenced", handoff: id(1) });
  expect(shownToAll(silent)).toEqual([]);
  expect(silent.there).toHaveLength(1);
  const again = [{ type: "gone", handoff: id(1) } as const, { type: "shown", takeable: one(1, true) } as const];
  expect(shownToAll(again.reduce<Takeable>(reduceTakeable, silent))).toHaveLength(1);
});

test("the server's list counts, and what was silenced and is still there stays silent", () => {
  const silent = after({ type: "shown", takeable: one(1, true) }, { type: "silenced", handoff: id(1) });
  const listed = reduceTakeable(silent, { type: "listed", takeable: [one(1, true), one(2, true)] });
  expect(shownToAll(listed).map(({ handoff }) => handoff)).toEqual([id(2)]);
});
