import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { App } from "../app";
import { ana } from "../test/fixtures";

type Answer = { status: number; body?: unknown };

/** A server that knows these addresses and no others. */
function serve(answers: Record<string, Answer>) {
  const asked: { route: string; headers: Headers; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (address: string, request: RequestInit = {}) => {
    const route = `${request.method ?? "GET"} ${address}`;
    asked.push({
      route,
      headers: new Headers(request.headers),
      body: request.body && JSON.parse(String(request.body)),
    });
    const { status, body } = answers[route] ?? { status: 404 };
    const type = status < 400 ? "application/json" : "application/problem+json";
    return new Response(body === undefined ? "" : JSON.stringify(body), { status, headers: { "content-type": type } });
  });
  return asked;
}

const stranger: Answer = {
  status: 401,
  body: { type: "x", title: "Unauthorized", status: 401, code: "unauthenticated", detail: "Sign in first." },
};

function open() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <App />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

afterEach(() => vi.unstubAllGlobals());

test("a wrong password is answered by a sentence, and the request proves that it comes from this page", async () => {
  const detail = "E-mail or password is wrong.";
  const asked = serve({
    "GET /v1/me": stranger,
    "POST /v1/session": {
      status: 401,
      body: { type: "x", title: "Wrong", status: 401, code: "wrong_password", detail },
    },
  });
  const user = open();
  await user.type(await screen.findByLabelText("E-mail"), "ana@example.org");
  await user.type(screen.getByLabelText("Password"), "not it{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain(detail);
  const sent = asked.find(({ route }) => route === "POST /v1/session");
  expect(sent?.body).toEqual({ email: "ana@example.org", password: "not it" });
  expect(sent?.headers.get("x-baton-request")).toBe("1");
});

test("empty fields are named before anything is sent", async () => {
  const asked = serve({ "GET /v1/me": stranger });
  const user = open();
  await user.click(await screen.findByRole("button", { name: "Sign in" }));
  screen.getByText("Enter your e-mail address.");
  screen.getByText("Enter your password.");
  expect(asked.map(({ route }) => route)).not.toContain("POST /v1/session");
});

test("a demo's ready-made sign-in is one click, and other servers show none", async () => {
  const sign = { agent: "ana", name: "Ana Ortiz", role: "agent", email: "ana@example.org", password: "made up once" };
  const asked = serve({
    "GET /v1/me": stranger,
    "GET /console/demo-sign-ins.json": { status: 200, body: [sign] },
    "POST /v1/session": { status: 200, body: { me: ana, token: null } },
  });
  const user = open();
  await user.click(await screen.findByRole("button", { name: /^Sign in as Ana Ortiz/ }));
  await screen.findByRole("button", { name: "Your availability: Available" });
  expect(asked.find(({ route }) => route === "POST /v1/session")?.body).toEqual({
    email: "ana@example.org",
    password: "made up once",
  });
});

test("a server that does not answer is not mistaken for a session that ended", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("no network");
  });
  open();
  expect((await screen.findByRole("alert", {}, { timeout: 15_000 })).textContent).toContain("cannot be reached");
}, 20_000);
