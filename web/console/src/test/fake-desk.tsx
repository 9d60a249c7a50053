// A desk without a server: an API that answers from a table and a connection that plays frames.

import type { Connection, ConnectionState, Subscriber } from "@baton/client/connection";
import { type Answer, type Api, ApiProblem, type Route } from "@baton/client/http";
import type { ClientFrame, ConversationView, EventView, MarksView, ServerFrame } from "@baton/client/wire";
import * as fixtures from "./fixtures";

export type Answers = {
  [R in Route]?: Answer<R> | ((input: { path?: Record<string, string>; body?: unknown; query?: unknown }) => Answer<R>);
};

export type FakeApi = Api & { calls: { route: Route; input: unknown }[] };

export function problem(status: number, code: string, detail: string): ApiProblem {
  return new ApiProblem({ type: `/manual/errors#${code}`, title: code, status, code, detail });
}

export function fakeApi(answers: Answers): FakeApi {
  const calls: FakeApi["calls"] = [];
  const api = async (route: Route, input: object = {}) => {
    calls.push({ route, input });
    if (!(route in answers)) throw problem(404, "not_found", `There is no answer to ${route}.`);
    const answer = answers[route];
    return typeof answer === "function" ? (answer as (input: object) => unknown)(input) : answer;
  };
  return Object.assign(api as Api, { calls });
}

export type Story = { events: readonly EventView[]; state: ConversationView; marks: MarksView };

export type FakeConnection = Connection & {
  sent: ClientFrame[];
  tell: (frame: ServerFrame) => void;
  become: (state: ConnectionState) => void;
};

export function fakeConnection(
  stories: Record<string, Story>,
  start: ConnectionState = { at: "live" },
): FakeConnection {
  let state = start;
  const states = new Set<(state: ConnectionState) => void>();
  const frames = new Set<(frame: ServerFrame) => void>();
  const subscribers = new Map<string, Subscriber>();
  const sent: ClientFrame[] = [];
  const join = (conversation: string) => {
    const subscriber = subscribers.get(conversation);
    const story = stories[conversation];
    if (!subscriber) return;
    if (!story) {
      const refused = problem(404, "not_found", "There is no such conversation, or you may not see it.").problem;
      subscriber.frame({ type: "refused", conversation, client_id: null, problem: refused });
      return;
    }
    subscriber.frame({ type: "events", conversation, events: [...story.events], state: story.state });
    subscriber.frame({ type: "subscribed", conversation, state: story.state, marks: story.marks });
  };
  const connection: FakeConnection = {
    get state() {
      return state;
    },
    welcome: { epoch: "log-1", role: "agent", server_time: fixtures.NOW },
    serverNow: () => fixtures.NOW,
    onState: (listener) => {
      states.add(listener);
      return () => states.delete(listener);
    },
    onFrame: (listener) => {
      frames.add(listener);
      return () => frames.delete(listener);
    },
    subscribe(conversation, subscriber) {
      subscribers.set(conversation, subscriber);
      queueMicrotask(() => join(conversation));
      return {
        again: () => join(conversation),
        close: () => {
          if (subscribers.get(conversation) === subscriber) subscribers.delete(conversation);
        },
      };
    },
    send(frame) {
      if (state.at !== "live") return false;
      sent.push(frame);
      return true;
    },
    open() {},
    reconnect() {},
    restart() {},
    close() {},
    sent,
    tell(frame) {
      for (const listener of frames) listener(frame);
      if (frame.type !== "viewers" && "conversation" in frame && typeof frame.conversation === "string") {
        subscribers.get(frame.conversation)?.frame(frame as Parameters<Subscriber["frame"]>[0]);
      }
    },
    become(next) {
      state = next;
      for (const listener of states) listener(next);
    },
  };
  return connection;
}

/** What the server answers on this afternoon. */
export const ANSWERS: Answers = {
  "GET /v1/conversations": ({ query }) => {
    const { view } = query as { view: string };
    const items =
      view === "mine"
        ? fixtures.mine
        : view === "queue"
          ? fixtures.queue
          : view === "recent"
            ? fixtures.recent
            : [...fixtures.mine, ...fixtures.queue, ...fixtures.recent];
    return { items, next: null };
  },
  "GET /v1/conversations/{id}/brief": fixtures.brief,
  "GET /v1/handoffs/{handoff}/decisions": fixtures.decisions,
  "GET /v1/me/quick-replies": fixtures.quickReplies,
  "GET /v1/me/reminders": fixtures.reminders,
  "GET /v1/me/day": fixtures.day,
  "GET /v1/conversations/{id}/suggestions": fixtures.suggested,
  "GET /v1/search": { items: fixtures.foundTexts, complete: true },
  "DELETE /v1/me/reminders/{reminder}": undefined as never,
  "GET /v1/offers": [],
  "GET /v1/takeable": [],
  "GET /v1/reports/estimates": fixtures.estimates,
  "GET /v1/handoffs/{handoff}/explanation": fixtures.explanation,
  "GET /v1/floor": fixtures.floor,
  "GET /v1/wall": fixtures.wall,
  "GET /v1/agents": fixtures.floor.agents,
  "GET /v1/config": {
    version: 12,
    at: fixtures.NOW - 3_600_000,
    by: "Noor Haddad",
    note: null,
    document: fixtures.CONFIG,
  },
  "GET /v1/config/versions": [12, 11, 10].map((version) => ({
    version,
    at: fixtures.NOW - (13 - version) * 3_600_000,
    by: "Noor Haddad",
    note: version === 11 ? "Longer hours before the holidays" : null,
    document: "",
  })),
  "GET /v1/config/values": { version: 12, values: fixtures.configValues },
  "POST /v1/config/hours": fixtures.drawnHours,
  "GET /v1/invitations": [],
  "POST /v1/config/plan": fixtures.configPlan,
  "GET /v1/config/difference": { from: 10, to: 11, changes: fixtures.configPlan.changes },
  "GET /v1/bot-keys": [
    { id: "bk_7f3a", bot: "guide", label: "Production", created_at: fixtures.NOW - 86_400_000, secret: null },
  ],
  "GET /v1/policy": fixtures.policy,
  "GET /v1/policy/advice": fixtures.advice,
  "GET /v1/policy/shadows/{shadow}/examples": fixtures.shadowExamples,
  "POST /v1/assess": fixtures.assessed,
  "PUT /v1/policy/thresholds/{key}": { version: 13, changed: true },
  "GET /v1/audit": [
    { at: fixtures.NOW - 300_000, who: "noor", action: "config.apply", what: "version 12" },
    { at: fixtures.NOW - 900_000, who: "noor", action: "conversation.read", what: fixtures.HELD },
    { at: fixtures.NOW - 3_000_000, who: "mia", action: "conversation.assign", what: `${fixtures.WAITING} to ana` },
  ],
};

export const STORIES: Record<string, Story> = {
  [fixtures.HELD]: { events: fixtures.events, state: fixtures.conversation, marks: fixtures.marks },
  [fixtures.WRAPPING]: { events: fixtures.events.slice(0, 17), state: fixtures.wrappingUp, marks: fixtures.marks },
  [fixtures.WAITING]: { events: fixtures.events.slice(0, 11), state: fixtures.waiting, marks: fixtures.marks },
  [fixtures.CLOSED]: { events: fixtures.events, state: fixtures.closed, marks: fixtures.marks },
};
