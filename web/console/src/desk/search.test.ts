import { expect, it } from "vitest";
import { askedOf } from "./search";

it("filters stand beside the words, and what is no filter is a word", () => {
  expect(askedOf("invoice is:closed in:billing")).toEqual({ q: "invoice", closed: true, queue: "billing" });
  expect(askedOf("by:ana is:open late  parcel")).toEqual({ q: "late  parcel", agent: "ana", closed: false });
  expect(askedOf("is:odd https://x in:")).toEqual({ q: "is:odd https://x in:" });
});
