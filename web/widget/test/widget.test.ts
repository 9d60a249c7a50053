import type { Connection, ConnectionState, Subscriber } from "@baton/client/connection";
import { type Api, ApiProblem, NetworkFailure } from "@baton/client/http";
import { listeners } from "@baton/client/listeners";
import { createOutbox } from "@baton/client/outbox";
import type { AttachmentView, ClientFrame, CustomerSession, EventView } from "@baton/client/wire";
import { beforeEach, expect, test, vi } from "vitest";
import { manualClock } from "../../client/test/clock.ts";
import { memoryStorage } from "../../client/test/storage.ts";
import { ID, state as view } from "../../client/test/views.ts";
import { createMemory, type Memory } from "../src/memory.ts";
import { createWidget, type Widget, type WidgetEvent } from "../src/widget.ts";

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
    widget: {
      radius: 18,
      position: "end",
      theme: "auto",
      launcher_label: "",
      sound: true,
      thumbs: true,
      form: [],
      texts: {},
    },
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
let bodies: unknown[];
let answer: (route: string) => Promise<unknown>;
let sent: ClientFrame[];
let subscriber: Subscriber | null;
let restarts: number;
let widget: Widget;
let agreed: () => void;
let chimes: number[];
let told: WidgetEvent[];
let uploading: (file: File, onProgress: (share: number) => void) => Promise<AttachmentView>;

beforeEach(() => {
  storage = memoryStorage();
  memory = createMemory(storage, "website");
  clock = manualClock();
  begun = async () => SESSION;
  calls = [];
  bodies = [];
  answer = async () => view(2);
  sent = [];
  restarts = 0;
  agreed = () => {};
  chimes = [];
  told = [];
  uploading = () => Promise.reject(new NetworkFailure("no network"));
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
  const api = (async (route: string, input?: { body?: unknown }) => {
    calls.push(route);
    bodies.push(input?.body);
    return answer(route);
  }) as Api;
  let ids = 0;
  return createWidget({
    session: {
      api,
      current: () => begun(),
      look: async () => SESSION.channel,
      agree: () => agreed(),
      identify: () => begun(),
    },
    onChime: () => chimes.push(1),
    onEvent: (event) => told.push(event),
    upload: (_, file, onProgress) => uploading(file, onProgress),
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

test("a channel with a notice stores nothing and begins nothing until the customer agrees", async () => {
  const notice = { ...problem(422, "invalid_field").problem, field: "consent" };
  begun = () => Promise.reject(new ApiProblem(notice));
  widget.start();
  await settled(() => expect(widget.current().gate).toBe("consent"));
  expect(storage.length).toBe(0);
  expect(calls).toEqual([]);
  agreed = () => {
    begun = async () => SESSION;
  };
  widget.actions.agree();
  await settled(() => expect(widget.current().channel?.greeting).toBe("Hello"));
  expect(widget.current().gate).toBeNull();
});

test("the form is asked once, and what was said reaches the server with what the page knows", async () => {
  const field = { key: "name", label: "Your name", kind: "text", required: true, options: {} } as const;
  const channel = { ...SESSION.channel, widget: { ...SESSION.channel.widget, form: [field] } };
  begun = async () => ({ ...SESSION, channel });
  widget.describe({ plan: "blue" });
  widget.start();
  await settled(() => expect(widget.current().gate).toBe("form"));
  widget.actions.fillForm({ name: "Mia" });
  expect(widget.current().gate).toBeNull();
  await settled(() => expect(calls).toEqual(["PATCH /v1/customer", "PATCH /v1/customer"]));
  expect(bodies).toEqual([{ attributes: { plan: "blue" } }, { attributes: { name: "Mia" } }]);
  widget = open();
  widget.start();
  await settled(() => expect(widget.current().channel).not.toBeNull());
  expect(widget.current().gate).toBeNull();
});

test("whom the site vouches for is not asked who they are", async () => {
  const field = { key: "email", label: "E-mail", kind: "email", required: true, options: {} } as const;
  const channel = { ...SESSION.channel, widget: { ...SESSION.channel.widget, form: [field] } };
  begun = async () => ({ ...SESSION, identified: true, channel });
  widget.start();
  await settled(() => expect(widget.current().channel).not.toBeNull());
  expect(widget.current().gate).toBeNull();
});

test("files go with the next message once they are on the server; one that fails says so and can be taken away", async () => {
  const kept = { id: "file-1", name: "a.pdf", media_type: "application/pdf", bytes: 3, picture: false };
  let progress = (_: number) => {};
  let arrive = (_: AttachmentView) => {};
  uploading = (file, onProgress) => {
    if (file.name === "bad.exe") return Promise.reject(problem(422, "not_allowed"));
    progress = onProgress;
    return new Promise((done) => {
      arrive = done;
    });
  };
  widget.actions.attach([new File(["abc"], "a.pdf"), new File(["x"], "bad.exe")]);
  await settled(() => expect(widget.current().uploads[1]?.trouble).toMatchObject({ code: "not_allowed" }));
  progress(0.5);
  expect(widget.current().uploads[0]?.share).toBe(0.5);
  arrive(kept);
  await settled(() => expect(widget.current().uploads[0]?.file).toEqual(kept));
  widget.actions.detach(widget.current().uploads[1]?.id ?? "");
  join();
  widget.actions.write("");
  expect(widget.current().uploads).toEqual([]);
  expect(sent.find(({ type }) => type === "send")).toMatchObject({ text: "", attachments: ["file-1"] });
});

test("an answer chimes while the customer looks elsewhere, unless they want no sound, and the page is told without words", async () => {
  widget.actions.write("hello");
  await settled(() => expect(subscriber).not.toBeNull());
  join(1);
  const answer = (seq: number): EventView => {
    const author = { kind: "agent", name: "Ana" } as const;
    return { seq, at: seq, type: "message_posted", author, text: "secret", sources: [], erased: false };
  };
  const started: EventView = { seq: 1, at: 1, type: "conversation_started", channel: "website", language: "en" };
  const arrives = (events: EventView[]) => subscriber?.frame({ type: "events", conversation: ID, events });
  widget.start();
  await settled(() => expect(widget.current().channel).not.toBeNull());
  arrives([started, answer(2)]);
  expect(chimes).toHaveLength(1);
  widget.actions.mute(true);
  arrives([answer(3)]);
  widget.actions.mute(false);
  widget.show(true, true);
  arrives([answer(4)]);
  expect(chimes).toHaveLength(1);
  expect(told.filter(({ name }) => name === "message")).toHaveLength(3);
  expect(JSON.stringify(told)).not.toContain("secret");
});
