import { emptyConversation, reduce } from "@baton/client/conversation";
import type { ConversationView, EventView } from "@baton/client/wire";
import { describe, expect, test } from "vitest";
import { linesOf, phaseOf, receiptOf, unreadOf, writerOf } from "../src/phase.ts";
import { SAMPLES } from "../states/samples.ts";

const of = (name: string) => {
  const conversation = SAMPLES[name]?.conversation;
  if (!conversation) throw new Error(`no conversation in ${name}`);
  return conversation;
};

describe("who answers", () => {
  test("is told in every state", () => {
    expect(phaseOf(null)).toEqual({ at: "fresh" });
    expect(phaseOf(of("bot"))).toEqual({ at: "bot" });
    expect(phaseOf(of("waiting"))).toMatchObject({ at: "waiting", place: { position: 2 } });
    expect(phaseOf(of("nobody"))).toMatchObject({ at: "nobody", opensAt: expect.any(Number) });
    expect(phaseOf(of("person"))).toEqual({ at: "person", name: "Ana Ruiz" });
    expect(phaseOf(of("closed"))).toEqual({ at: "closed" });
  });

  test("stays open until the server has told, once something was written", () => {
    const pending = { clientId: "a", text: "hello", at: 1, epoch: null, status: { at: "unsent" } } as const;
    expect(phaseOf(reduce(emptyConversation("c"), { type: "written", pending }))).toEqual({ at: "bot" });
  });
});

describe("the lines", () => {
  test("hold together what one author says at a time, and say who it is once", () => {
    const lines = linesOf(of("hostile"), 0);
    expect(lines.map((line) => line.kind)).toEqual(["message", "message"]);
    expect(lines.every((line) => line.kind === "message" && line.first)).toBe(true);
  });

  test("never show a customer's text as HTML, even if the server sent some", () => {
    const [message] = linesOf(of("hostile"), 0);
    expect(message).toMatchObject({ body: { form: "text", text: expect.stringContaining("<img src=x") } });
    const { events } = of("hostile");
    const forged = events.map((event) => (event.type === "message_posted" ? { ...event, html: "<b>x</b>" } : event));
    const [first] = linesOf({ ...of("hostile"), events: forged }, 0);
    expect(first).toMatchObject({ body: { form: "text" } });
  });

  test("show an erased message as erased", () => {
    const erased = of("bot").events.map((event) =>
      event.type === "message_posted" ? { ...event, erased: true } : event,
    );
    expect(linesOf({ ...of("bot"), events: erased }, 0)[0]).toMatchObject({ body: { form: "erased" } });
  });

  test("announce the person who takes over", () => {
    expect(linesOf(of("person"), 0)).toContainEqual(
      expect.objectContaining({ kind: "notice", notice: "agent_joined", name: "Ana Ruiz" }),
    );
  });

  test("ask for a rating while the survey is open, and thank for it afterwards", () => {
    expect(linesOf(of("survey"), 0).at(-1)).toMatchObject({ kind: "survey" });
    expect(linesOf(of("rated"), 0).at(-1)).toMatchObject({ kind: "rated", rating: 5 });
    expect(linesOf(of("rated"), 0).some(({ kind }) => kind === "survey")).toBe(false);
  });

  test("part the days as the reader lives them", () => {
    const evening = Date.UTC(2026, 10, 16, 23, 30);
    const author = { kind: "customer", name: "" } as const;
    const message = (seq: number, at: number): EventView => {
      return { seq, at, type: "message_posted", author, text: "hello", sources: [], erased: false };
    };
    const conversation = { ...emptyConversation("c"), events: [message(1, evening), message(2, evening + 3_600_000)] };
    expect(linesOf(conversation, 0).map(({ kind }) => kind)).toEqual(["message", "day", "message"]);
    expect(linesOf(conversation, 3_600_000).map(({ kind }) => kind)).toEqual(["message", "message"]);
  });

  test("say that it ended even where no notice does", () => {
    const closed = { ...of("bot"), state: { ...of("closed").state } as ConversationView };
    expect(linesOf(closed, 0).at(-1)).toEqual({ kind: "ended", key: "ended" });
    expect(linesOf(of("closed"), 0).some(({ kind }) => kind === "ended")).toBe(false);
  });
});

test("how far the last message got is shown until somebody answers", () => {
  expect(receiptOf(of("person"))?.receipt).toBe("read");
  expect(receiptOf(of("suggestion"))?.receipt).toBe("sent");
  expect(receiptOf(of("bot"))).toBeNull();
  expect(receiptOf(of("offline"))).toBeNull();
});

test("the bot is shown writing while it owes an answer, a person while they type", () => {
  expect(writerOf(of("bot-writing"), "Baton")).toEqual({ kind: "bot", name: "Baton" });
  expect(writerOf(of("person"), "Baton")).toMatchObject({ kind: "agent", name: "Ana Ruiz" });
  expect(writerOf(of("bot"), "Baton")).toBeNull();
});

test("what was said to the customer and not looked at is counted, their own words are not", () => {
  expect(unreadOf(of("bot"), 0)).toBe(1);
  expect(unreadOf(of("person"), 4)).toBe(3);
  expect(unreadOf(of("person"), 99)).toBe(0);
});
