import { expect, test } from "vitest";
import { pieces } from "./bytes";

const marked = (text: string, start: number, end: number) =>
  pieces(text, [{ start, end }])
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join("");

test("a span in bytes marks the right words after letters that take more than one", () => {
  const text = "¿Puedo hablar con una persona? 人 ok";
  const start = new TextEncoder().encode("¿Puedo hablar con una ").length;
  expect(marked(text, start, start + "persona".length)).toBe("¿Puedo hablar con una [persona]? 人 ok");
});

test("a span that ends inside a letter, or beyond the text, marks nothing and loses nothing", () => {
  expect(marked("año", 0, 2)).toBe("año");
  expect(marked("año", 0, 99)).toBe("año");
  expect(marked("año", 3, 3)).toBe("año");
});

test("spans that overlap never show a word twice", () => {
  const shown = pieces("talk to a person", [
    { start: 0, end: 7 },
    { start: 5, end: 16 },
  ]);
  expect(shown.map(({ text }) => text).join("")).toBe("talk to a person");
  expect(shown.every((piece) => piece.marked)).toBe(true);
});
