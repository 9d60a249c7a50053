// What stands behind a `/` in the field: which quick replies fit, and their text with the names put in. Pure.

import type { ConversationView, MeView, QuickReplyView } from "@baton/client/wire";

/** A `/` at the beginning or after a space, and the letters up to where one writes. */
export type Slash = { from: number; to: number; asked: string };

const SHOWN_MAX = 8;

export function slashAt(text: string, caret: number): Slash | null {
  const before = text.slice(0, caret);
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(before);
  if (!found) return null;
  const asked = found[1] ?? "";
  return { from: caret - asked.length - 1, to: caret, asked };
}

/** Those that fit here: by their name first, then by their words; one's own hides a shared one of its name. */
export function fitting(all: readonly QuickReplyView[], asked: string, queue: string | null): QuickReplyView[] {
  const own = new Set(all.filter(({ shared }) => !shared).map(({ shortcut }) => shortcut));
  const wanted = asked.toLowerCase();
  const here = all.filter(
    ({ shared, shortcut, queues }) =>
      !(shared && own.has(shortcut)) && (queues.length === 0 || (queue !== null && queues.includes(queue))),
  );
  const named = here.filter(({ shortcut }) => shortcut.toLowerCase().startsWith(wanted));
  const said = here.filter((reply) => !named.includes(reply) && reply.text.toLowerCase().includes(wanted));
  return [...named, ...said].slice(0, SHOWN_MAX);
}

/** Names where they belong. A name that is not known leaves nothing; what is no variable of ours stays as it is. */
export function filled(text: string, state: ConversationView, me: MeView): string {
  const first = (name: string | null | undefined) => name?.trim().split(/\s+/)[0] ?? "";
  const values: Record<string, string> = {
    "customer.name": state.customer?.name ?? "",
    "customer.first_name": first(state.customer?.name),
    "customer.email": state.customer?.email ?? "",
    "agent.name": me.name,
    "agent.first_name": first(me.name),
    queue: state.handoff?.queue_name ?? state.handoff?.queue ?? "",
    organisation: me.organisation,
  };
  return text.replace(/\{\{\s*([a-z_.]+)\s*\}\}/g, (written, name: string) => values[name] ?? written);
}

/** The text with the `/…` replaced, and where one goes on writing. */
export function inserted(text: string, slash: Slash, reply: string): { text: string; caret: number } {
  return { text: text.slice(0, slash.from) + reply + text.slice(slash.to), caret: slash.from + reply.length };
}
