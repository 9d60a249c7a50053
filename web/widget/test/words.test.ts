import { expect, test } from "vitest";
import { fill, LANGUAGES, loadSpeech } from "../src/words/catalogue.ts";
import { en } from "../src/words/en.ts";

const KEYS = Object.keys(en) as (keyof typeof en)[];

/** The names in braces that a text fills in. */
const names = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();

test.each(LANGUAGES)("%s says everything, and fills in the same names", async (language) => {
  const { words } = await loadSpeech([language]);
  expect(Object.keys(words).sort()).toEqual([...KEYS].sort());
  for (const key of KEYS) {
    expect(JSON.stringify(words[key]).length, key).toBeGreaterThan(2);
    expect(names(words[key]), key).toEqual(names(en[key]));
  }
});

test.each(LANGUAGES)("%s has every plural form that its numbers ask for", async (language) => {
  const { words, formats } = await loadSpeech([language]);
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const plural of [words.ahead, words.unread]) {
    expect(Object.keys(plural).sort()).toEqual([...categories].sort());
    for (const count of [0, 1, 2, 3, 5, 11, 21, 100]) expect(formats.plural(count, plural)).not.toContain("#");
  }
});

test("no language repeats another's words", async () => {
  const all = await Promise.all(LANGUAGES.map((language) => loadSpeech([language])));
  const said = all.map(({ words }) => words.disclosure + words.waitingTitle + words.ended);
  expect(new Set(said).size).toBe(LANGUAGES.length);
});

test("the customer's language is spoken, in the way of their region and in its direction", async () => {
  expect((await loadSpeech(["es-MX", "en"])).language).toBe("es");
  expect((await loadSpeech(["fi"])).words).toBe(en);
  expect((await loadSpeech(["ar-EG"])).direction).toBe("rtl");
  expect((await loadSpeech(["zh-Hant-TW"])).language).toBe("zh");
  expect((await loadSpeech(["en-GB"], "UTC")).formats.time(Date.UTC(2026, 0, 1, 15))).toBe("15:00");
});

test("names are filled in, and what nobody knows stays visible", () => {
  expect(fill("{name} is writing to {other}", { name: "Ana" })).toBe("Ana is writing to {other}");
});
