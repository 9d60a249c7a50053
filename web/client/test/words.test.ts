import { expect, test } from "vitest";
import { createFormats, negotiate } from "../src/words.ts";

const NOON = Date.UTC(2026, 10, 16, 12);
const HOUR = 3_600_000;
const en = createFormats("en", "UTC");
const es = createFormats("es", "Europe/Madrid");

test("the first wanted language that is spoken is chosen, near relatives included", () => {
  expect(negotiate(["fr-FR", "es-MX", "en"], ["en", "es"], "en")).toBe("es");
  expect(negotiate(["ES"], ["en", "es"], "en")).toBe("es");
  expect(negotiate(["pt-BR", "pt-PT"], ["en", "pt-PT"], "en")).toBe("pt-PT");
  expect(negotiate(["ja"], ["en", "es"], "en")).toBe("en");
});

test("numbers ask for their form of a word", () => {
  expect(en.plural(1, { one: "# person", other: "# people" })).toBe("1 person");
  expect(en.plural(1_200, { one: "# person", other: "# people" })).toBe("1,200 people");
  expect(createFormats("ja").plural(1, { one: "never", other: "#人" })).toBe("1人");
});

test("waits are said in units that people plan with", () => {
  expect(en.duration(12)).toBe("15 seconds");
  expect(en.duration(61)).toBe("2 minutes");
  expect(es.duration(7_000)).toBe("2 horas");
  expect(en.durations(130, 290)).toBe("3–5 minutes");
  expect(en.durations(20, 280)).toBe("1–5 minutes");
  expect(en.durations(290, 300)).toBe("5 minutes");
});

test("times are said from where the reader is", () => {
  expect(en.moment(NOON, NOON)).toBe("12:00 PM");
  expect(es.moment(NOON, NOON)).toBe("13:00");
  expect(es.moment(NOON + 20 * HOUR, NOON)).toBe("mañana, 9:00");
  expect(en.day(NOON + 72 * HOUR, NOON)).toBe("Thursday");
  expect(en.day(NOON + 24 * 30 * HOUR, NOON)).toBe("December 16");
  expect(en.relative(NOON - 5 * 60_000, NOON)).toBe("5 minutes ago");
  expect(es.relative(NOON - 26 * HOUR, NOON)).toBe("ayer");
});
