// Keeps unsent messages where a reload finds them. Each has a key of its own, so that two tabs never overwrite each
// other's.
import type { Pending } from "./conversation.ts";

export type OutboxStorage = {
  load(conversation: string): Pending[];
  put(conversation: string, pending: Pending): void;
  remove(conversation: string, clientId: string): void;
};

const PREFIX = "baton.outbox";

/** `storage` is the browser's, or null where it is forbidden; then messages live as long as the page. */
export function createOutbox(storage: Storage | null): OutboxStorage {
  const keyOf = (conversation: string, clientId: string) => `${PREFIX}.${conversation}.${clientId}`;
  return {
    load(conversation) {
      if (!storage) return [];
      const found: Pending[] = [];
      for (let index = 0; index < storage.length; index++) {
        const key = storage.key(index);
        if (!key?.startsWith(`${PREFIX}.${conversation}.`)) continue;
        const pending = parse(storage.getItem(key));
        if (pending) found.push(pending);
      }
      return found.sort((one, other) => one.at - other.at);
    },
    put(conversation, pending) {
      try {
        storage?.setItem(keyOf(conversation, pending.clientId), JSON.stringify(pending));
      } catch {
        // Full: the message still goes out from memory.
      }
    },
    remove(conversation, clientId) {
      storage?.removeItem(keyOf(conversation, clientId));
    },
  };
}

/** What an older version or another program left there is not trusted. */
function parse(text: string | null): Pending | null {
  try {
    const value = JSON.parse(text ?? "null") as Partial<Pending> | null;
    if (typeof value?.clientId !== "string" || typeof value.text !== "string" || typeof value.at !== "number")
      return null;
    const epoch = typeof value.epoch === "number" ? value.epoch : null;
    const problem = value.status?.at === "failed" ? value.status.problem : null;
    const status = problem ? ({ at: "failed", problem } as const) : ({ at: "unsent" } as const);
    const files = Array.isArray(value.attachments)
      ? value.attachments.filter((file) => typeof file?.id === "string")
      : [];
    const attachments = files.length > 0 ? { attachments: files } : {};
    return { clientId: value.clientId, text: value.text, ...attachments, at: value.at, epoch, status };
  } catch {
    return null;
  }
}
