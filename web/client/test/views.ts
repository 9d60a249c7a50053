// What a server would tell about a small conversation.
import type { ConversationView, EventOf, EventView } from "../src/wire.ts";

export const ID = "6f1c2f5e-8a0d-4d0e-9b1a-000000000001";

export function state(seq: number, change: Partial<ConversationView> = {}): ConversationView {
  return {
    id: ID,
    seq,
    epoch: 1,
    channel: "website",
    language: "en",
    started_at: 1,
    last_message_at: seq,
    controller: { kind: "bot" },
    wrap_ups: [],
    surveys: [],
    suggest_person: false,
    timing_marks: [],
    bot_owes: false,
    can: ["post_message", "request_handoff"],
    ...change,
  };
}

export function started(): EventView {
  return { seq: 1, at: 1, type: "conversation_started", channel: "website", language: "en" };
}

export function message(
  seq: number,
  text: string,
  change: Partial<EventOf<"message_posted">> = {},
): EventOf<"message_posted"> {
  return {
    seq,
    at: seq,
    type: "message_posted",
    author: { kind: "customer", name: "" },
    text,
    sources: [],
    erased: false,
    ...change,
  };
}

export function fromBot(seq: number, text: string): EventOf<"message_posted"> {
  return message(seq, text, { author: { kind: "bot", name: "Baton" }, html: `<p>${text}</p>` });
}
