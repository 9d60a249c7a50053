import { expect, test } from "vitest";
import { fill, speech } from "../src/words/catalogue.ts";
import { en } from "../src/words/en.ts";
import { es } from "../src/words/es.ts";

test("both languages fill in the same names", () => {
  const names = (text: unknown) => [...JSON.stringify(text).matchAll(/\{(\w+)\}|#/g)].map(([name]) => name).sort();
  // A way of saying it may need other parts, but never one that the other language does not have.
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(names(es[key]), key).toEqual(names(en[key]));
  }
});

test("the customer's language is spoken, in the way of their region", () => {
  expect(speech(["es-MX", "en"]).words).toBe(es);
  expect(speech(["ja"]).words).toBe(en);
  expect(speech(["en-GB"], "UTC").formats.time(Date.UTC(2026, 0, 1, 15))).toBe("15:00");
});

test("names are filled in, and what nobody knows stays visible", () => {
  expect(fill("{name} is writing to {other}", { name: "Ana" })).toBe("Ana is writing to {other}");
});
