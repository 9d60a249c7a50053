// Words in several languages: which language to speak, and numbers, times and plurals in it. The catalogues are plain
// objects of the apps; TypeScript refuses one that lacks a key.

/** Chooses among the offered languages (`en`, `es`, …) by what is wanted (`navigator.languages`), best first. */
export function negotiate<Language extends string>(
  wanted: readonly string[],
  offered: readonly Language[],
  fallback: Language,
): Language {
  for (const tag of wanted) {
    const exact = offered.find((language) => language.toLowerCase() === tag.toLowerCase());
    if (exact) return exact;
    const base = baseOf(tag);
    const similar = offered.find((language) => baseOf(language) === base);
    if (similar) return similar;
  }
  return fallback;
}

function baseOf(tag: string): string {
  return (tag.split("-")[0] ?? tag).toLowerCase();
}

/** The forms that a number asks for; languages without a form use `other`. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export type Formats = {
  language: string;
  number(value: number): string;
  /** The form for a number, with `#` replaced by it. */
  plural(count: number, forms: Plural): string;
  /** "in 5 minutes", "yesterday". */
  relative(at: number, now: number): string;
  /** A length in its largest fitting unit, rounded up: "45 seconds", "3 minutes". */
  duration(seconds: number): string;
  /** "3–5 minutes", or one length where both round to the same. */
  durations(fromSeconds: number, toSeconds: number): string;
  /** The time of day. */
  time(at: number): string;
  /** Day and time; the day is left out when it is today and named when it is within the week. */
  moment(at: number, now: number): string;
  /** The day alone: "today", "yesterday", "Monday", "3 March". */
  day(at: number, now: number): string;
};

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const DAY_MS = DAY_S * 1000;

/** `timeZone` is the browser's when it is not given. */
export function createFormats(language: string, timeZone?: string): Formats {
  const zone = timeZone === undefined ? {} : { timeZone };
  const numbers = new Intl.NumberFormat(language);
  const plurals = new Intl.PluralRules(language);
  const relatives = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const times = new Intl.DateTimeFormat(language, { ...zone, timeStyle: "short" });
  const weekdays = new Intl.DateTimeFormat(language, { ...zone, weekday: "long" });
  const dates = new Intl.DateTimeFormat(language, { ...zone, day: "numeric", month: "long" });
  const calendar = new Intl.DateTimeFormat("en-CA", { ...zone, dateStyle: "short" });

  const lengthOf = (seconds: number): [number, "second" | "minute" | "hour"] => {
    // Seconds in steps of five: nobody can promise more than that.
    if (seconds <= MINUTE_S - 5) return [Math.max(5, Math.ceil(seconds / 5) * 5), "second"];
    if (seconds <= HOUR_S) return [Math.ceil(seconds / MINUTE_S), "minute"];
    return [Math.ceil(seconds / HOUR_S), "hour"];
  };
  const unitFormat = (unit: string) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" });

  /** How many midnights lie between. */
  const daysBetween = (at: number, now: number) =>
    Math.round((Date.parse(calendar.format(at)) - Date.parse(calendar.format(now))) / DAY_MS);

  const day = (at: number, now: number) => {
    const days = daysBetween(at, now);
    if (Math.abs(days) <= 1) return relatives.format(days, "day");
    return Math.abs(days) < 7 ? weekdays.format(at) : dates.format(at);
  };

  return {
    language,
    number: (value) => numbers.format(value),
    plural: (count, forms) => (forms[plurals.select(count)] ?? forms.other).replace("#", numbers.format(count)),
    relative(at, now) {
      const seconds = (at - now) / 1000;
      const size = Math.abs(seconds);
      if (size < MINUTE_S) return relatives.format(0, "second");
      if (size < HOUR_S) return relatives.format(Math.trunc(seconds / MINUTE_S), "minute");
      if (size < DAY_S) return relatives.format(Math.trunc(seconds / HOUR_S), "hour");
      return relatives.format(daysBetween(at, now), "day");
    },
    duration(seconds) {
      const [count, unit] = lengthOf(seconds);
      return unitFormat(unit).format(count);
    },
    durations(fromSeconds, toSeconds) {
      const [high, unit] = lengthOf(toSeconds);
      const [low, lowUnit] = lengthOf(Math.min(fromSeconds, toSeconds));
      const format = unitFormat(unit);
      if (unit === lowUnit) return low === high ? format.format(high) : format.formatRange(low, high);
      return format.formatRange(1, high);
    },
    time: (at) => times.format(at),
    moment: (at, now) => (daysBetween(at, now) === 0 ? times.format(at) : `${day(at, now)}, ${times.format(at)}`),
    day,
  };
}
