// What the transcript shows, in order: messages with their verdicts, notes, notices, what happened, days. Pure.

import type { Conversation } from "@baton/client/conversation";
import type { EventOf, EventView, VerdictView } from "@baton/client/wire";
import { isSameDay } from "../time";

export type Item =
  | { kind: "day"; key: string; at: number }
  | {
      kind: "message";
      key: string;
      event: EventOf<"message_posted">;
      /** The same author went on within a few minutes. */
      follows: boolean;
      verdict: VerdictView | null;
    }
  | { kind: "note"; key: string; event: EventOf<"note_posted"> }
  | { kind: "notice"; key: string; event: EventOf<"notice_posted"> }
  | { kind: "happened"; key: string; event: EventView };

const SAME_BREATH_MS = 4 * 60_000;

export function itemsOf(events: readonly EventView[]): Item[] {
  const verdicts = new Map<number, VerdictView>();
  for (const event of events) {
    if (event.type === "turn_assessed") verdicts.set(event.message, event.verdict);
  }
  const items: Item[] = [];
  let before: EventView | null = null;
  for (const event of events) {
    if (event.type === "hidden" || event.type === "turn_assessed") continue;
    if (!before || !isSameDay(before.at, event.at)) items.push({ kind: "day", key: `d${event.seq}`, at: event.at });
    items.push(itemOf(event, before, verdicts));
    before = event;
  }
  return items;
}

function itemOf(event: EventView, before: EventView | null, verdicts: ReadonlyMap<number, VerdictView>): Item {
  const key = `e${event.seq}`;
  switch (event.type) {
    case "message_posted": {
      const follows =
        before?.type === "message_posted" &&
        before.author.kind === event.author.kind &&
        before.author.name === event.author.name &&
        event.at - before.at < SAME_BREATH_MS &&
        isSameDay(before.at, event.at);
      return { kind: "message", key, event, follows, verdict: verdicts.get(event.seq) ?? null };
    }
    case "note_posted":
      return { kind: "note", key, event };
    case "notice_posted":
      return { kind: "notice", key, event };
    case "conversation_started":
    case "turn_assessed":
    case "bot_turn_failed":
    case "suggestion_declined":
    case "answer_rated":
    case "promise_made":
    case "promise_broken":
    case "opinion_given":
    case "timing_marked":
    case "handoff_requested":
    case "staffing_changed":
    case "offer_made":
    case "offer_accepted":
    case "handoff_taken":
    case "alternative_offered":
    case "offer_declined":
    case "offer_expired":
    case "offer_rescinded":
    case "handoff_assigned":
    case "handoff_returned":
    case "handoff_moved":
    case "handoff_transferred":
    case "priority_changed":
    case "contact_left":
    case "handed_back":
    case "handoff_abandoned":
    case "wrap_up_ended":
    case "survey_offered":
    case "survey_answered":
    case "conversation_closed":
    case "hidden":
      return { kind: "happened", key, event };
  }
}

/** The last message of staff that the customer has received, and the last they have read. */
export function markSeqs(conversation: Conversation): { delivered: number; read: number } {
  let delivered = 0;
  let read = 0;
  for (const event of conversation.events) {
    if (event.type !== "message_posted" || event.author.kind !== "agent") continue;
    if (event.seq <= conversation.marks.customer_delivered) delivered = event.seq;
    if (event.seq <= conversation.marks.customer_read) read = event.seq;
  }
  return { delivered, read };
}

export type AssessedTurn = { event: EventOf<"turn_assessed">; message: EventOf<"message_posted"> | null };

/** Every turn with its verdict, latest first. */
export function turnsOf(events: readonly EventView[]): AssessedTurn[] {
  const messages = new Map<number, EventOf<"message_posted">>();
  const turns: AssessedTurn[] = [];
  for (const event of events) {
    if (event.type === "message_posted") messages.set(event.seq, event);
    if (event.type === "turn_assessed") turns.push({ event, message: messages.get(event.message) ?? null });
  }
  return turns.reverse();
}

/** The handoffs of the conversation, in order. */
export function handoffsOf(events: readonly EventView[]): string[] {
  return events.flatMap((event) => (event.type === "handoff_requested" ? [event.handoff] : []));
}

/** Rises whenever a brief or a routing decision may have changed. */
export function routingSeq(events: readonly EventView[]): number {
  return events.findLast(({ type }) => CHANGES_ROUTING[type])?.seq ?? 0;
}

const CHANGES_ROUTING: Record<EventView["type"], boolean> = {
  conversation_started: false,
  message_posted: false,
  note_posted: false,
  turn_assessed: false,
  bot_turn_failed: false,
  suggestion_declined: false,
  answer_rated: false,
  promise_made: false,
  promise_broken: false,
  opinion_given: false,
  timing_marked: false,
  handoff_requested: true,
  staffing_changed: true,
  notice_posted: false,
  offer_made: true,
  offer_accepted: true,
  handoff_taken: true,
  alternative_offered: true,
  offer_declined: true,
  offer_expired: true,
  offer_rescinded: true,
  handoff_assigned: true,
  handoff_returned: true,
  handoff_moved: true,
  handoff_transferred: true,
  priority_changed: true,
  contact_left: false,
  handed_back: false,
  handoff_abandoned: true,
  wrap_up_ended: false,
  survey_offered: false,
  survey_answered: false,
  conversation_closed: false,
  hidden: false,
};
