// What a conversation is to its customer: who answers now, what was said line by line, and how far it got.
import type { Conversation, Pending } from "@baton/client/conversation";
import type {
  ActionPart,
  AttachmentView,
  AuthorView,
  CardPart,
  EventOf,
  HandoffView,
  NoticeKind,
  PlaceView,
  SourceView,
} from "@baton/client/wire";

export type Phase =
  /** Nothing was said yet. */
  | { at: "fresh" }
  | { at: "bot" }
  | { at: "waiting"; handoff: HandoffView | null; place: PlaceView | null }
  /** Waiting, but nobody is there. */
  | { at: "nobody"; handoff: HandoffView; opensAt: number | null }
  | { at: "person"; name: string }
  | { at: "closed" };

export function phaseOf(conversation: Conversation | null): Phase {
  const state = conversation?.state;
  if (!conversation || !state)
    return { at: conversation?.events.length || conversation?.outbox.length ? "bot" : "fresh" };
  switch (state.controller.kind) {
    case "bot":
      return { at: "bot" };
    case "queued":
    case "offered": {
      const handoff = state.handoff ?? null;
      if (handoff && !handoff.staffed) return { at: "nobody", handoff, opensAt: opensAt(conversation) };
      return { at: "waiting", handoff, place: conversation.place };
    }
    case "agent":
      return { at: "person", name: state.controller.agent_name ?? "" };
    case "closed":
      return { at: "closed" };
  }
}

/** Whether the last notice offered to call back; otherwise a message by e-mail can be left. */
export function callsBack(conversation: Conversation | null): boolean {
  const notice = conversation?.events.findLast(
    (event) => event.type === "notice_posted" && (event.notice === "long_wait" || event.notice === "nobody_available"),
  );
  return notice?.type === "notice_posted" && notice.alternative === "callback";
}

/** What the last notice of an empty floor said. */
function opensAt(conversation: Conversation): number | null {
  const notice = conversation.events.findLast(
    (event) => event.type === "notice_posted" && event.notice === "nobody_available",
  );
  return notice?.type === "notice_posted" ? (notice.opens_at ?? null) : null;
}

export type Line =
  | { kind: "day"; key: string; at: number }
  | {
      kind: "message";
      key: string;
      at: number;
      author: AuthorView;
      first: boolean;
      body: Body;
      /** As it was written. */
      text: string;
      sources: SourceView[];
      actions: ActionPart[];
      cards: CardPart[];
      attachments: AttachmentView[];
      /** It can be rated: a bot's answer to something. */
      rateable: boolean;
      helpful: boolean | null;
    }
  | { kind: "pending"; key: string; first: boolean; pending: Pending }
  | { kind: "notice"; key: string; at: number; notice: NoticeKind; text: string; name: string | null }
  | { kind: "survey"; key: string; handoff: string }
  | { kind: "rated"; key: string; rating: number }
  /** Ended without a notice of it. */
  | { kind: "ended"; key: string };

export type Body = { form: "text"; text: string } | { form: "html"; html: string } | { form: "erased" };

/** Messages of one author within this time stand together under one name. */
const TOGETHER_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** `zoneOffsetMs` shifts UTC to the reader's days. */
export function linesOf(conversation: Conversation, zoneOffsetMs: number): Line[] {
  const lines: Line[] = [];
  const open = new Set(conversation.state?.surveys ?? []);
  let previous: { author: AuthorView; at: number } | null = null;
  let day: number | null = null;
  let noticedEnd = false;
  const helpful = new Map<number, boolean | null>();
  for (const event of conversation.events) {
    if (event.type === "answer_rated") helpful.set(event.message, event.helpful ?? null);
  }

  for (const event of conversation.events) {
    const key = String(event.seq);
    switch (event.type) {
      case "message_posted": {
        const today = Math.floor((event.at + zoneOffsetMs) / DAY_MS);
        if (day !== null && today !== day) {
          lines.push({ kind: "day", key: `day-${key}`, at: event.at });
          previous = null;
        }
        day = today;
        const together = previous && isSame(previous.author, event.author) && event.at - previous.at < TOGETHER_MS;
        const { author, at, sources, text, erased } = event;
        lines.push({
          kind: "message",
          key,
          at,
          author,
          first: !together,
          body: bodyOf(event),
          text,
          sources: erased ? [] : sources,
          actions: event.actions ?? [],
          cards: event.cards ?? [],
          attachments: event.attachments ?? [],
          rateable: author.kind === "bot" && typeof event.in_reply_to === "number" && !erased,
          helpful: helpful.get(event.seq) ?? null,
        });
        previous = { author, at };
        break;
      }
      case "notice_posted":
        if (event.notice === "closed") noticedEnd = true;
        lines.push({
          kind: "notice",
          key,
          at: event.at,
          notice: event.notice,
          text: event.text,
          name: event.agent_name ?? null,
        });
        previous = null;
        break;
      case "survey_offered":
        if (open.has(event.handoff))
          lines.push({ kind: "survey", key: `survey-${event.handoff}`, handoff: event.handoff });
        previous = null;
        break;
      case "survey_answered":
        lines.push({ kind: "rated", key, rating: event.rating });
        previous = null;
        break;
      case "conversation_started":
      case "note_posted":
      case "turn_assessed":
      case "bot_turn_failed":
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
      case "conversation_closed":
      case "answer_rated":
      case "hidden":
        // Either not the customer's business, or said by a notice.
        break;
    }
  }
  for (const pending of conversation.outbox) {
    const first: boolean = previous?.author.kind !== "customer";
    lines.push({ kind: "pending", key: pending.clientId, first, pending });
    previous = { author: { kind: "customer", name: "" }, at: pending.at };
  }
  if (conversation.state?.controller.kind === "closed" && !noticedEnd) lines.push({ kind: "ended", key: "ended" });
  return lines;
}

function bodyOf(message: EventOf<"message_posted">): Body {
  if (message.erased) return { form: "erased" };
  // Only what the server made from a bot's or a person's Markdown is HTML; a customer's text is text.
  if (message.html && message.author.kind !== "customer") return { form: "html", html: message.html };
  return { form: "text", text: message.text };
}

function isSame(one: AuthorView, other: AuthorView): boolean {
  return one.kind === other.kind && one.name === other.name;
}

export type Receipt = "sent" | "delivered" | "read";

/** How far the customer's last message got; null when something was said after it, which says more. */
export function receiptOf(conversation: Conversation): { key: string; receipt: Receipt } | null {
  if (conversation.outbox.length > 0) return null;
  const last = conversation.events.findLast((event) => event.type === "message_posted");
  if (last?.type !== "message_posted" || last.author.kind !== "customer") return null;
  const { staff_read, staff_delivered } = conversation.marks;
  const receipt = last.seq <= staff_read ? "read" : last.seq <= staff_delivered ? "delivered" : "sent";
  return { key: String(last.seq), receipt };
}

/** Who is writing an answer, by name; null for nobody. */
export function writerOf(conversation: Conversation, botName: string): AuthorView | null {
  const typing = conversation.typing.find(({ author }) => author.kind !== "customer");
  if (typing) return typing.author;
  const { state } = conversation;
  return state?.bot_owes && state.controller.kind === "bot" ? { kind: "bot", name: botName } : null;
}

/** The customer's last message; 0 for none. */
export function lastTurn(conversation: Conversation): number {
  const last = conversation.events.findLast(
    (event) => event.type === "message_posted" && event.author.kind === "customer",
  );
  return last?.seq ?? 0;
}

/** What was said to the customer after `seq`. */
export function unreadOf(conversation: Conversation, seq: number): number {
  return conversation.events.filter(
    (event) =>
      event.seq > seq &&
      ((event.type === "message_posted" && event.author.kind !== "customer") ||
        (event.type === "notice_posted" && event.notice === "agent_joined")),
  ).length;
}
