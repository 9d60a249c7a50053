// A conversation as it is shown: the fold of everything that arrives about it and of what was written here.
// Pure: the same inputs give the same conversation. `live.ts` feeds it and acts on it.
import type { ConversationFrame } from "./connection.ts";
import type {
  AttachmentView,
  AuthorView,
  ConversationView,
  EventView,
  MarksView,
  PlaceView,
  Problem,
  Seq,
  TypingShown,
} from "./wire.ts";

export type Conversation = {
  id: string;
  /** In order and without gaps, from the first on. */
  events: readonly EventView[];
  /** How it stands; null until the server has told. */
  state: ConversationView | null;
  marks: MarksView;
  typing: readonly Typing[];
  place: PlaceView | null;
  /** Written here and not yet among the events, in the order written. */
  outbox: readonly Pending[];
  /** Everything up to now has arrived once. */
  loaded: boolean;
  /** What there is cannot be continued: it is shown until the conversation has been read again from its start. */
  stale: boolean;
  /** The log that the events came from; null before the first. */
  epoch: string | null;
  /** Why the server will not show this conversation. */
  refused: Problem | null;
};

export type Typing = { author: AuthorView; until: number };

/** A message of ours on its way. */
export type Pending = {
  clientId: string;
  text: string;
  /** Files that were uploaded for it. */
  attachments?: readonly AttachmentView[];
  at: number;
  /** The epoch its author believed in; null for customers, who need none. */
  epoch: number | null;
  status: PendingStatus;
};

export type PendingStatus =
  | { at: "unsent" }
  /** Handed to the socket of this connection. */
  | { at: "sent" }
  /** On the server's disk; its event is on its way. */
  | { at: "acked"; seq: Seq }
  /** Said no; the text is kept. */
  | { at: "failed"; problem: Problem };

export type Input =
  | { type: "frame"; frame: ConversationFrame; now: number; epoch: string }
  /** An answer over HTTP that tells how it stands. */
  | { type: "state"; state: ConversationView }
  | { type: "restored"; pending: readonly Pending[] }
  | { type: "written"; pending: Pending }
  | { type: "sent"; clientId: string }
  | { type: "retried"; clientId: string; epoch: number | null }
  | { type: "discarded"; clientId: string }
  /** The socket is gone: what was handed to it may be lost. */
  | { type: "disconnected" }
  | { type: "tick"; now: number };

/** The other side sends again every few seconds while it goes on; without that the mark goes out by itself. */
export const TYPING_MS = 6_000;

const NO_MARKS: MarksView = { customer_delivered: 0, customer_read: 0, staff_delivered: 0, staff_read: 0 };

export function emptyConversation(id: string): Conversation {
  return {
    id,
    events: [],
    state: null,
    marks: NO_MARKS,
    typing: [],
    place: null,
    outbox: [],
    loaded: false,
    stale: false,
    epoch: null,
    refused: null,
  };
}

/** The number of the last event there is. */
export function lastSeq(conversation: Conversation): Seq {
  return conversation.events.at(-1)?.seq ?? 0;
}

export function reduce(conversation: Conversation, input: Input): Conversation {
  switch (input.type) {
    case "frame":
      return reduceFrame(conversation, input.frame, input.now, input.epoch);
    case "state":
      return withState(conversation, input.state);
    case "restored": {
      const known = new Set(conversation.outbox.map((pending) => pending.clientId));
      const restored = input.pending.filter((pending) => !known.has(pending.clientId));
      const outbox = [...restored, ...conversation.outbox].sort((one, other) => one.at - other.at);
      return { ...conversation, outbox: unseen(outbox, conversation.events) };
    }
    case "written":
      return { ...conversation, outbox: [...conversation.outbox, input.pending] };
    case "sent":
      return withStatus(conversation, input.clientId, { at: "sent" });
    case "retried": {
      // It goes to the end: what was written after it may have arrived already.
      const found = conversation.outbox.find((pending) => pending.clientId === input.clientId);
      if (found?.status.at !== "failed") return conversation;
      const rest = conversation.outbox.filter((pending) => pending !== found);
      return { ...conversation, outbox: [...rest, { ...found, epoch: input.epoch, status: { at: "unsent" } }] };
    }
    case "discarded":
      return {
        ...conversation,
        outbox: conversation.outbox.filter(
          (pending) => pending.clientId !== input.clientId || pending.status.at !== "failed",
        ),
      };
    case "disconnected":
      return {
        ...conversation,
        typing: [],
        outbox: conversation.outbox.map((pending) =>
          pending.status.at === "sent" ? { ...pending, status: { at: "unsent" } } : pending,
        ),
      };
    case "tick":
      return { ...conversation, typing: conversation.typing.filter((typing) => typing.until > input.now) };
  }
}

function reduceFrame(conversation: Conversation, frame: ConversationFrame, now: number, epoch: string): Conversation {
  switch (frame.type) {
    case "events":
      return withEvents(conversation, frame.events, frame.state ?? null);
    case "subscribed": {
      const caughtUp = { ...conversation, loaded: true, stale: false, epoch, refused: null };
      const known = conversation.stale ? { ...caughtUp, state: null, marks: NO_MARKS } : caughtUp;
      return { ...withState(known, frame.state), marks: higher(known.marks, frame.marks) };
    }
    case "reload":
      return { ...conversation, stale: true, epoch: null };
    case "ack":
      return withOutbox(
        withStatus(conversation, frame.client_id, { at: "acked", seq: frame.seq }),
        conversation.events,
      );
    case "refused":
      if (frame.client_id) return withStatus(conversation, frame.client_id, { at: "failed", problem: frame.problem });
      return { ...conversation, refused: frame.problem };
    case "typing":
      return { ...conversation, typing: withTyping(conversation.typing, frame, now) };
    case "marks":
      return { ...conversation, marks: higher(conversation.marks, frame.marks) };
    case "place":
      return { ...conversation, place: frame.place };
  }
}

function withEvents(
  conversation: Conversation,
  arrived: readonly EventView[],
  state: ConversationView | null,
): Conversation {
  if (conversation.stale) {
    // Only a reading from the start replaces what is stale; what still arrives of the old subscription is dropped.
    if (arrived[0]?.seq !== 1) return conversation;
    conversation = { ...conversation, events: [], state: null, marks: NO_MARKS, stale: false, loaded: false };
  }
  const events = [...conversation.events];
  let last = lastSeq(conversation);
  for (const event of arrived) {
    // Known already: a resumption may overlap with what was live.
    if (event.seq <= last) continue;
    if (event.seq !== last + 1) return { ...conversation, stale: true, epoch: null };
    events.push(event);
    last = event.seq;
  }
  const typing = conversation.typing.filter((one) => !arrived.some((event) => isFrom(event, one.author)));
  const known = withOutbox({ ...conversation, events, typing }, events);
  return state ? withState(known, state) : known;
}

/** States can overtake each other on their ways (socket, HTTP); the later one counts. */
function withState(conversation: Conversation, state: ConversationView): Conversation {
  if (conversation.state && state.seq < conversation.state.seq) return conversation;
  return { ...conversation, state, place: state.place ?? null };
}

function withOutbox(conversation: Conversation, events: readonly EventView[]): Conversation {
  if (conversation.outbox.length === 0) return conversation;
  return { ...conversation, outbox: unseen(conversation.outbox, events) };
}

/** Without those that have become events. */
function unseen(outbox: readonly Pending[], events: readonly EventView[]): Pending[] {
  const last = events.at(-1)?.seq ?? 0;
  const seen = new Set<string>();
  for (const event of events) {
    if (event.type === "message_posted" && event.client_id) seen.add(event.client_id);
  }
  return outbox.filter(({ clientId, status }) => !seen.has(clientId) && !(status.at === "acked" && status.seq <= last));
}

function withStatus(conversation: Conversation, clientId: string, status: PendingStatus): Conversation {
  const outbox = conversation.outbox.map((pending) =>
    // What is on the server's disk stays there, whatever a late answer says.
    pending.clientId === clientId && pending.status.at !== "acked" ? { ...pending, status } : pending,
  );
  return { ...conversation, outbox };
}

function withTyping(typing: readonly Typing[], frame: TypingShown, now: number): Typing[] {
  const others = typing.filter(({ author }) => !isSame(author, frame.author));
  return frame.typing ? [...others, { author: frame.author, until: now + TYPING_MS }] : others;
}

function isFrom(event: EventView, author: AuthorView): boolean {
  return event.type === "message_posted" && isSame(event.author, author);
}

function isSame(one: AuthorView, other: AuthorView): boolean {
  return one.kind === other.kind && one.name === other.name;
}

function higher(one: MarksView, other: MarksView): MarksView {
  return {
    customer_delivered: Math.max(one.customer_delivered, other.customer_delivered),
    customer_read: Math.max(one.customer_read, other.customer_read),
    staff_delivered: Math.max(one.staff_delivered, other.staff_delivered),
    staff_read: Math.max(one.staff_read, other.staff_read),
  };
}
