// A server on a real socket that keeps logs as the real one does, and that a test can cut off, restart or make forget.
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { ClientFrame, ConversationView, EventView, ServerFrame } from "../src/wire.ts";
import { message, started, state } from "./views.ts";

export type TestServer = {
  url: string;
  /** Everything that clients sent, in order. */
  received: ClientFrame[];
  /** How many tickets were asked for. */
  tickets: number;
  ticket(): Promise<string>;
  /** The log of a conversation; adding to it tells nobody. */
  log(conversation: string): EventView[];
  /** Adds an event and tells the subscribers. */
  append(conversation: string, event: EventView): void;
  /** Tells subscribers something, true or not. */
  tell(frame: ServerFrame): void;
  /** Closes all sockets with a code, or cuts them without one. */
  drop(code?: number): void;
  /** The next `send` reaches the disk, but the connection breaks before its answer. */
  loseNextAck(): void;
  /** Tickets are refused from here on, until it is called with false. */
  refuseTickets(refuse: boolean): void;
  /** Says nothing any more, as a dead network. */
  mute(silent: boolean): void;
  /** A log with another identity, like after a restore. */
  newEpoch(): void;
  sockets(): number;
  close(): Promise<void>;
};

export async function startServer(): Promise<TestServer> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await new Promise((done) => server.once("listening", done));
  const logs = new Map<string, EventView[]>();
  const subscriptions = new Map<WebSocket, Set<string>>();
  const received: ClientFrame[] = [];
  const good = new Set<string>();
  let epoch = 1;
  let losing = false;
  let refusing = false;
  let silent = false;
  let tickets = 0;

  const logOf = (conversation: string) => {
    const log = logs.get(conversation) ?? [started()];
    logs.set(conversation, log);
    return log;
  };
  const stateOf = (conversation: string): ConversationView => ({
    ...state(logOf(conversation).length),
    id: conversation,
  });
  const say = (socket: WebSocket, frame: ServerFrame) => {
    if (!silent) socket.send(JSON.stringify(frame));
  };
  const tell = (frame: ServerFrame & { conversation?: unknown }) => {
    for (const [socket, subscribed] of subscriptions) {
      if (subscribed.has(String(frame.conversation))) say(socket, frame);
    }
  };
  const append = (conversation: string, event: EventView) => {
    logOf(conversation).push(event);
    tell({ type: "events", conversation, events: [event], state: stateOf(conversation) });
  };

  const answer = (socket: WebSocket, frame: ClientFrame) => {
    switch (frame.type) {
      case "hello":
        if (refusing || !good.delete(frame.ticket)) return socket.close(4401);
        subscriptions.set(socket, new Set());
        return say(socket, { type: "welcome", epoch: `log-${epoch}`, role: "customer", server_time: 5_000_000 });
      case "subscribe": {
        if (frame.epoch && frame.epoch !== `log-${epoch}`) {
          return say(socket, { type: "reload", conversation: frame.conversation, reason: "another log" });
        }
        subscriptions.get(socket)?.add(frame.conversation);
        const events = logOf(frame.conversation).slice(frame.after);
        // In pages, like the real one.
        for (let from = 0; from < events.length; from += 2) {
          say(socket, { type: "events", conversation: frame.conversation, events: events.slice(from, from + 2) });
        }
        const marks = { customer_delivered: 0, customer_read: 0, staff_delivered: 0, staff_read: 0 };
        return say(socket, {
          type: "subscribed",
          conversation: frame.conversation,
          state: stateOf(frame.conversation),
          marks,
        });
      }
      case "send": {
        const log = logOf(frame.conversation);
        const earlier = log.find((event) => event.type === "message_posted" && event.client_id === frame.client_id);
        const seq = earlier?.seq ?? log.length + 1;
        if (losing) {
          losing = false;
          if (!earlier) log.push(message(seq, frame.text, { client_id: frame.client_id }));
          return socket.terminate();
        }
        say(socket, { type: "ack", conversation: frame.conversation, client_id: frame.client_id, seq });
        if (!earlier) append(frame.conversation, message(seq, frame.text, { client_id: frame.client_id }));
        return;
      }
      case "ping":
        return say(socket, { type: "pong" });
      case "unsubscribe":
        subscriptions.get(socket)?.delete(frame.conversation);
        return;
      case "typing":
      case "mark":
        return;
    }
  };

  server.on("connection", (socket) => {
    socket.on("message", (text) => {
      const frame = JSON.parse(String(text)) as ClientFrame;
      received.push(frame);
      answer(socket, frame);
    });
    socket.on("close", () => subscriptions.delete(socket));
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get tickets() {
      return tickets;
    },
    async ticket() {
      tickets += 1;
      const ticket = `ticket-${tickets}`;
      good.add(ticket);
      return ticket;
    },
    log: logOf,
    append,
    tell,
    drop(code) {
      for (const socket of server.clients) code === undefined ? socket.terminate() : socket.close(code);
    },
    loseNextAck() {
      losing = true;
    },
    refuseTickets(refuse) {
      refusing = refuse;
    },
    mute(value) {
      silent = value;
    },
    newEpoch() {
      epoch += 1;
    },
    sockets: () => server.clients.size,
    close() {
      for (const socket of server.clients) socket.terminate();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
