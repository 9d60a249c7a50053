// A conversation kept live: subscribes, folds what arrives, sends what was written until it is acknowledged, tells the
// other side what was received and read and that somebody types.
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { type Conversation, emptyConversation, type Input, lastSeq, reduce } from "./conversation.ts";
import { listeners } from "./listeners.ts";
import type { OutboxStorage } from "./outbox.ts";
import type { AttachmentView, ConversationView, EventView } from "./wire.ts";

export type LiveOptions = {
  id: string;
  connection: Connection;
  outbox: OutboxStorage;
  clock: Clock;
  /** Makes client ids, usually `crypto.randomUUID`. */
  newId: () => string;
  /** Whose side this is: staff write with the epoch that they see. */
  side: "customer" | "staff";
  /** Subscribe only after this, for a conversation that is being started. */
  ready?: Promise<unknown>;
};

export type Live = {
  current(): Conversation;
  onChange(listener: (conversation: Conversation) => void): () => void;
  /** Shows and sends a message; the answer is its client id. */
  write(text: string, attachments?: readonly AttachmentView[]): string;
  /** Sends a failed message again. */
  retry(clientId: string): void;
  /** Takes a failed message away. */
  discard(clientId: string): void;
  /** Call at every key stroke with true; with false when the text is empty again. */
  typing(active: boolean): void;
  /** What there is now has been looked at. */
  seen(): void;
  /** How it stands according to an answer over HTTP. */
  apply(state: ConversationView): void;
  close(): void;
};

/** While it goes on, typing is told this often, which is well within `TYPING_MS`. */
export const TYPING_AGAIN_MS = 3_000;
/** Without a key stroke for this long, typing is over. */
export const TYPING_IDLE_MS = 4_000;
const REREAD_FIRST_MS = 500;
const REREAD_LONGEST_MS = 15_000;

export function openConversation(options: LiveOptions): Live {
  const { id, connection, outbox, clock } = options;
  const changes = listeners<Conversation>();
  let conversation = reduce(emptyConversation(id), { type: "restored", pending: outbox.load(id) });
  /** The server has caught us up on this very socket. */
  let joined = false;
  let closed = false;
  let delivered = 0;
  let read = 0;
  let typingToldAt: number | null = null;
  let cancelTypingEnd = () => {};
  let cancelTick = () => {};
  let cancelRereading = () => {};
  /** How often it was read again from its start without getting to the end. */
  let rereadings = 0;
  let subscription: { again(): void; close(): void } | null = null;

  function feed(input: Input): void {
    const before = conversation;
    conversation = reduce(conversation, input);
    if (conversation === before) return;
    keepOutbox(before, conversation);
    changes.tell(conversation);
  }

  /** What has left the outbox, or is on the server's disk, need not survive a reload. */
  function keepOutbox(before: Conversation, after: Conversation): void {
    if (before.outbox === after.outbox) return;
    const kept = new Map(after.outbox.map((pending) => [pending.clientId, pending]));
    for (const { clientId } of before.outbox) {
      const now = kept.get(clientId);
      if (!now || now.status.at === "acked") outbox.remove(id, clientId);
    }
    const had = new Set(before.outbox);
    for (const pending of after.outbox) {
      const { at } = pending.status;
      if (!had.has(pending) && (at === "unsent" || at === "failed")) outbox.put(id, pending);
    }
  }

  const stopListening = connection.onState((state) => {
    if (state.at === "live" || !joined) return;
    joined = false;
    typingToldAt = null;
    feed({ type: "disconnected" });
  });

  function subscribe(): void {
    if (closed) return;
    subscription = connection.subscribe(id, {
      position: () => ({
        after: conversation.stale ? 0 : lastSeq(conversation),
        epoch: conversation.stale ? null : conversation.epoch,
      }),
      frame(frame) {
        const wasStale = conversation.stale;
        feed({ type: "frame", frame, now: clock.now(), epoch: connection.welcome?.epoch ?? "" });
        if (conversation.stale && !wasStale) {
          reread();
          return;
        }
        if (frame.type === "subscribed") {
          joined = true;
          rereadings = 0;
          flush();
        }
        if (frame.type === "typing") scheduleTick();
        if (frame.type === "events" || frame.type === "subscribed") markDelivered();
      },
    });
  }

  /** At once the first time; a log that keeps having gaps is asked for less and less often. */
  function reread(): void {
    joined = false;
    const again = () => subscription?.again();
    if (rereadings === 0) again();
    else cancelRereading = clock.after(Math.min(REREAD_LONGEST_MS, REREAD_FIRST_MS * 2 ** rereadings), again);
    rereadings += 1;
  }

  /** Sends, in order, everything that this socket has not been given. */
  function flush(): void {
    if (!joined) return;
    for (const { clientId, text, attachments = [], epoch, status } of conversation.outbox) {
      if (status.at !== "unsent") continue;
      const files = attachments.length > 0 ? { attachments: attachments.map((file) => file.id) } : {};
      const frame = { type: "send", conversation: id, client_id: clientId, text, ...files } as const;
      if (!connection.send(epoch === null ? frame : { ...frame, epoch })) return;
      feed({ type: "sent", clientId });
    }
  }

  function markDelivered(): void {
    const last = lastFromOthers(conversation, options.side);
    const own =
      options.side === "customer" ? conversation.marks.customer_delivered : conversation.marks.staff_delivered;
    if (!joined || last <= Math.max(delivered, own)) return;
    if (connection.send({ type: "mark", conversation: id, delivered: last })) delivered = last;
  }

  function scheduleTick(): void {
    cancelTick();
    const first = Math.min(...conversation.typing.map((typing) => typing.until));
    if (!Number.isFinite(first)) return;
    cancelTick = clock.after(Math.max(0, first - clock.now()), () => {
      feed({ type: "tick", now: clock.now() });
      scheduleTick();
    });
  }

  function endTyping(): void {
    cancelTypingEnd();
    if (typingToldAt === null) return;
    typingToldAt = null;
    connection.send({ type: "typing", conversation: id, typing: false });
  }

  const present = () => (options.side === "staff" ? (conversation.state?.epoch ?? null) : null);

  if (options.ready) {
    // Whoever started the conversation tells about a failure; here there is nothing to subscribe to then.
    options.ready.then(subscribe, () => {});
  } else {
    subscribe();
  }

  return {
    current: () => conversation,
    onChange: changes.add,
    write(text, attachments = []) {
      const clientId = options.newId();
      // Two messages of one millisecond keep their order across a reload.
      const at = Math.max(clock.now(), (conversation.outbox.at(-1)?.at ?? 0) + 1);
      feed({
        type: "written",
        pending: {
          clientId,
          text,
          ...(attachments.length > 0 ? { attachments } : {}),
          at,
          epoch: present(),
          status: { at: "unsent" },
        },
      });
      // The message says it all; the server ends the mark by itself.
      cancelTypingEnd();
      typingToldAt = null;
      flush();
      return clientId;
    },
    retry(clientId) {
      feed({ type: "retried", clientId, epoch: present() });
      flush();
    },
    discard(clientId) {
      feed({ type: "discarded", clientId });
    },
    typing(active) {
      if (!active) return endTyping();
      cancelTypingEnd();
      cancelTypingEnd = clock.after(TYPING_IDLE_MS, endTyping);
      if (typingToldAt !== null && clock.now() - typingToldAt < TYPING_AGAIN_MS) return;
      if (connection.send({ type: "typing", conversation: id, typing: true })) typingToldAt = clock.now();
    },
    seen() {
      const last = lastFromOthers(conversation, options.side);
      const own = options.side === "customer" ? conversation.marks.customer_read : conversation.marks.staff_read;
      if (!joined || last <= Math.max(read, own)) return;
      if (connection.send({ type: "mark", conversation: id, read: last })) read = last;
    },
    apply(state) {
      feed({ type: "state", state });
    },
    close() {
      closed = true;
      endTyping();
      cancelTick();
      cancelRereading();
      stopListening();
      subscription?.close();
    },
  };
}

function lastFromOthers(conversation: Conversation, side: "customer" | "staff"): number {
  return conversation.events.findLast((event) => isFromOthers(event, side))?.seq ?? 0;
}

function isFromOthers(event: EventView, side: "customer" | "staff"): boolean {
  if (event.type === "notice_posted") return side === "customer";
  return event.type === "message_posted" && (event.author.kind === "customer") === (side === "staff");
}
