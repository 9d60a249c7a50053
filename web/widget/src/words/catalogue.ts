// The widget's words and formats in one language. English comes with the widget; every other language is loaded when it
// is spoken, so that nobody waits for words they do not read.
import { createFormats, type Formats, negotiate } from "@baton/client/words";
import { en, type Words } from "./en.ts";

export type Speech = { words: Words; formats: Formats; language: Language; direction: "ltr" | "rtl" };

const CATALOGUES = {
  en: async () => en,
  es: async () => (await import("./es.ts")).es,
  fr: async () => (await import("./fr.ts")).fr,
  de: async () => (await import("./de.ts")).de,
  it: async () => (await import("./it.ts")).it,
  pt: async () => (await import("./pt.ts")).pt,
  nl: async () => (await import("./nl.ts")).nl,
  pl: async () => (await import("./pl.ts")).pl,
  tr: async () => (await import("./tr.ts")).tr,
  ar: async () => (await import("./ar.ts")).ar,
  ja: async () => (await import("./ja.ts")).ja,
  zh: async () => (await import("./zh.ts")).zh,
  ko: async () => (await import("./ko.ts")).ko,
};

export type Language = keyof typeof CATALOGUES;

export const LANGUAGES = Object.keys(CATALOGUES) as Language[];

/** Speaks the first of the wanted languages (best first) that there is a catalogue for. */
export async function loadSpeech(wanted: readonly string[], timeZone?: string): Promise<Speech> {
  const language = negotiate(wanted, LANGUAGES, "en");
  try {
    return speechOf(language, await CATALOGUES[language](), wanted, timeZone);
  } catch {
    // Words that cannot be loaded are no reason to have no chat.
    return speechOf("en", en, ["en"], timeZone);
  }
}

function speechOf(language: Language, words: Words, wanted: readonly string[], timeZone?: string): Speech {
  // The region of the wish decides how times are written: en-GB is not en-US.
  const regional = wanted.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;
  return {
    words,
    formats: createFormats(regional, timeZone),
    language,
    direction: language === "ar" ? "rtl" : "ltr",
  };
}

/** Fills the braces: `fill("{name} is writing…", { name })`. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
