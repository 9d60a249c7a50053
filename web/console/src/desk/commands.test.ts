import { expect, test } from "vitest";
import { capsOf, createCommandBook, found } from "./commands";

test("a chord is shown as the caps of its keys", () => {
  expect(capsOf("g i", "then")).toEqual(["G", "then", "I"]);
  expect(capsOf("Shift+X", "then")).toEqual(["⇧", "X"]);
  expect(capsOf("$mod+k", "then")).toEqual(["⌃", "K"]);
  expect(capsOf("F8", "then")).toEqual(["F8"]);
});

test("what is asked for is found in any order, without accents, and what begins with it comes first", () => {
  const names = ["Cerrar la conversación", "Ana Ortiz", "Conversación siguiente", "Lucía Romero"];
  const text = (name: string) => name;
  expect(found(names, text, "conversacion")).toEqual(["Conversación siguiente", "Cerrar la conversación"]);
  expect(found(names, text, "romero LUCIA")).toEqual(["Lucía Romero"]);
  expect(found(names, text, "nobody")).toEqual([]);
  expect(found(names, text, " ")).toEqual(names);
});

test("the commands of a screen are there as long as it is, before those of the frame around it", () => {
  const book = createCommandBook();
  const run = () => {};
  book.put("frame", () => [{ name: "Inbox", run }]);
  const leave = book.put("screen", () => [
    { name: "Transfer", run },
    { name: "Next", unlisted: true, run },
  ]);
  expect(book.all().map(({ name }) => name)).toEqual(["Transfer", "Inbox"]);
  leave();
  expect(book.all().map(({ name }) => name)).toEqual(["Inbox"]);
});
