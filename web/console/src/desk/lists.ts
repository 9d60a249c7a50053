// Which list a conversation belongs in, by its summary alone. Pure; the server fills the lists at first, and every
// summary that arrives moves its row.

import type { AgentView, ConversationPage, ConversationSummary, MeView } from "@baton/client/wire";
import type { Words } from "../words/words";

export type ListName = "mine" | "queue" | "recent";

export function belongsTo(list: "mine" | "queue", summary: ConversationSummary, me: MeView): boolean {
  switch (list) {
    case "mine":
      return summary.controller.kind !== "closed" || summary.wrapping_up ? summary.agents.includes(me.agent) : false;
    case "queue":
      return isWaiting(summary) && !summary.agents.includes(me.agent) && isMyQueue(summary.queue, me);
  }
}

export function isWaiting(summary: ConversationSummary): boolean {
  switch (summary.controller.kind) {
    case "queued":
    case "offered":
      return true;
    case "bot":
    case "agent":
    case "closed":
      return false;
  }
}

/** Supervisors and admins look after every queue. */
function isMyQueue(queue: string | null | undefined, me: MeView): boolean {
  if (me.role !== "agent") return true;
  return queue != null && me.queues.includes(queue);
}

/** The rows with the summary where it belongs. An older summary never replaces a later one. */
export function placed(
  rows: readonly ConversationSummary[],
  summary: ConversationSummary,
  belongs: boolean,
): ConversationSummary[] {
  const known = rows.find((row) => row.id === summary.id);
  if (known && known.seq > summary.seq) return [...rows];
  const others = rows.filter((row) => row.id !== summary.id);
  return belongs ? [...others, summary] : others;
}

/** The same for a page of them; absent pages stay absent. */
export function pageWith(
  page: ConversationPage | undefined,
  summary: ConversationSummary,
  belongs: boolean,
): ConversationPage | undefined {
  return page && { ...page, items: placed(page.items, summary, belongs) };
}

/** What staff have read to the end is unread no longer, before the server says so. */
export function pageRead(page: ConversationPage | undefined, conversation: string): ConversationPage | undefined {
  if (!page?.items.some(({ id, unread }) => id === conversation && unread > 0)) return page;
  return { ...page, items: page.items.map((row) => (row.id === conversation ? { ...row, unread: 0 } : row)) };
}

/** Mine: what was written last comes first, what rings before all. */
export function byAttention(rows: readonly ConversationSummary[]): ConversationSummary[] {
  const rank = (row: ConversationSummary) => (row.controller.kind === "offered" ? 0 : row.wrapping_up ? 2 : 1);
  return [...rows].sort((one, other) => rank(one) - rank(other) || other.last_message_at - one.last_message_at);
}

/** The queue: who has waited longest comes first. */
export function bySince(rows: readonly ConversationSummary[]): ConversationSummary[] {
  return [...rows].sort((one, other) => (one.since ?? one.started_at) - (other.since ?? other.started_at));
}

export function byLast(rows: readonly ConversationSummary[]): ConversationSummary[] {
  return [...rows].sort((one, other) => other.last_message_at - one.last_message_at);
}

/** What a customer is called here; those without a name are told apart by the end of their conversation's id. */
export function customerNameOf(name: string | null | undefined, conversation: string, words: Words): string {
  return name || words.inbox.anonymous(conversation.slice(-4));
}

/** Who did something, as records name them: `agent:ana`, or a program's name. */
export function whoName(who: string, agents: readonly Named[]): string {
  return who.startsWith("agent:") ? nameOf(who.slice("agent:".length), agents) : who;
}

/** What it takes to call an agent by name. */
export type Named = Pick<AgentView, "agent" | "name">;

export function nameOf(agent: string | null | undefined, agents: readonly Named[]): string {
  if (!agent) return "";
  return agents.find((one) => one.agent === agent)?.name ?? agent;
}
