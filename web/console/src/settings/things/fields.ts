// What the forms of the admin's pages ask, section by section; and how a field's text becomes a value and back.

export type Section = "queues" | "agents" | "channels" | "bots" | "topics" | "rules";

export type Kind = "text" | "long" | "lines" | "number" | "flag" | "choice" | "levels" | "pairs" | "colour";

export type Field = {
  /** A dot stands for a step down: `alerts.waiting`. */
  key: string;
  kind: Kind;
  required?: boolean;
  /** Words to choose from; empty stands for what holds when nothing is written. */
  options?: readonly string[];
  /** Where the choices come from: another section's keys. */
  from?: "queues" | "bots";
  /** Asked only where this holds, like of bots of one kind. */
  when?: (draft: Draft) => boolean;
};

/** What stands in the form, by field: text for everything but flags. */
export type Draft = Record<string, string | boolean>;
export type Values = Record<string, unknown>;
export type Edit = { path: string[]; value?: unknown };

const bot = (...kinds: string[]) => ({ when: (draft: Draft) => kinds.includes(String(draft.kind)) });

export const FIELDS: Record<Section, readonly Field[]> = {
  queues: [
    { key: "name", kind: "text", required: true },
    { key: "topics", kind: "lines" },
    { key: "tiers", kind: "lines" },
    { key: "languages", kind: "lines" },
    { key: "skills", kind: "levels" },
    { key: "hours", kind: "text" },
    { key: "time_zone", kind: "text" },
    { key: "holidays", kind: "lines" },
    { key: "exceptional_days", kind: "pairs" },
    { key: "ring_s", kind: "number" },
    { key: "service_level_s", kind: "number" },
    { key: "priority", kind: "number" },
    { key: "delivery", kind: "choice", options: ["", "offer", "broadcast", "pull"] },
    { key: "choose", kind: "choice", options: ["", "longest_idle", "least_occupied", "best_skill"] },
    { key: "limit", kind: "number" },
    { key: "language_required", kind: "flag" },
    { key: "alerts.waiting", kind: "number" },
    { key: "alerts.longest_wait_s", kind: "number" },
    { key: "alerts.service_level", kind: "number" },
  ],
  agents: [
    { key: "name", kind: "text", required: true },
    { key: "email", kind: "text", required: true },
    { key: "role", kind: "choice", options: ["", "agent", "supervisor", "admin"] },
    { key: "queues", kind: "lines", from: "queues" },
    { key: "skills", kind: "levels" },
    { key: "languages", kind: "lines" },
    { key: "capacity", kind: "number" },
    { key: "urgent_slots", kind: "number" },
    { key: "pull", kind: "flag" },
  ],
  channels: [
    { key: "title", kind: "text", required: true },
    { key: "greeting", kind: "long" },
    { key: "bot", kind: "choice", from: "bots", required: true },
    { key: "colour", kind: "colour" },
    { key: "suggestions", kind: "lines" },
    { key: "origins", kind: "lines" },
    { key: "language", kind: "text" },
    { key: "weight", kind: "number" },
  ],
  bots: [
    { key: "kind", kind: "choice", options: ["knowledge", "webhook", "chat", "api"], required: true },
    { key: "name", kind: "text", required: true },
    { key: "url", kind: "text", required: true, ...bot("webhook") },
    { key: "secret", kind: "text", required: true, ...bot("webhook") },
    { key: "base_url", kind: "text", required: true, ...bot("chat") },
    { key: "model", kind: "text", required: true, ...bot("chat") },
    { key: "api_key", kind: "text", ...bot("chat") },
    { key: "instructions", kind: "long", ...bot("chat") },
    { key: "articles", kind: "flag", ...bot("chat") },
    { key: "time_limit_s", kind: "number", ...bot("webhook", "chat") },
  ],
  topics: [
    { key: "phrases", kind: "lines", required: true },
    { key: "skills", kind: "levels" },
    { key: "priority", kind: "number" },
    { key: "weight", kind: "number" },
  ],
  rules: [
    { key: "when", kind: "long", required: true },
    { key: "then", kind: "choice", options: ["hand_off", "suggest", "keep"], required: true },
    { key: "queue", kind: "choice", from: "queues" },
    { key: "skills", kind: "levels" },
    { key: "priority", kind: "number" },
    { key: "weight", kind: "number" },
  ],
};

export const KEY_SHAPE = /^[a-z0-9][a-z0-9_-]{0,63}$/;

export function draftOf(section: Section, values: Values): Draft {
  return Object.fromEntries(FIELDS[section].map((field) => [field.key, asText(field, valueAt(values, field.key))]));
}

/** A form for something that is not there yet: choices that must be made begin with their first. */
export function emptyDraft(section: Section, choices: (field: Field) => readonly string[]): Draft {
  const draft = draftOf(section, {});
  for (const field of FIELDS[section]) {
    if (field.kind === "choice" && field.required) draft[field.key] = choices(field)[0] ?? "";
  }
  return draft;
}

function valueAt(values: Values, key: string): unknown {
  return key.split(".").reduce<unknown>((value, step) => (value as Values | undefined)?.[step], values);
}

function asText({ kind }: Field, value: unknown): string | boolean {
  if (kind === "flag") return value === true;
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join("\n");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([key, one]) => `${key}: ${String(one)}`)
      .join("\n");
  }
  return String(value);
}

/** The value of a field's text; `undefined` leaves the field out. What is no number stays text: the server says what is wrong. */
export function asValue({ kind }: Field, text: string | boolean): unknown {
  if (typeof text === "boolean") return text || undefined;
  const whole = text.trim();
  if (whole === "") return undefined;
  switch (kind) {
    case "lines":
      return linesOf(whole);
    case "levels":
      return Object.fromEntries(pairsOf(whole).map(([key, level]) => [key, numberOr(level)]));
    case "pairs":
      return Object.fromEntries(pairsOf(whole));
    case "number":
      return numberOr(whole);
    case "text":
    case "long":
    case "choice":
    case "colour":
    case "flag":
      return whole;
  }
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

function pairsOf(text: string): [string, string][] {
  return linesOf(text).map((line) => {
    const place = line.indexOf(":");
    return place < 0 ? [line, ""] : [line.slice(0, place).trim(), line.slice(place + 1).trim()];
  });
}

function numberOr(text: string): number | string {
  const number = Number(text.replace(",", "."));
  return text !== "" && Number.isFinite(number) ? number : text;
}

/** The fields that a draft asks: a webhook has other ones than a model. */
export function askedOf(section: Section, draft: Draft): readonly Field[] {
  return FIELDS[section].filter((field) => field.when?.(draft) ?? true);
}

/** What has to be said and is not. */
export function missingOf(section: Section, draft: Draft): string[] {
  return askedOf(section, draft)
    .filter((field) => field.required && asValue(field, draft[field.key] ?? "") === undefined)
    .map(({ key }) => key);
}

/** The edits that make `before` what the form says; only what was changed is touched. */
export function editsOf(section: Section, key: string, before: Draft | null, draft: Draft): Edit[] {
  const asked = askedOf(section, draft);
  if (!before) {
    const value: Values = {};
    for (const field of asked) put(value, field.key.split("."), asValue(field, draft[field.key] ?? ""));
    return [{ path: [section, key], value }];
  }
  const edits: Edit[] = [];
  for (const field of FIELDS[section]) {
    const text = asked.includes(field) ? (draft[field.key] ?? "") : "";
    if (text === before[field.key]) continue;
    if (!asked.includes(field) && (before[field.key] === "" || before[field.key] === false)) continue;
    const value = asValue(field, text);
    edits.push({ path: [section, key, ...field.key.split(".")], ...(value === undefined ? {} : { value }) });
  }
  return edits;
}

function put(into: Values, [first, ...rest]: string[], value: unknown): void {
  if (first === undefined || value === undefined) return;
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = (into[first] ?? {}) as Values;
  into[first] = inner;
  put(inner, rest, value);
}
