// The one socket: opens it with a single-use ticket, keeps it alive, comes back after every loss, and resumes all
// subscriptions from what their subscribers have.
import type { Clock } from "./clock.ts";
import { ApiProblem, isPassing } from "./http.ts";
import { listeners } from "./listeners.ts";
import type { ClientFrame, FrameOf, Problem, ServerFrame, WelcomeFrame } from "./wire.ts";

export type ConnectionState =
  /** Nobody asked for a connection, or it was closed on purpose. */
  | { at: "offline" }
  | { at: "connecting" }
  | { at: "live" }
  /** Lost; the next attempt is at `until`. */
  | { at: "waiting"; until: number }
  /** The server does not want us; only `reconnect` tries again. */
  | { at: "refused"; problem: Problem };

/** A frame about one conversation. */
export type ConversationFrame = FrameOf<
  "subscribed" | "events" | "reload" | "ack" | "refused" | "typing" | "marks" | "place"
>;

/** What a subscriber has; `epoch` is the log's identity at the time, null for nothing. */
export type Position = { after: number; epoch: string | null };

export type Subscriber = {
  /** Asked at every subscription and every resumption. */
  position(): Position;
  frame(frame: ConversationFrame): void;
};

export type Subscription = {
  /** Subscribes once more, from what the subscriber has by now. */
  again(): void;
  close(): void;
};

export type Connection = {
  readonly state: ConnectionState;
  /** The server's greeting on the present or the last socket. */
  readonly welcome: WelcomeFrame | null;
  /** The server's clock, as far as the greeting tells. */
  serverNow(): number;
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Every frame, whatever it is about. */
  onFrame(listener: (frame: ServerFrame) => void): () => void;
  /** Also opens the connection. One subscriber per conversation. */
  subscribe(conversation: string, subscriber: Subscriber): Subscription;
  /** Hands a frame to the socket; false when there is none, then nothing was sent. */
  send(frame: ClientFrame): boolean;
  open(): void;
  /** Tries at once where it would wait; also out of `refused`. */
  reconnect(): void;
  /** Leaves the socket for another one, because who we are has changed. */
  restart(): void;
  close(): void;
};

/** What is used of a browser's WebSocket. */
export type Socket = {
  send(text: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onerror: (() => void) | null;
};

/** What the surroundings tell: good moments to try again. */
export type Signals = {
  onOnline(run: () => void): () => void;
  /** The network went, so a live socket is tested at once. */
  onOffline?(run: () => void): () => void;
  onVisible(run: () => void): () => void;
};

export type ConnectionOptions = {
  /** Address of the socket, like `wss://support.example/v1/socket`. */
  url: string;
  /** Gets a ticket, usually by `POST /v1/socket-tickets`; fails with `ApiProblem` or `NetworkFailure`. */
  ticket: () => Promise<string>;
  clock: Clock;
  random: () => number;
  webSocket: (url: string) => Socket;
  signals?: Signals;
};

export const WAIT_FIRST_MS = 500;
export const WAIT_LONGEST_MS = 15_000;
/** After a restart everybody comes back at once, so they spread over a longer time. */
export const WAIT_RESTART_MS = 3_000;
/** After having been too slow or too many. */
export const WAIT_CROWDED_MS = 10_000;
export const SILENCE_MS = 20_000;
export const PONG_MS = 10_000;
/** A message without an answer for this long makes us ask whether anybody is there. */
export const UNANSWERED_MS = 3_000;
/** From the ticket's request to the welcome. */
export const OPENING_MS = 15_000;
/** A connection that lasted this long starts counting its failures anew. */
export const STABLE_MS = 10_000;

const CLOSE_RESTART = 1012;
const CLOSE_TICKET_REFUSED = 4401;
const CLOSE_CROWDED = 4429;

export function createConnection(options: ConnectionOptions): Connection {
  const { clock, random } = options;
  const states = listeners<ConnectionState>();
  const frames = listeners<ServerFrame>();
  const subscribers = new Map<string, Subscriber>();

  let state: ConnectionState = { at: "offline" };
  let welcome: WelcomeFrame | null = null;
  let clockOffset = 0;
  let socket: Socket | null = null;
  let liveSince = 0;
  let failures = 0;
  /** Raised at every start and end, so that what belongs to an older attempt falls silent. */
  let attempt = 0;
  /** What the timer of a live socket waits for; every frame that arrives puts it back to silence. */
  let expecting: "silence" | "answer" | "pong" = "silence";
  let cancelTimer = () => {};

  const removeSignals = [
    options.signals?.onOnline(nudge),
    options.signals?.onOffline?.(test),
    options.signals?.onVisible(nudge),
  ];

  function become(next: ConnectionState): void {
    state = next;
    states.tell(next);
  }

  function timer(ms: number, run: () => void): void {
    cancelTimer();
    cancelTimer = clock.after(ms, run);
  }

  function drop(): void {
    attempt += 1;
    cancelTimer();
    if (!socket) return;
    const old = socket;
    socket = null;
    old.onopen = old.onmessage = old.onclose = old.onerror = null;
    old.close(1000);
  }

  async function start(): Promise<void> {
    drop();
    const mine = attempt;
    become({ at: "connecting" });
    timer(OPENING_MS, () => lost(null));
    let ticket: string;
    try {
      ticket = await options.ticket();
    } catch (failure) {
      if (mine !== attempt) return;
      if (failure instanceof ApiProblem && !isPassing(failure) && failure.status < 500) {
        drop();
        become({ at: "refused", problem: failure.problem });
      } else {
        lost(null);
      }
      return;
    }
    if (mine !== attempt) return;
    const opened = options.webSocket(options.url);
    socket = opened;
    opened.onopen = () => opened.send(JSON.stringify({ type: "hello", ticket } satisfies ClientFrame));
    opened.onmessage = (event) => receive(event.data);
    opened.onclose = (event) => lost(event.code);
    opened.onerror = () => {};
  }

  function receive(text: unknown): void {
    const frame = JSON.parse(String(text)) as ServerFrame;
    if (frame.type === "welcome") {
      welcome = frame;
      liveSince = clock.now();
      clockOffset = frame.server_time - liveSince;
      become({ at: "live" });
      for (const conversation of subscribers.keys()) sendSubscribe(conversation);
    }
    if (state.at === "live") listenForSilence();
    frames.tell(frame);
    const conversation = conversationOf(frame);
    if (conversation !== null) subscribers.get(conversation)?.frame(frame as ConversationFrame);
  }

  function listenForSilence(): void {
    expecting = "silence";
    timer(SILENCE_MS, ping);
  }

  function ping(): void {
    if (expecting === "pong") return;
    expecting = "pong";
    send({ type: "ping" });
    timer(PONG_MS, () => lost(null));
  }

  function lost(code: number | null): void {
    if (state.at === "live" && clock.now() - liveSince >= STABLE_MS) failures = 0;
    drop();
    // A ticket may have been used up or grown old: the next one is fetched at once, but only the first time.
    if (code === CLOSE_TICKET_REFUSED && failures === 0) {
      failures = 1;
      void start();
      return;
    }
    const spread = Math.min(WAIT_LONGEST_MS, WAIT_FIRST_MS * 2 ** failures);
    const least = code === CLOSE_RESTART ? WAIT_RESTART_MS : code === CLOSE_CROWDED ? WAIT_CROWDED_MS : 0;
    failures += 1;
    const wait = Math.max(spread, least) * random();
    become({ at: "waiting", until: clock.now() + wait });
    timer(wait, () => void start());
  }

  /** The network is back or somebody looks: sleeping machines keep dead sockets, so a live one is tested. */
  function nudge(): void {
    if (state.at === "waiting") void start();
    else test();
  }

  function test(): void {
    if (state.at === "live") ping();
  }

  function send(frame: ClientFrame): boolean {
    if (state.at !== "live" || !socket) return false;
    socket.send(JSON.stringify(frame));
    // A message is answered at once; nobody should have to wait long to learn that it went nowhere.
    if (frame.type === "send" && expecting === "silence") {
      expecting = "answer";
      timer(UNANSWERED_MS, ping);
    }
    return true;
  }

  function sendSubscribe(conversation: string): void {
    const position = subscribers.get(conversation)?.position();
    if (!position) return;
    const { after, epoch } = position;
    send(
      epoch === null ? { type: "subscribe", conversation, after } : { type: "subscribe", conversation, after, epoch },
    );
  }

  function open(): void {
    if (state.at === "offline") void start();
  }

  return {
    get state() {
      return state;
    },
    get welcome() {
      return welcome;
    },
    serverNow: () => clock.now() + clockOffset,
    onState: states.add,
    onFrame: frames.add,
    subscribe(conversation, subscriber) {
      subscribers.set(conversation, subscriber);
      if (state.at === "live") sendSubscribe(conversation);
      else open();
      return {
        again() {
          if (subscribers.get(conversation) === subscriber) sendSubscribe(conversation);
        },
        close() {
          if (subscribers.get(conversation) !== subscriber) return;
          subscribers.delete(conversation);
          send({ type: "unsubscribe", conversation });
        },
      };
    },
    send,
    open,
    reconnect() {
      failures = 0;
      if (state.at !== "live" && state.at !== "connecting") void start();
    },
    restart() {
      failures = 0;
      if (state.at !== "offline") void start();
    },
    close() {
      for (const remove of removeSignals) remove?.();
      drop();
      if (state.at !== "offline") become({ at: "offline" });
    },
  };
}

/** The conversation a frame is about; null for those about none, and for a summary, which goes to lists. */
function conversationOf(frame: ServerFrame): string | null {
  switch (frame.type) {
    case "subscribed":
    case "events":
    case "reload":
    case "ack":
    case "typing":
    case "marks":
    case "place":
      return frame.conversation;
    case "refused":
      return frame.conversation ?? null;
    case "welcome":
    case "offer":
    case "offer_gone":
    case "takeable":
    case "takeable_gone":
    case "summary":
    case "floor":
    case "reminder":
    case "reminder_done":
    case "viewers":
    case "pong":
      return null;
  }
}

/** A browser's own signals. */
export const browserSignals: Signals = {
  onOnline(run) {
    globalThis.addEventListener("online", run);
    return () => globalThis.removeEventListener("online", run);
  },
  onOffline(run) {
    globalThis.addEventListener("offline", run);
    return () => globalThis.removeEventListener("offline", run);
  },
  onVisible(run) {
    const look = () => {
      if (document.visibilityState === "visible") run();
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  },
};

/** The socket's address on a server; `base` as for `createApi`. */
export function socketUrl(base: string): string {
  const url = new URL("/v1/socket", base || globalThis.location.href);
  url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
  return url.href;
}
