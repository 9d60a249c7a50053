// The widget's words and formats in one language.
import { createFormats, type Formats, negotiate } from "@baton/client/words";
import { en, type Words } from "./en.ts";
import { es } from "./es.ts";

export type Speech = { words: Words; formats: Formats };

const CATALOGUES = { en, es };

/** Speaks the first of the wanted languages (best first) that there is a catalogue for. */
export function speech(wanted: readonly string[], timeZone?: string): Speech {
  const language = negotiate(wanted, Object.keys(CATALOGUES) as (keyof typeof CATALOGUES)[], "en");
  // The region of the wish decides how times are written: en-GB is not en-US.
  const regional = wanted.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
  return { words: CATALOGUES[language], formats: createFormats(regional, timeZone) };
}

/** Fills the braces: `fill("{name} is writing…", { name })`. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
