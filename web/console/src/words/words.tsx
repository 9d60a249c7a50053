// Which words the screens use: one typed catalogue per language, chosen by the person or else by the browser.

import { createFormats, type Formats, negotiate } from "@baton/client/words";
import { createContext, use, useMemo } from "react";
import { en } from "./en";
import { es } from "./es";

export type Words = typeof en;
export type Language = "en" | "es";

export const languages: Record<Language, { name: string; words: Words }> = {
  en: { name: "English", words: en },
  es: { name: "Español", words: es },
};

export function languageOf(preferred: readonly string[]): Language {
  return negotiate<Language>(preferred, ["en", "es"], "en");
}

export const LanguageContext = createContext<Language>("en");

export function useLanguage(): Language {
  return use(LanguageContext);
}

export function useWords(): Words {
  return languages[useLanguage()].words;
}

/** Numbers, times and spans in the language of the screens. */
export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => createFormats(language), [language]);
}
