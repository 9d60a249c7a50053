import { expect, test } from "vitest";
import { type ApiOptions, ApiProblem, createApi, NetworkFailure } from "../src/http.ts";

type Answer = Response | Error;

const PROBLEM = {
  type: "/manual/errors#not_found",
  title: "Not found",
  status: 404,
  code: "not_found",
  detail: "No such.",
};

function problem(status: number, headers: Record<string, string> = {}): Response {
  return Response.json(
    { ...PROBLEM, status },
    { status, headers: { "content-type": "application/problem+json", ...headers } },
  );
}

/** An API whose server gives these answers in turn. */
function given(answers: Answer[], options: Partial<ApiOptions> = {}) {
  const requests: { url: string; init: RequestInit }[] = [];
  const pauses: number[] = [];
  const api = createApi({
    base: "https://support.example",
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init });
      const answer = answers.shift();
      if (!answer) throw new Error("more requests than answers");
      if (answer instanceof Error) throw answer;
      return answer;
    },
    pause: async (ms) => void pauses.push(ms),
    random: () => 1,
    ...options,
  });
  return { api, requests, pauses };
}

test("a call fills in its path, query, body and token", async () => {
  const { api, requests } = given(
    [Response.json({ items: [], last: 0 }), Response.json({ conversation: "c", seq: 1 })],
    {
      token: () => "secret",
    },
  );
  await api("GET /v1/conversations/{id}/events", { path: { id: "a/b" }, query: { after: 5 } });
  await api("POST /v1/conversations/{id}/messages", { path: { id: "c" }, body: { client_id: "m", text: "hello" } });
  expect(requests[0]?.url).toBe("https://support.example/v1/conversations/a%2Fb/events?after=5");
  expect(requests[0]?.init.headers).toMatchObject({ authorization: "Bearer secret" });
  expect(requests[1]?.init.body).toBe('{"client_id":"m","text":"hello"}');
  expect(requests[1]?.init.credentials).toBe("omit");
});

test("staff's unsafe calls carry the header that forged forms cannot", async () => {
  const { api, requests } = given([new Response(null, { status: 204 })], { cookie: true });
  await expect(api("DELETE /v1/session")).resolves.toBeUndefined();
  expect(requests[0]?.init).toMatchObject({ credentials: "same-origin", headers: { "x-baton-request": "1" } });
});

test("the server's problem is thrown as it came", async () => {
  const { api } = given([problem(404)]);
  await expect(api("GET /v1/me")).rejects.toMatchObject({ code: "not_found", status: 404, message: "No such." });
});

test("an answer in another form still says its status", async () => {
  const { api } = given([
    new Response("<h1>Too large</h1>", { status: 413, headers: { "content-type": "text/html" } }),
  ]);
  const failure = await api("GET /v1/me").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiProblem);
  expect(failure).toMatchObject({ code: "http_413", status: 413 });
});

test("what may safely be repeated is, with growing pauses, and then given up", async () => {
  const gone = new TypeError("connection refused");
  const { api, pauses, requests } = given([gone, problem(503), gone, gone]);
  await expect(api("GET /v1/me")).rejects.toBeInstanceOf(NetworkFailure);
  expect(pauses).toEqual([300, 600, 1200]);
  expect(requests).toHaveLength(4);
});

test("a message with a client id is repeated; closing a conversation is not", async () => {
  const gone = new TypeError("connection refused");
  const sent = given([gone, Response.json({ conversation: "c", seq: 1 })]);
  await sent.api("POST /v1/conversations/{id}/messages", {
    path: { id: "c" },
    body: { client_id: "m", text: "hello" },
  });
  const closed = given([gone]);
  const close = closed.api("POST /v1/conversations/{id}/close", { path: { id: "c" }, body: {} });
  await expect(close).rejects.toBeInstanceOf(NetworkFailure);
});

test("a server that asks for patience gets it, within reason", async () => {
  const patient = given([problem(429, { "retry-after": "2" }), Response.json([])]);
  await patient.api("GET /v1/offers");
  expect(patient.pauses).toEqual([2_000]);
  const tooLong = given([problem(429, { "retry-after": "60" })]);
  await expect(tooLong.api("GET /v1/offers")).rejects.toMatchObject({ status: 429, retryAfterMs: 60_000 });
});

test("an expired token is renewed once", async () => {
  let token = "old";
  const { api, requests } = given([problem(401), Response.json([])], {
    token: () => token,
    onUnauthorized: async () => {
      token = "new";
      return true;
    },
  });
  await api("GET /v1/offers");
  expect(requests[1]?.init.headers).toMatchObject({ authorization: "Bearer new" });
  const refused = given([problem(401), problem(401)], { onUnauthorized: async () => true });
  await expect(refused.api("GET /v1/offers")).rejects.toMatchObject({ status: 401 });
});
