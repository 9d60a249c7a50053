import { describe, expect, it } from "vitest";
import { emojiFor } from "./emoji";
import { mentionAt, mentionsIn, withMentions } from "./mentions";

describe("colleagues in a note", () => {
  it("are asked for by an @ that begins a word", () => {
    expect(mentionAt("ask @be", 7)).toEqual({ from: 4, to: 7, asked: "be" });
    expect(mentionAt("a@b.example", 11)).toBeNull();
  });

  it("are those who are known, each once", () => {
    expect(mentionsIn("@ben and @ana, @ben; not me@dai or @nobody", ["ana", "ben", "dai"])).toEqual(["ben", "ana"]);
  });

  it("are marked in the text and change nothing of it", () => {
    const text = "@ben look <b>here</b> @bench";
    const pieces = withMentions(text, ["ben"]);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.filter(({ named }) => named).map((piece) => piece.text)).toEqual(["@ben"]);
  });
});

it("emoji are found by words of both languages", () => {
  expect(emojiFor("grac").map(({ mark }) => mark)).toEqual(["🙏"]);
  expect(emojiFor("tha").map(({ mark }) => mark)).toEqual(["🙏"]);
});
