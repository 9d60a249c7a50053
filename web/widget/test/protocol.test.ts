import { expect, test } from "vitest";
import { readToFrame } from "../src/protocol.ts";

test("the frame takes what the loader says and nothing beyond it", () => {
  expect(readToFrame({ type: "shown", extra: "dropped" })).toEqual({ type: "shown" });
  expect(readToFrame({ type: "hidden" })).toEqual({ type: "hidden" });
  expect(readToFrame({ type: "identify", token: "a.b.c" })).toEqual({ type: "identify", token: "a.b.c" });
});

test.each([
  null,
  undefined,
  "shown",
  5,
  [],
  {},
  { type: "write", text: "hi" },
  { type: "identify" },
  { type: "identify", token: 5 },
])("the frame ignores %j", (value) => expect(readToFrame(value)).toBeNull());

test("a token beyond all measure is none", () => {
  expect(readToFrame({ type: "identify", token: "x".repeat(8_193) })).toBeNull();
});
