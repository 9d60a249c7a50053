import { expect, test } from "vitest";
import { placeIn } from "./configuration";

test("a problem's sentence tells where in the document the fault is", () => {
  expect(placeIn("line 20, column 11: unknown field `signal`")).toEqual({ line: 20, column: 11 });
  expect(placeIn("queues.support: missing field `name` at line 3 column 5")).toEqual({ line: 3, column: 5 });
  expect(placeIn("The organisation has no name.")).toBeNull();
});
