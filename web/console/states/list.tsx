// The states, by name.

import type { ConnectionState } from "@baton/client/connection";
import type { MeView, OfferView } from "@baton/client/wire";
import type { ReactNode } from "react";
import { DeskScreen } from "../src/screens/desk-screen";
import { SignIn } from "../src/session/sign-in";
import { ANSWERS, type Answers, fakeApi, fakeConnection, problem, STORIES, type Story } from "../src/test/fake-desk";
import * as fixtures from "../src/test/fixtures";

export type State = { draw: () => ReactNode; path?: string; act?: string };

const nothing = () => {};

type Options = {
  me?: MeView;
  answers?: Answers;
  stories?: Record<string, Story>;
  connection?: ConnectionState;
  offers?: OfferView[];
  after?: (connection: ReturnType<typeof fakeConnection>) => void;
};

function desk({
  me = fixtures.ana,
  answers = {},
  stories = {},
  connection = { at: "live" },
  offers = [],
  after,
}: Options = {}) {
  const api = fakeApi({ ...ANSWERS, "GET /v1/offers": offers, ...answers });
  const fake = fakeConnection({ ...STORIES, ...stories }, connection);
  if (after) setTimeout(() => after(fake), 400);
  return (
    <DeskScreen
      me={me}
      setMe={nothing}
      api={api}
      onExpired={nothing}
      onSignOut={nothing}
      onLanguage={nothing}
      connect={() => fake}
    />
  );
}

const demo = [
  { name: "Ana Ortiz", role: "agent", email: "ana@baton.example", password: "x" },
  { name: "Ben Adler", role: "agent", email: "ben@baton.example", password: "x" },
  { name: "Mia Brandt", role: "supervisor", email: "mia@baton.example", password: "x" },
  { name: "Noor Haddad", role: "admin", email: "noor@baton.example", password: "x" },
];

const held = `/c/${fixtures.HELD}`;
const signIn = (more: object) => (
  <SignIn demo={[]} expired={false} busy={false} error={null} onSignIn={nothing} {...more} />
);
const empty: Answers = { "GET /v1/conversations": { items: [], next: null } };

export const STATES: Record<string, State> = {
  "sign-in": { draw: () => signIn({}) },
  "sign-in-demo": { draw: () => signIn({ demo }) },
  "sign-in-refused": { draw: () => signIn({ error: "E-mail or password is wrong. Check both and try again." }) },
  "inbox-empty": { draw: () => desk({ answers: empty }) },
  inbox: { draw: () => desk() },
  conversation: { draw: () => desk(), path: held },
  typing: {
    draw: () =>
      desk({
        after: (connection) =>
          connection.tell({
            type: "typing",
            conversation: fixtures.HELD,
            author: { kind: "customer", name: "Lucía Romero", agent: null },
            typing: true,
          }),
      }),
    path: held,
  },
  missed: {
    draw: () => desk({ me: { ...fixtures.ana, availability: "away", reason: "missed" } }),
  },
  offline: {
    draw: () => desk({ after: (connection) => connection.become({ at: "waiting", until: Date.now() + 7_000 }) }),
    path: held,
  },
  refused: {
    draw: () => {
      localStorage.setItem(
        `baton.outbox.${fixtures.HELD}.c1`,
        JSON.stringify({
          clientId: "c1",
          text: "Yes: set the Referrer-Policy before you update, then nobody notices.",
          at: fixtures.NOW,
          epoch: 3,
          status: { at: "failed", problem: problem(409, "stale_epoch", "Ben Adler has taken over.").problem },
        }),
      );
      return desk({
        stories: { [fixtures.HELD]: { events: fixtures.events, state: fixtures.elsewhere, marks: fixtures.marks } },
      });
    },
    path: held,
  },
  offer: { draw: () => desk({ offers: [fixtures.offer] }), path: held },
  "offers-many": {
    draw: () =>
      desk({
        offers: [
          fixtures.offer,
          { ...fixtures.offer, id: fixtures.id(399), since: fixtures.NOW - 1_000, expires_at: fixtures.NOW + 28_000 },
        ],
      }),
  },
  "offer-shown-to-all": { draw: () => desk({ answers: { "GET /v1/takeable": [fixtures.takeable] } }) },
  "waiting-take": {
    draw: () => desk({ answers: { "GET /v1/takeable": [{ ...fixtures.takeable, broadcast: false }] } }),
    path: `/c/${fixtures.WAITING}`,
  },
  waiting: { draw: () => desk({ me: fixtures.mia }), path: `/c/${fixtures.WAITING}` },
  "wrap-up": { draw: () => desk(), path: `/c/${fixtures.WRAPPING}` },
  closed: { draw: () => desk(), path: `/c/${fixtures.CLOSED}` },
  missing: { draw: () => desk(), path: `/c/${fixtures.id(77)}` },
  floor: { draw: () => desk({ me: fixtures.mia }), path: "/floor" },
  "admin-start": { draw: () => desk({ me: fixtures.noor, answers: empty }), path: "/settings/start" },
  "admin-queues": { draw: () => desk({ me: fixtures.noor }), path: "/settings/queues" },
  "admin-people": { draw: () => desk({ me: fixtures.noor }), path: "/settings/people" },
  "admin-channels": { draw: () => desk({ me: fixtures.noor }), path: "/settings/channels" },
  "admin-rules": { draw: () => desk({ me: fixtures.noor }), path: "/settings/rules" },
  "floor-quiet": {
    draw: () =>
      desk({
        me: fixtures.mia,
        answers: {
          "GET /v1/wall": {
            ...fixtures.wall,
            usual_days: 0,
            total: { ...fixtures.wall.total, usual: null },
            queues: fixtures.wall.queues.map((queue) => ({ ...queue, alerts: [] })),
          },
        },
      }),
    path: "/floor",
  },
  "floor-empty": {
    draw: () =>
      desk({ me: fixtures.mia, answers: { ...empty, "GET /v1/floor": { ...fixtures.floor, queues: [], agents: [] } } }),
    path: "/floor",
  },
  configuration: {
    draw: () =>
      desk({
        me: fixtures.noor,
        answers: {
          "POST /v1/config/plan": () => {
            throw problem(
              422,
              "invalid_config",
              "line 20, column 11: rule “enterprise-first”: unknown field `signal`; did you mean `signals`?",
            );
          },
        },
      }),
    path: "/settings/configuration",
  },
  plan: { draw: () => desk({ me: fixtures.noor }), path: "/settings/configuration" },
  people: { draw: () => desk({ me: fixtures.noor }), path: "/settings/people" },
  keys: {
    draw: () =>
      desk({
        me: fixtures.noor,
        answers: {
          "POST /v1/bot-keys": {
            id: "bk_9c",
            bot: "guide",
            label: "CI",
            created_at: fixtures.NOW,
            secret: "bk_9c_0aZ3kP7uQeXw1Lr8TnYv5BdGh2Jm4Sc6",
          },
        },
      }),
    path: "/settings/keys",
  },
  policy: { draw: () => desk({ me: fixtures.mia }), path: "/policy" },
  "policy-tried": { draw: () => desk({ me: fixtures.mia }), path: "/policy" },
  "policy-shadow": { draw: () => desk({ me: fixtures.mia }), path: "/policy" },
  "policy-bare": {
    draw: () =>
      desk({
        me: fixtures.mia,
        answers: {
          "GET /v1/policy": { ...fixtures.policy, shadows: [] },
          "GET /v1/policy/advice": { marked: 0, advice: [] },
        },
      }),
    path: "/policy",
  },
  audit: { draw: () => desk({ me: fixtures.noor }), path: "/settings/audit" },
};
