import type { Connection, ConnectionState, Subscriber } from "@baton/client/connection";
import { type Api, ApiProblem, NetworkFailure } from "@baton/client/http";
import { listeners } from "@baton/client/listeners";
import { createOutbox } from "@baton/client/outbox";
import type { ClientFrame, CustomerSession, EventView } from "@baton/client/wire";
import { beforeEach, expect, test, vi } from "vitest";
import { manualClock } from "../../client/test/clock.ts";
import { memoryStorage } from "../../client/test/storage.ts";
import { ID, state as view } from "../../client/test/views.ts";
import { createMemory, type Memory } from "../src/memory.ts";
import { createWidget, type Widget } from "../src/widget.ts";

const SESSION: CustomerSession = {
  customer: "customer-1",
  identified: false,
  access_token: "access",
  expires_at: 1,
  refresh_token: "refresh",
  channel: {
    channel: "website",
    title: "Support",
    greeting: "Hello",
    bot_name: "Baton",
    colour: "#000000",
    suggestions: [],
  },
  conversation: null,
};

const problem = (status: number, code: string) =>
  new ApiProblem({ type: "about:blank", title: code, status, code, detail: `because of ${code}` });

let storage: Storage;
let memory: Memory;
let clock: ReturnType<typeof manualClock>;
let begun: () => Promise<CustomerSession>;
let calls: string[];
let answer: (route: string) => Promise<unknown>;
let sent: ClientFrame[];
let subscriber: Subscriber | null;
let restarts: number;
let widget: Widget;

beforeEach(() => {
  storage = memoryStorage();
  memory = createMemory(storage, "website");
  clock = manualClock();
  begun = async () => SESSION;
  calls = [];
  answer = async () => view(2);
  sent = [];
  restarts = 0;
  widget = open();
});

/** The socket's end of a live connection, in a test's hands. */
function line(): Connection {
  const states = listeners<ConnectionState>();
  const live = { at: "live" } as const;
  subscriber = null;
  return {
    state: live,
    welcome: { epoch: "log", role: "customer", server_time: 0 },
    serverNow: () => 0,
    onState: states.add,
    onFrame: () => () => {},
    subscribe(_, theirs) {
      subscriber = theirs;
      return { again() {}, close() {} };
    },
    send(frame) {
      sent.push(frame);
      return true;
    },
    open() {},
    reconnect() {},
    restart() {
      restarts += 1;
    },
    close() {},
  };
}

function open(): Widget {
  const api = (async (route: string) => {
    calls.push(route);
    return answer(route);
  }) as Api;
  let ids = 0;
  return createWidget({
    session: { api, current: () => begun(), identify: () => begun() },
    connection: line(),
    outbox: createOutbox(storage),
    memory,
    clock,
    newId: () => (ids++ === 0 ? ID : `id-${ids}`),
    language: "en",
    page: null,
  });
}

function settled(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 2_000, interval: 1 });
}

function join(seq = 1): void {
  const marks = { customer_delivered: 0, customer_read: 0, staff_delivered: 0, staff_read: 0 };
  subscriber?.frame({ type: "subscribed", conversation: ID, state: view(seq), marks });
}

test("nothing is started until the customer writes; then once, and the message is on its way", async () => {
  widget.start();
  await settled(() => expect(widget.current().channel?.title).toBe("Support"));
  expect(calls).toEqual([]);
  widget.actions.write("hello");
  await settled(() => expect(subscriber).not.toBeNull());
  expect(calls).toEqual(["POST /v1/conversations"]);
  join();
  expect(sent).toContainEqual({ type: "send", conversation: ID, client_id: "id-2", text: "hello" });
});

test("what is written before there is any network is kept and goes out when there is", async () => {
  begun = () => Promise.reject(new NetworkFailure("no network"));
  answer = () => Promise.reject(new NetworkFailure("no network"));
  widget.start();
  widget.actions.write("hello");
  await settled(() => expect(widget.current().lost).toBe(true));
  expect(widget.current().conversation?.outbox.map(({ text }) => text)).toEqual(["hello"]);
  begun = async () => SESSION;
  answer = async () => view(1);
  await settled(() => {
    clock.advance(15_000);
    expect(subscriber).not.toBeNull();
  });
  join();
  expect(sent.map(({ type }) => type)).toContain("send");
  expect(widget.current().lost).toBe(false);
});

test("a reload goes on with the same conversation and its draft", async () => {
  widget.actions.write("hello");
  widget.actions.draft("and anoth");
  await settled(() => expect(subscriber).not.toBeNull());
  widget = open();
  expect(widget.current().draft).toBe("and anoth");
  widget.start();
  await settled(() => expect(subscriber).not.toBeNull());
  expect(widget.current().conversation?.id).toBe(ID);
  expect(widget.current().conversation?.outbox.map(({ text }) => text)).toEqual(["hello"]);
});

test("a conversation begun elsewhere is gone on with, without starting it again", async () => {
  begun = async () => ({ ...SESSION, conversation: ID });
  widget.start();
  await settled(() => expect(subscriber).not.toBeNull());
  expect(calls).toEqual([]);
});

test("a remembered conversation that is not ours any more gives its unsent words to another one", async () => {
  memory.set("conversation", "foreign");
  createOutbox(storage).put("foreign", { clientId: "m", text: "kept", at: 1, epoch: null, status: { at: "unsent" } });
  answer = async () => {
    if (calls.length === 1) throw problem(404, "not_found");
    return view(1);
  };
  widget.start();
  await settled(() => expect(widget.current().conversation?.id).toBe(ID));
  expect(widget.current().conversation?.outbox.map(({ text }) => text)).toEqual(["kept"]);
  expect(createOutbox(storage).load("foreign")).toEqual([]);
});

test("asking for a person without a word before starts the conversation first", async () => {
  answer = async () => view(3, { controller: { kind: "queued" } });
  widget.actions.askPerson();
  expect(widget.current().busy).toBe("handoff");
  await settled(() => expect(widget.current().busy).toBeNull());
  expect(calls).toEqual(["POST /v1/conversations", "POST /v1/conversations/{id}/handoff"]);
  expect(widget.current().conversation?.state?.controller.kind).toBe("queued");
});

test("an action that does not work says so, and the next one clears it", async () => {
  answer = async (route) => {
    if (route.endsWith("/handoff")) throw problem(409, "not_possible");
    return view(2);
  };
  widget.actions.askPerson();
  await settled(() => expect(widget.current().trouble).toMatchObject({ detail: "because of not_possible" }));
  widget.actions.write("then not");
  expect(widget.current().trouble).toBeNull();
});

test("the same action is not taken twice while it is under way", async () => {
  widget.actions.askPerson();
  widget.actions.askPerson();
  await settled(() => expect(widget.current().busy).toBeNull());
  expect(calls.filter((route) => route.endsWith("/handoff"))).toHaveLength(1);
});

test("another person's sign-in takes away what was here", async () => {
  widget.start();
  await settled(() => expect(widget.current().channel).not.toBeNull());
  widget.actions.write("mine");
  await settled(() => expect(subscriber).not.toBeNull());
  begun = async () => ({ ...SESSION, customer: "customer-2" });
  widget.identify("token");
  await settled(() => expect(restarts).toBe(1));
  expect(widget.current().conversation).toBeNull();
});

test("a channel that does not exist is said, and can be tried again", async () => {
  begun = () => Promise.reject(problem(404, "channel_not_found"));
  widget.start();
  await settled(() => expect(widget.current().unavailable?.code).toBe("channel_not_found"));
  begun = async () => SESSION;
  widget.actions.tryAgain();
  await settled(() => expect(widget.current().unavailable).toBeNull());
});

test("what arrives while nobody looks is counted until somebody does", async () => {
  widget.actions.write("hello");
  await settled(() => expect(subscriber).not.toBeNull());
  const bot = { kind: "bot", name: "Baton" } as const;
  const events: EventView[] = [
    { seq: 1, at: 1, type: "conversation_started", channel: "website", language: "en" },
    { seq: 2, at: 2, type: "message_posted", author: bot, text: "hi", sources: [], erased: false },
  ];
  subscriber?.frame({ type: "events", conversation: ID, events });
  expect(widget.current().unread).toBe(1);
  widget.actions.seen();
  expect(widget.current().unread).toBe(0);
});
