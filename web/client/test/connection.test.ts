import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import {
  type Connection,
  createConnection,
  PONG_MS,
  SILENCE_MS,
  type Socket,
  UNANSWERED_MS,
  WAIT_FIRST_MS,
} from "../src/connection.ts";
import { ApiProblem, NetworkFailure } from "../src/http.ts";
import { type Live, openConversation } from "../src/live.ts";
import { createOutbox } from "../src/outbox.ts";
import type { EventView } from "../src/wire.ts";
import { type ManualClock, manualClock } from "./clock.ts";
import { startServer, type TestServer } from "./server.ts";
import { memoryStorage } from "./storage.ts";
import { fromBot, ID, message } from "./views.ts";

let server: TestServer;
let clock: ManualClock;
let storage: Storage;
let connection: Connection;
let ticket: () => Promise<string>;
let goodMoment = () => {};
let ids = 0;

beforeEach(async () => {
  server = await startServer();
  clock = manualClock();
  storage = memoryStorage();
  ticket = server.ticket;
  connection = connect();
});

afterEach(async () => {
  connection.close();
  await server.close();
});

function connect(): Connection {
  return createConnection({
    url: server.url,
    ticket: () => ticket(),
    clock,
    random: () => 1,
    webSocket: (url) => new WebSocket(url) as unknown as Socket,
    signals: {
      onOnline(run) {
        goodMoment = run;
        return () => {};
      },
      onVisible: () => () => {},
    },
  });
}

function open(through = connection): Live {
  return openConversation({
    id: ID,
    connection: through,
    outbox: createOutbox(storage),
    clock,
    newId: () => `message-${++ids}`,
    side: "customer",
  });
}

function texts(live: Live): string[] {
  const { events, outbox } = live.current();
  const posted = events.flatMap((event) => (event.type === "message_posted" ? [event.text] : []));
  return [...posted, ...outbox.map((pending) => pending.text)];
}

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 5_000, interval: 2 });
}

const at = (state: Connection["state"]["at"]) => until(() => expect(connection.state.at).toBe(state));
const loaded = (live: Live) => until(() => expect(live.current().loaded).toBe(true));

test("nobody is connected before anybody asks", () => {
  expect(connection.state).toEqual({ at: "offline" });
  expect(server.tickets).toBe(0);
});

test("a subscriber gets the past and then what happens", async () => {
  server.log(ID).push(message(2, "hello"), fromBot(3, "hi"), message(4, "more"));
  const live = open();
  await loaded(live);
  server.append(ID, fromBot(5, "and more"));
  await until(() => expect(texts(live)).toEqual(["hello", "hi", "more", "and more"]));
  expect(connection.serverNow()).toBe(5_000_000);
});

test("what happened while the connection was lost is caught up from where it was, once", async () => {
  const live = open();
  await loaded(live);
  server.drop();
  await at("waiting");
  server.log(ID).push(message(2, "missed"));
  clock.advance(WAIT_FIRST_MS);
  await until(() => expect(texts(live)).toEqual(["missed"]));
  expect(server.received.filter(({ type }) => type === "subscribe").at(-1)).toEqual({
    type: "subscribe",
    conversation: ID,
    after: 1,
    epoch: "log-1",
  });
});

test("waits longer after every failure, and not at all when the network comes back", async () => {
  ticket = () => Promise.reject(new NetworkFailure("no network"));
  open();
  const waits: number[] = [];
  for (let failure = 0; failure < 7; failure++) {
    await at("waiting");
    const { state } = connection;
    const wait = state.at === "waiting" ? state.until - clock.now() : 0;
    waits.push(wait);
    clock.advance(wait);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  await at("waiting");
  ticket = server.ticket;
  goodMoment();
  await at("live");
});

test("a restart of the server is survived by everybody, spread over a while", async () => {
  const live = open();
  await loaded(live);
  server.drop(1012);
  await at("waiting");
  expect(connection.state).toEqual({ at: "waiting", until: clock.now() + 3_000 });
  clock.advance(3_000);
  await at("live");
});

test("a refused ticket is replaced at once; when that is refused too, there is a pause", async () => {
  server.refuseTickets(true);
  open();
  await at("waiting");
  expect(server.tickets).toBe(2);
  server.refuseTickets(false);
  clock.advance(15_000);
  await at("live");
});

test("who may not connect is told why, and nothing is tried behind their back", async () => {
  const problem = {
    type: "/manual/errors#forbidden",
    title: "Forbidden",
    status: 403,
    code: "forbidden",
    detail: "No.",
  };
  ticket = () => Promise.reject(new ApiProblem(problem));
  open();
  await at("refused");
  goodMoment();
  clock.advance(60_000);
  expect(connection.state).toEqual({ at: "refused", problem });
  ticket = server.ticket;
  connection.reconnect();
  await at("live");
});

test("a socket that says nothing is asked, and left when it does not answer", async () => {
  await loaded(open());
  const before = connection.state;
  server.mute(true);
  clock.advance(SILENCE_MS);
  await until(() => expect(server.received.at(-1)).toEqual({ type: "ping" }));
  expect(connection.state).toBe(before);
  clock.advance(PONG_MS);
  await at("waiting");
});

test("a message into a dead network is noticed soon, kept, and sent again", async () => {
  const live = open();
  await loaded(live);
  server.mute(true);
  live.write("anybody there?");
  await until(() => expect(server.received.at(-1)).toMatchObject({ type: "send" }));
  // Going on to write does not put it off.
  clock.advance(UNANSWERED_MS - 1);
  live.write("hello?");
  clock.advance(1);
  await until(() => expect(server.received.at(-1)).toEqual({ type: "ping" }));
  live.write("HELLO?");
  clock.advance(PONG_MS);
  await at("waiting");
  server.mute(false);
  clock.advance(WAIT_FIRST_MS);
  await until(() => expect(live.current().outbox).toEqual([]));
  expect(texts(live)).toEqual(["anybody there?", "hello?", "HELLO?"]);
});

test("a socket that answers the question stays", async () => {
  const live = open();
  await loaded(live);
  const pongs: string[] = [];
  connection.onFrame(({ type }) => pongs.push(type));
  clock.advance(SILENCE_MS);
  await until(() => expect(pongs).toContain("pong"));
  clock.advance(PONG_MS);
  expect(connection.state.at).toBe("live");
});

test("a gap is noticed and everything is read again", async () => {
  const live = open();
  await loaded(live);
  server.log(ID).push(message(2, "never told"));
  server.append(ID, fromBot(3, "told"));
  await until(() => expect(texts(live)).toEqual(["never told", "told"]));
});

test("after the log became another one, nothing of the old one remains", async () => {
  const live = open();
  server.log(ID).push(message(2, "old"));
  await loaded(live);
  server.newEpoch();
  server.log(ID).splice(1, 9, message(2, "restored"));
  server.drop();
  await at("waiting");
  clock.advance(WAIT_FIRST_MS);
  await until(() => expect(texts(live)).toEqual(["restored"]));
});

test("a message whose acknowledgement was lost is sent again and shown once", async () => {
  const live = open();
  await loaded(live);
  server.loseNextAck();
  live.write("hello");
  await at("waiting");
  expect(texts(live)).toEqual(["hello"]);
  clock.advance(WAIT_FIRST_MS);
  await until(() => expect(live.current().outbox).toEqual([]));
  expect(texts(live)).toEqual(["hello"]);
  expect(server.log(ID).filter(({ type }) => type === "message_posted")).toHaveLength(1);
  expect(storage.length).toBe(0);
});

test("messages written without a connection arrive in their order, also after the page was loaded again", async () => {
  ticket = () => Promise.reject(new NetworkFailure("no network"));
  const before = open();
  for (const text of ["one", "two", "three"]) before.write(text);
  before.close();
  connection.close();

  ticket = server.ticket;
  connection = connect();
  const after = open();
  expect(texts(after)).toEqual(["one", "two", "three"]);
  await until(() => expect(after.current().outbox).toEqual([]));
  const posted = server
    .log(ID)
    .filter((event): event is EventView & { text: string } => event.type === "message_posted");
  expect(posted.map(({ text }) => text)).toEqual(["one", "two", "three"]);
});

test("a hundred broken connections lose nothing and double nothing", async () => {
  const live = open();
  const wanted: string[] = [];
  for (let round = 0; round < 100; round++) {
    await loaded(live);
    await at("live");
    if (round % 3 === 0) server.loseNextAck();
    wanted.push(`${round}`);
    live.write(`${round}`);
    if (round % 3 === 1) server.drop();
    if (round % 3 === 2) await until(() => expect(live.current().outbox).toEqual([]));
    else await at("waiting");
    clock.advance(15_000);
  }
  await until(() => expect(live.current().outbox).toEqual([]));
  expect(texts(live)).toEqual(wanted);
});

test("the other side learns what has arrived and what was read, and that somebody types, without a flood", async () => {
  const live = open();
  await loaded(live);
  server.append(ID, fromBot(2, "hi"));
  await until(() => expect(server.received.at(-1)).toEqual({ type: "mark", conversation: ID, delivered: 2 }));
  live.seen();
  live.seen();
  for (let key = 0; key < 20; key++) live.typing(true);
  clock.advance(4_000);
  await until(() => expect(server.received.at(-1)).toEqual({ type: "typing", conversation: ID, typing: false }));
  expect(server.received.slice(-3)).toEqual([
    { type: "mark", conversation: ID, read: 2 },
    { type: "typing", conversation: ID, typing: true },
    { type: "typing", conversation: ID, typing: false },
  ]);
});
