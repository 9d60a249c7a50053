// The widget's state and everything a customer can do with it. Components show the state and call the actions; all
// effects are here.
import type { Clock } from "@baton/client/clock";
import type { Connection, ConnectionState } from "@baton/client/connection";
import { type Conversation, lastSeq } from "@baton/client/conversation";
import { ApiProblem, isPassing, NetworkFailure } from "@baton/client/http";
import { listeners } from "@baton/client/listeners";
import { type Live, openConversation } from "@baton/client/live";
import type { OutboxStorage } from "@baton/client/outbox";
import type { AttachmentView, ChannelView, ConversationView, FieldView, Problem } from "@baton/client/wire";
import type { Memory } from "./memory.ts";
import { type Phase, phaseOf, unreadOf } from "./phase.ts";
import { asksConsent, type Session } from "./session.ts";

export type WidgetState = {
  /** What the channel looks like; null until the server has told. */
  channel: ChannelView | null;
  /** Why there is no chat here at all. */
  unavailable: Problem | null;
  connection: ConnectionState;
  /** The connection was lost and is not back yet. */
  lost: boolean;
  conversation: Conversation | null;
  draft: string;
  /** The action under way; its buttons wait. */
  busy: Action | null;
  /** The last action that did not work, until the next one. */
  trouble: Problem | "network" | null;
  /** What comes before the chat: the notice to agree to, or the form. */
  gate: "consent" | "form" | null;
  /** Files on their way, or there and not sent yet. */
  uploads: readonly Upload[];
  /** The customer wants no sounds. */
  muted: boolean;
  /** The form for leaving a message is open. */
  leaving: boolean;
  /** Whether the panel is open: a closed one keeps the frame. */
  shown: boolean;
  /** Whether anybody can see it: open, and the browser's tab in front. */
  looking: boolean;
  unread: number;
};

/** A file to be sent with the next message. */
export type Upload = {
  id: string;
  name: string;
  bytes: number;
  /** How much of it is on the server, from 0 to 1. */
  share: number;
  file: AttachmentView | null;
  trouble: Problem | "network" | null;
};

/** What customers or their page say of them. */
export type Attributes = Record<string, string | number | boolean>;

/** What a page can be told. Nothing that was written is among it. */
export type WidgetEvent =
  | { name: "message"; from: "bot" | "agent" }
  | { name: "handoff"; state: "waiting" | "nobody" | "person" | "bot" | "closed"; agent?: string };

type Action = "handoff" | "suggestion" | "cancel" | "contact" | "survey" | "close" | "rating";

export type Actions = {
  write(text: string): void;
  draft(text: string): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  askPerson(): void;
  /** Yes or no to a person who is suggested. */
  answerSuggestion(yes: boolean): void;
  stayWithBot(): void;
  leaveMessage(open: boolean): void;
  sendContact(body: { email: string; text: string } | { phone: string; text: string }): void;
  rate(handoff: string, rating: number, comment: string): void;
  end(): void;
  startAnother(): void;
  /** What is shown has been looked at. */
  seen(): void;
  tryAgain(): void;
  hide(): void;
  /** Agrees to the channel's notice. */
  agree(): void;
  fillForm(values: Attributes): void;
  /** Whether a bot's answer helped; null takes it back. */
  rateAnswer(message: number, helpful: boolean | null): void;
  attach(files: readonly File[]): void;
  detach(id: string): void;
  mute(muted: boolean): void;
  download(form: "text" | "page"): void;
};

export type Widget = {
  current(): WidgetState;
  onChange(listener: (state: WidgetState) => void): () => void;
  actions: Actions;
  /** Begins the session and goes on with the conversation there is; harmless when done twice. */
  start(): void;
  show(shown: boolean, inFront: boolean): void;
  identify(token: string): void;
  /** What the page knows of the customer; nobody vouches for it. */
  describe(attributes: Attributes): void;
};

export type WidgetOptions = {
  session: Session;
  connection: Connection;
  outbox: OutboxStorage;
  memory: Memory;
  clock: Clock;
  newId: () => string;
  /** The browser's language, and the page that the customer is on. */
  language: string;
  page: string | null;
  /** The channel in the customer's language. */
  localise?: (channel: ChannelView) => ChannelView;
  upload?: (conversation: string, file: File, onProgress: (share: number) => void) => Promise<AttachmentView>;
  onDownload?: (form: "text" | "page") => void;
  /** Somebody answered while the customer looked elsewhere. */
  onChime?: () => void;
  onEvent?: (event: WidgetEvent) => void;
  onHide?: () => void;
  onUnread?: (count: number) => void;
  onTalking?: (talking: boolean) => void;
};

const RETRY_FIRST_MS = 1_000;
const RETRY_LONGEST_MS = 15_000;
/** Most files beside one message, as the server takes them. */
const FILES_MAX = 10;

export function createWidget(options: WidgetOptions): Widget {
  const { session, connection, outbox, memory, clock, newId } = options;
  const changes = listeners<WidgetState>();
  let live: Live | null = null;
  let stopLive = () => {};
  let started: Promise<void> = Promise.resolve();
  let starting = false;
  let customer: string | null = null;
  /** What was said of the customer and is not on the server yet. */
  let said: Attributes = {};
  const localise = options.localise ?? ((channel: ChannelView) => channel);
  let state: WidgetState = {
    channel: null,
    unavailable: null,
    connection: connection.state,
    lost: false,
    conversation: null,
    draft: memory.get("draft") ?? "",
    busy: null,
    trouble: null,
    gate: null,
    uploads: [],
    muted: memory.get("muted") !== null,
    leaving: false,
    shown: false,
    looking: false,
    unread: 0,
  };

  function change(part: Partial<WidgetState>): void {
    state = { ...state, ...part };
    changes.tell(state);
  }

  connection.onState((at) => {
    const lost = at.at === "waiting" || at.at === "refused" || (state.lost && at.at === "connecting");
    change({ connection: at, lost });
  });

  /** Repeats what only a passing failure stops, with pauses that grow. */
  async function persist<Result>(attempt: () => Promise<Result>): Promise<Result> {
    for (let failures = 0; ; failures++) {
      try {
        const result = await attempt();
        change({ lost: state.connection.at === "waiting" });
        return result;
      } catch (failure) {
        if (!isPassing(failure) && !(failure instanceof ApiProblem && failure.status >= 500)) throw failure;
        change({ lost: true });
        const pause = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** failures);
        await new Promise<void>((done) => clock.after(pause, done));
      }
    }
  }

  async function start(): Promise<void> {
    if (starting) return;
    starting = true;
    try {
      const begun = await persist(() => session.current());
      customer = begun.customer;
      const channel = localise(begun.channel);
      const remembered = memory.get("conversation");
      const asked = fieldsFor(channel, begun.identified);
      const fresh = !begun.conversation && !remembered && memory.get("form") === null;
      change({
        channel: { ...channel, widget: { ...channel.widget, form: asked } },
        unavailable: null,
        gate: asked.length > 0 && fresh ? "form" : null,
      });
      tellSaid();
      // A conversation of another tab or device is gone on with, unless something unsent belongs to the remembered one.
      const id =
        begun.conversation && !(remembered && outbox.load(remembered).length) ? begun.conversation : remembered;
      if (id && !live) open(id, id === begun.conversation);
    } catch (failure) {
      starting = false;
      if (asksConsent(failure)) await showNotice();
      else change({ unavailable: problemOf(failure) });
    }
  }

  /** Until the customer agrees, nothing is stored and nobody has a session. */
  async function showNotice(): Promise<void> {
    try {
      const channel = localise(await persist(() => session.look()));
      change({ channel, unavailable: null, gate: "consent" });
    } catch (failure) {
      change({ unavailable: problemOf(failure) });
    }
  }

  /** Hands on what was said of the customer, once there is a session. */
  function tellSaid(): void {
    if (customer === null || Object.keys(said).length === 0) return;
    const attributes = said;
    said = {};
    persist(() => session.api("PATCH /v1/customer", { body: { attributes } })).catch(() => {
      // Refused as it is: saying it again would not help.
    });
  }

  function withUpload(id: string, part: Partial<Upload>): void {
    change({ uploads: state.uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)) });
  }

  /** Opens a conversation by its id, starting it where the server does not know it yet. */
  function open(id: string, known = false): Live {
    memory.set("conversation", id);
    const body = { id, language: options.language, ...(options.page ? { page: options.page } : {}) };
    started = known
      ? Promise.resolve()
      : persist(async () => {
          await session.api("POST /v1/conversations", { body });
        });
    const opened = openConversation({ id, connection, outbox, clock, newId, side: "customer", ready: started });
    live = opened;
    stopLive = opened.onChange((conversation) => show(conversation));
    show(opened.current());
    options.onTalking?.(true);
    started.catch((failure: unknown) => {
      if (live === opened) moveElsewhere(opened, failure);
    });
    return opened;
  }

  function show(conversation: Conversation): void {
    const unread = unreadOf(conversation, Number(memory.get("seen") ?? 0));
    const known = state.conversation;
    if (unread !== state.unread) options.onUnread?.(unread);
    const phase = phaseOf(conversation);
    if (phase.at === "closed") options.onTalking?.(false);
    // What was there when the page was loaded is no news.
    if (known?.loaded && known.id === conversation.id) tellNews(known, conversation, phase);
    const waits = conversation.state?.can.includes("leave_contact") ?? false;
    change({ conversation, unread, leaving: state.leaving && waits });
    if (conversation.refused?.status === 404 && live?.current().id === conversation.id) leave();
  }

  function tellNews(before: Conversation, after: Conversation, phase: Phase): void {
    let answered = false;
    for (const event of after.events.slice(before.events.length)) {
      if (event.type === "message_posted" && event.author.kind !== "customer") {
        answered = true;
        options.onEvent?.({ name: "message", from: event.author.kind });
      }
      if (event.type === "notice_posted" && event.notice === "agent_joined") answered = true;
    }
    if (answered && !state.looking && !state.muted && state.channel?.widget.sound) options.onChime?.();
    const was = phaseOf(before);
    if (phase.at === was.at || phase.at === "fresh" || was.at === "fresh") return;
    const agent = phase.at === "person" ? { agent: phase.name } : {};
    options.onEvent?.({ name: "handoff", state: phase.at, ...agent });
  }

  /** The remembered conversation is somebody else's by now, or gone: what was not sent begins another one. */
  function moveElsewhere(opened: Live, failure: unknown): void {
    const unsent = opened.current().outbox;
    leave();
    const gone = failure instanceof ApiProblem && [403, 404, 409].includes(failure.status);
    if (!gone) {
      change({ unavailable: problemOf(failure) });
      return;
    }
    for (const { clientId, text } of unsent) {
      outbox.remove(opened.current().id, clientId);
      (live ?? open(newId())).write(text);
    }
  }

  function leave(): void {
    stopLive();
    live?.close();
    live = null;
    memory.set("conversation", null);
    memory.set("seen", null);
    options.onTalking?.(false);
    options.onUnread?.(0);
    change({ conversation: null, unread: 0, leaving: false, trouble: null });
  }

  /** Runs one action at a time; what it answers is how the conversation stands. */
  function act(action: Action, run: (id: string) => Promise<ConversationView>): void {
    if (state.busy) return;
    const target = live ?? open(newId());
    change({ busy: action, trouble: null });
    started
      .then(() => run(target.current().id))
      .then((view) => {
        target.apply(view);
        change({ busy: null, leaving: action === "contact" ? false : state.leaving });
      })
      .catch((failure: unknown) => change({ busy: null, trouble: troubleOf(failure) }));
  }

  const actions: Actions = {
    write(text) {
      const files = state.uploads.flatMap(({ file }) => (file ? [file] : []));
      (live ?? open(newId())).write(text, files);
      memory.set("draft", null);
      change({ draft: "", trouble: null, uploads: state.uploads.filter(({ file }) => !file) });
    },
    draft(text) {
      memory.set("draft", text || null);
      live?.typing(text !== "");
      change({ draft: text });
    },
    retry: (clientId) => live?.retry(clientId),
    discard: (clientId) => live?.discard(clientId),
    askPerson() {
      const handoff = newId();
      act("handoff", (id) => session.api("POST /v1/conversations/{id}/handoff", { path: { id }, body: { handoff } }));
    },
    answerSuggestion(yes) {
      const message = state.conversation?.state?.suggested_at;
      if (typeof message !== "number") return;
      const body = { message, ...(yes ? { answer: "yes" as const, handoff: newId() } : { answer: "no" as const }) };
      act("suggestion", (id) => session.api("POST /v1/conversations/{id}/suggestion", { path: { id }, body }));
    },
    stayWithBot() {
      act("cancel", (id) => session.api("DELETE /v1/conversations/{id}/handoff", { path: { id } }));
    },
    leaveMessage: (leaving) => change({ leaving, trouble: null }),
    sendContact(body) {
      act("contact", (id) => session.api("POST /v1/conversations/{id}/contact", { path: { id }, body }));
    },
    rate(handoff, rating, comment) {
      const body = { handoff, rating, comment: comment.trim() || null };
      act("survey", (id) => session.api("POST /v1/conversations/{id}/survey", { path: { id }, body }));
    },
    end() {
      act("close", (id) => session.api("POST /v1/conversations/{id}/close", { path: { id }, body: {} }));
    },
    startAnother: leave,
    seen() {
      if (!state.conversation) return;
      live?.seen();
      memory.set("seen", String(lastSeq(state.conversation)));
      if (state.unread === 0) return;
      options.onUnread?.(0);
      change({ unread: 0 });
    },
    tryAgain() {
      connection.reconnect();
      void start();
    },
    hide: () => options.onHide?.(),
    agree() {
      session.agree();
      change({ gate: null });
      void start();
    },
    fillForm(values) {
      said = { ...said, ...values };
      memory.set("form", "1");
      tellSaid();
      change({ gate: null });
    },
    rateAnswer(message, helpful) {
      act("rating", (id) =>
        session.api("PUT /v1/conversations/{id}/rating", { path: { id }, body: { message, helpful } }),
      );
    },
    attach(files) {
      const { upload } = options;
      if (!upload || files.length === 0) return;
      const target = live ?? open(newId());
      for (const file of files.slice(0, FILES_MAX - state.uploads.length)) {
        const id = newId();
        const begun: Upload = { id, name: file.name, bytes: file.size, share: 0, file: null, trouble: null };
        change({ uploads: [...state.uploads, begun] });
        started
          .then(() => upload(target.current().id, file, (share) => withUpload(id, { share })))
          .then((kept) => withUpload(id, { share: 1, file: kept }))
          .catch((failure: unknown) => withUpload(id, { trouble: troubleOf(failure) }));
      }
    },
    detach(id) {
      const found = state.uploads.find((upload) => upload.id === id);
      change({ uploads: state.uploads.filter((upload) => upload !== found) });
      const conversation = live?.current().id;
      if (!found?.file || !conversation) return;
      const path = { id: conversation, attachment: found.file.id };
      session.api("DELETE /v1/conversations/{id}/attachments/{attachment}", { path }).catch(() => {
        // What was not sent is forgotten within a day anyway.
      });
    },
    mute(muted) {
      memory.set("muted", muted ? "1" : null);
      change({ muted });
    },
    download: (form) => options.onDownload?.(form),
  };

  return {
    current: () => state,
    onChange: changes.add,
    actions,
    start: () => void start(),
    show(shown, inFront) {
      change({ shown, looking: shown && inFront });
      if (shown) void start();
    },
    describe(attributes) {
      said = { ...said, ...attributes };
      tellSaid();
    },
    identify(token) {
      const before = customer;
      session.identify(token).then(
        (begun) => {
          customer = begun.customer;
          // Another person: what was here is not theirs.
          if (before !== null && before !== begun.customer) {
            leave();
            connection.restart();
          }
          starting = false;
          void start();
        },
        // Whoever has no session yet gets one, and is told of trouble, when they open the chat.
        () => {},
      );
    },
  };
}

/** What is asked before the chat; whom the site vouches for is not asked who they are. */
function fieldsFor(channel: ChannelView, identified: boolean): FieldView[] {
  return channel.widget.form.filter(({ key }) => !(identified && (key === "name" || key === "email")));
}

function troubleOf(failure: unknown): Problem | "network" {
  if (failure instanceof NetworkFailure) return "network";
  return problemOf(failure);
}

function problemOf(failure: unknown): Problem {
  if (failure instanceof ApiProblem) return failure.problem;
  if (failure instanceof NetworkFailure) {
    return { type: "about:blank", title: failure.message, status: 0, code: "network", detail: failure.message };
  }
  throw failure;
}
