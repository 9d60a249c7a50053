import { beforeEach, expect, test } from "vitest";
import { memoryStorage } from "../../client/test/storage.ts";
import { createMemory } from "../src/memory.ts";
import { createSession, type Session } from "../src/session.ts";

const HOUR = 3_600_000;

let storage: Storage;
let now: number;
let serverNow: number;
let asked: Record<string, unknown>[];
let good: Set<string>;
let refusedIdentities: number;

beforeEach(() => {
  storage = memoryStorage();
  now = 0;
  serverNow = 0;
  asked = [];
  good = new Set();
  refusedIdentities = 0;
});

/** A server on which each refresh token is good once and `vouched` is the one good identity. */
const server: typeof fetch = async (_, init) => {
  const body = JSON.parse(String(init?.body)) as Record<string, string | null>;
  asked.push(body);
  const { refresh_token: refresh, identity_token: identity } = body;
  const known = refresh === null || refresh === undefined || good.delete(refresh);
  if (!known || (identity && identity !== "vouched")) {
    return Response.json({ type: "", title: "Refused", status: 401, code: "refused", detail: "" }, { status: 401 });
  }
  const next = `refresh-${asked.length}`;
  good.add(next);
  return Response.json({
    customer: identity ? "identified" : "anonymous",
    identified: Boolean(identity),
    access_token: `access-${asked.length}`,
    expires_at: serverNow + HOUR,
    refresh_token: next,
    channel: {},
  });
};

/** One tab. */
function tab(exclusively: <T>(run: () => Promise<T>) => Promise<T> = (run) => run()): Session {
  return createSession({
    base: "https://support.example",
    channel: "website",
    memory: createMemory(storage, "website"),
    now: () => now,
    exclusively,
    onIdentityRefused: () => {
      refusedIdentities += 1;
    },
    fetch: server,
  });
}

test("begins once, however many ask, and keeps the access token out of the storage", async () => {
  const session = tab();
  const [one, other] = await Promise.all([session.current(), session.current()]);
  expect(one).toBe(other);
  expect(asked).toEqual([{ channel: "website", consent: false, refresh_token: null, identity_token: null }]);
  expect(storage.getItem("baton.website.refresh")).toBe("refresh-1");
  expect(
    JSON.stringify([...Array(storage.length).keys()].map((at) => storage.getItem(storage.key(at) ?? ""))),
  ).not.toContain("access");
});

test("renews shortly before the end with the token that the last answer brought", async () => {
  const session = tab();
  await session.current();
  now = serverNow = HOUR - 10_000;
  expect((await session.current()).access_token).toBe("access-2");
  expect(asked[1]).toMatchObject({ refresh_token: "refresh-1" });
});

test("a computer's wrong clock does not begin a session for every request", async () => {
  const session = tab();
  const begun = session.current();
  now = 5 * HOUR;
  await begun;
  await session.current();
  await session.current();
  expect(asked).toHaveLength(1);
});

test("two tabs share the rotating token without using it twice", async () => {
  let last: Promise<unknown> = Promise.resolve();
  const lock = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = last.then(run);
    last = mine;
    return mine;
  };
  const [one, other] = [tab(lock), tab(lock)];
  await Promise.all([one.current(), other.current()]);
  expect(asked.map(({ refresh_token }) => refresh_token)).toEqual([null, "refresh-1"]);
});

test("a token that is no longer good begins a new session instead of shutting the customer out", async () => {
  storage.setItem("baton.website.refresh", "forgotten");
  await tab().current();
  expect(asked.map(({ refresh_token }) => refresh_token)).toEqual(["forgotten", null]);
  expect(storage.getItem("baton.website.refresh")).toBe("refresh-2");
});

test("the site's word is passed on once; from then on the refresh token carries it", async () => {
  const session = tab();
  await session.current();
  expect((await session.identify("vouched")).customer).toBe("identified");
  now = serverNow = HOUR;
  await session.current();
  expect(asked.at(-1)).toMatchObject({ identity_token: null });
});

test("a forged identity leaves the customer who they were, and the site is told", async () => {
  const session = tab();
  await session.current();
  const after = await session.identify("forged");
  expect(after.identified).toBe(false);
  expect(refusedIdentities).toBe(1);
});
