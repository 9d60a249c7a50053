// Drafts survive a reload, a closed tab and a look at another conversation.

import { useCallback, useState } from "react";
import { readStored, writeStored } from "./stored";

/** Beyond this many, the one touched longest ago is forgotten. */
const DRAFTS_MAX = 50;
const INDEX = "drafts";

export type DraftKind = "reply" | "note";

export function useDraft(conversation: string, kind: DraftKind): [string, (text: string) => void] {
  const name = `draft.${conversation}.${kind}`;
  // The name is part of the state, so that another conversation never shows this one's text.
  const [draft, setDraft] = useState({ name, text: readStored(name) ?? "" });
  const present = draft.name === name ? draft : { name, text: readStored(name) ?? "" };
  const change = useCallback(
    (text: string) => {
      setDraft({ name, text });
      keep(name, text);
    },
    [name],
  );
  return [present.text, change];
}

function keep(name: string, text: string): void {
  writeStored(name, text === "" ? null : text);
  const others = (readStored(INDEX) ?? "").split("\n").filter((one) => one !== "" && one !== name);
  const all = text === "" ? others : [...others, name];
  for (const old of all.slice(0, -DRAFTS_MAX)) writeStored(old, null);
  writeStored(INDEX, all.slice(-DRAFTS_MAX).join("\n"));
}

/** What customers and agents wrote does not stay on a machine that somebody has signed out of. */
export function forgetTexts(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (/^baton\.(outbox|console\.drafts?)\b/.test(name)) localStorage.removeItem(name);
    }
  } catch {
    // No storage, nothing to forget.
  }
}
