// What the widget remembers in this browser, per channel. Inside a site's page the browser keeps it apart from what the
// same widget remembers on other sites.

type Key =
  /** The rotating refresh token. */
  | "refresh"
  /** The conversation, by the id that was made here. */
  | "conversation"
  /** What is being written. */
  | "draft"
  /** Up to which event everything was looked at. */
  | "seen"
  /** The customer agreed to the consent notice. */
  | "consent"
  /** The form before the chat was filled in. */
  | "form"
  /** The customer wants no sounds. */
  | "muted";

export type Memory = {
  get(key: Key): string | null;
  /** Null forgets. */
  set(key: Key, value: string | null): void;
};

/** Without a storage (null) it lasts as long as the page. */
export function createMemory(storage: Storage | null, channel: string): Memory {
  const here = new Map<string, string>();
  return {
    get(key) {
      const name = `baton.${channel}.${key}`;
      return here.get(name) ?? storage?.getItem(name) ?? null;
    },
    set(key, value) {
      const name = `baton.${channel}.${key}`;
      if (!storage) {
        value === null ? here.delete(name) : here.set(name, value);
        return;
      }
      try {
        value === null ? storage.removeItem(name) : storage.setItem(name, value);
        here.delete(name);
      } catch {
        // Full: kept for the life of the page.
        if (value !== null) here.set(name, value);
      }
    },
  };
}

/** The browser's storage, or null where touching it is forbidden. */
export function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
