// What one browser remembers for one person: small settings and drafts. A browser without storage only forgets.

import { useCallback, useSyncExternalStore } from "react";

const PREFIX = "baton.console.";
const changes = new Set<() => void>();

export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function writeStored(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Full or forbidden: it holds until the page is left, which is better than failing.
  }
  for (const change of changes) change();
}

function subscribe(change: () => void): () => void {
  changes.add(change);
  addEventListener("storage", change);
  return () => {
    changes.delete(change);
    removeEventListener("storage", change);
  };
}

/** A setting that all tabs share. */
export function useStored<Value extends string>(
  name: string,
  values: readonly Value[],
  fallback: Value,
): [Value, (value: Value) => void] {
  const stored = useSyncExternalStore(subscribe, () => readStored(name));
  const value = values.find((one) => one === stored) ?? fallback;
  return [value, useCallback((next: Value) => writeStored(name, next), [name])];
}
