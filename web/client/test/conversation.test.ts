import { describe, expect, test } from "vitest";
import type { ConversationFrame } from "../src/connection.ts";
import {
  type Conversation,
  emptyConversation,
  type Input,
  type Pending,
  reduce,
  TYPING_MS,
} from "../src/conversation.ts";
import { fromBot, ID, message, started, state } from "./views.ts";

const NO_MARKS = { customer_delivered: 0, customer_read: 0, staff_delivered: 0, staff_read: 0 };
const ANA = { kind: "agent", name: "Ana" } as const;

function frame(frame: ConversationFrame, now = 0): Input {
  return { type: "frame", frame, now, epoch: "log-1" };
}

function events(...list: ReturnType<typeof message | typeof started>[]): Input {
  return frame({ type: "events", conversation: ID, events: list });
}

function subscribed(seq: number): Input {
  return frame({ type: "subscribed", conversation: ID, state: state(seq), marks: NO_MARKS });
}

function written(clientId: string, at = 0): Input {
  return { type: "written", pending: pending(clientId, at) };
}

function pending(clientId: string, at = 0): Pending {
  return { clientId, text: `text of ${clientId}`, at, epoch: null, status: { at: "unsent" } };
}

function after(...inputs: Input[]): Conversation {
  return inputs.reduce(reduce, emptyConversation(ID));
}

/** What a person would see, top to bottom. */
function shown(conversation: Conversation): string[] {
  const texts = conversation.events.flatMap((event) => (event.type === "message_posted" ? [event.text] : []));
  return [...texts, ...conversation.outbox.map(({ text }) => text)];
}

describe("events", () => {
  test("arrive in order and are loaded once the server has caught us up", () => {
    const partly = after(events(started(), message(2, "hello")));
    expect(partly.loaded).toBe(false);
    const whole = reduce(reduce(partly, events(fromBot(3, "hi"))), subscribed(3));
    expect(whole.loaded).toBe(true);
    expect(shown(whole)).toEqual(["hello", "hi"]);
  });

  test("that arrive twice are shown once", () => {
    const twice = after(events(started(), message(2, "hello")), events(message(2, "hello"), fromBot(3, "hi")));
    expect(shown(twice)).toEqual(["hello", "hi"]);
    expect(twice.stale).toBe(false);
  });

  test("with a gap are not shown; what was there stays until it has been read again from the start", () => {
    const gap = after(events(started(), message(2, "hello")), events(fromBot(4, "later")));
    expect(gap.stale).toBe(true);
    expect(shown(gap)).toEqual(["hello"]);

    const late = reduce(gap, events(fromBot(5, "of the old subscription")));
    expect(shown(late)).toEqual(["hello"]);

    const again = reduce(late, events(started(), message(2, "hello"), fromBot(3, "between"), fromBot(4, "later")));
    expect(again.stale).toBe(false);
    expect(shown(again)).toEqual(["hello", "between", "later"]);
  });

  test("after a reload replace everything, even a longer past", () => {
    const reloaded = after(
      events(started(), message(2, "one"), message(3, "two")),
      subscribed(3),
      frame({ type: "reload", conversation: ID, reason: "another log" }),
      events(started(), message(2, "other")),
      subscribed(2),
    );
    expect(shown(reloaded)).toEqual(["other"]);
    expect(reloaded.state?.seq).toBe(2);
  });
});

describe("the state", () => {
  test("that is older than the one shown is ignored, whichever way it came", () => {
    const newer = after(subscribed(5), { type: "state", state: state(4, { bot_owes: true }) });
    expect(newer.state?.seq).toBe(5);
  });

  test("brings the place in the queue, which a place frame refreshes", () => {
    const queued = state(2, { controller: { kind: "queued" }, place: { position: 3 } });
    const waiting = after({ type: "state", state: queued });
    expect(waiting.place?.position).toBe(3);
    expect(reduce(waiting, frame({ type: "place", conversation: ID, place: { position: 2 } })).place?.position).toBe(2);
    expect(reduce(waiting, { type: "state", state: state(3) }).place).toBeNull();
  });

  test("marks only ever rise", () => {
    const read = after(frame({ type: "marks", conversation: ID, marks: { ...NO_MARKS, staff_read: 4 } }));
    expect(
      reduce(read, frame({ type: "marks", conversation: ID, marks: { ...NO_MARKS, staff_read: 2 } })).marks,
    ).toEqual({
      ...NO_MARKS,
      staff_read: 4,
    });
  });

  test("that cannot be seen says why", () => {
    const problem = { type: "about:blank", title: "Not found", status: 404, code: "not_found", detail: "" };
    expect(after(frame({ type: "refused", conversation: ID, problem })).refused?.code).toBe("not_found");
  });
});

describe("what is written here", () => {
  test("is shown at once, and once when its event has come", () => {
    const waiting = after(events(started()), written("a"), { type: "sent", clientId: "a" });
    expect(shown(waiting)).toEqual(["text of a"]);
    const acked = reduce(waiting, frame({ type: "ack", conversation: ID, client_id: "a", seq: 2 }));
    expect(shown(acked)).toEqual(["text of a"]);
    const done = reduce(acked, events(message(2, "text of a", { client_id: "a" })));
    expect(shown(done)).toEqual(["text of a"]);
    expect(done.outbox).toEqual([]);
  });

  test("is reconciled when the event overtakes its acknowledgement, or when that is lost", () => {
    const done = after(events(started()), written("a"), events(message(2, "text of a", { client_id: "a" })));
    expect(done.outbox).toEqual([]);
    expect(reduce(done, frame({ type: "ack", conversation: ID, client_id: "a", seq: 2 })).outbox).toEqual([]);
  });

  test("goes out again after a lost connection, in its order", () => {
    const lost = after(written("a", 1), written("b", 2), { type: "sent", clientId: "a" }, { type: "disconnected" });
    expect(lost.outbox.map(({ clientId, status }) => [clientId, status.at])).toEqual([
      ["a", "unsent"],
      ["b", "unsent"],
    ]);
  });

  test("keeps its text when the server says no, and can be tried again or taken back", () => {
    const problem = { type: "about:blank", title: "Stale", status: 409, code: "stale_epoch", detail: "" };
    const refused = after(
      written("a"),
      { type: "sent", clientId: "a" },
      frame({ type: "refused", conversation: ID, client_id: "a", problem }),
    );
    expect(refused.outbox[0]?.status).toEqual({ at: "failed", problem });
    expect(refused.outbox[0]?.text).toBe("text of a");

    const retried = reduce(refused, { type: "retried", clientId: "a", epoch: 7 });
    expect(retried.outbox[0]).toMatchObject({ epoch: 7, status: { at: "unsent" } });
    expect(reduce(refused, { type: "discarded", clientId: "a" }).outbox).toEqual([]);
    expect(reduce(retried, { type: "discarded", clientId: "a" }).outbox).toHaveLength(1);
  });

  test("and was restored after a reload is not shown beside its event", () => {
    const restored = after(events(started(), message(2, "text of a", { client_id: "a" })), {
      type: "restored",
      pending: [pending("a"), pending("b")],
    });
    expect(shown(restored)).toEqual(["text of a", "text of b"]);
  });
});

describe("typing", () => {
  const typing = frame({ type: "typing", conversation: ID, author: ANA, typing: true }, 1_000);

  test("is shown until it stops, until the message is there, or for a while at most", () => {
    expect(after(typing).typing).toHaveLength(1);
    expect(after(typing, frame({ type: "typing", conversation: ID, author: ANA, typing: false })).typing).toEqual([]);
    expect(after(events(started()), typing, events(message(2, "hi", { author: ANA }))).typing).toEqual([]);
    expect(after(typing, { type: "tick", now: 1_000 + TYPING_MS - 1 }).typing).toHaveLength(1);
    expect(after(typing, { type: "tick", now: 1_000 + TYPING_MS }).typing).toEqual([]);
    expect(after(typing, { type: "disconnected" }).typing).toEqual([]);
  });
});
