// Typed calls of the API. Errors are of three kinds: what the server answers (`ApiProblem`), a network that fails
// (`NetworkFailure`), and our own mistakes, which are thrown as they are.
import type * as wire from "./wire.ts";

/** The server said no; `code` is stable. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly problem: wire.Problem;
  /** How long to wait before asking again, when the server says so. */
  readonly retryAfterMs: number | null;

  constructor(problem: wire.Problem, retryAfterMs: number | null = null) {
    super(problem.detail || problem.title);
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The request may or may not have arrived; nobody answered. */
export class NetworkFailure extends Error {
  override readonly name = "NetworkFailure";
}

/** What a route takes and gives. `query` and `body` are absent where it takes none. */
type Call<Answer, Body = never, Query = never> = { answer: Answer; body: Body; query: Query };

/** Every route, by its method and path. */
export type Routes = {
  "POST /v1/session": Call<wire.SignedIn, wire.SignIn>;
  "DELETE /v1/session": Call<void>;
  "GET /v1/me": Call<wire.MeView>;
  "PUT /v1/me/availability": Call<wire.MeView, wire.SetAvailability>;
  "PUT /v1/me/password": Call<void, wire.ChangePassword>;
  "POST /v1/customer-sessions": Call<wire.CustomerSession, wire.CustomerSessionRequest>;
  "POST /v1/socket-tickets": Call<wire.SocketTicket>;
  "GET /v1/agents": Call<wire.AgentView[]>;
  "PUT /v1/agents/{agent}/password": Call<void, wire.SetPassword>;
  "GET /v1/bot-keys": Call<wire.BotKeyView[]>;
  "POST /v1/bot-keys": Call<wire.BotKeyView, wire.CreateBotKey>;
  "DELETE /v1/bot-keys/{id}": Call<void>;

  "POST /v1/conversations": Call<wire.ConversationView, wire.StartConversation>;
  "GET /v1/conversations": Call<wire.ConversationPage, never, ListQuery>;
  "GET /v1/conversations/{id}": Call<wire.ConversationView>;
  "GET /v1/conversations/{id}/events": Call<wire.EventPage, never, { after?: number; limit?: number }>;
  "POST /v1/conversations/{id}/messages": Call<wire.Posted, wire.PostMessage>;
  "POST /v1/conversations/{id}/notes": Call<wire.Posted, wire.PostNote>;
  "POST /v1/conversations/{id}/marks": Call<wire.MarksView, wire.RaiseMarks>;
  "POST /v1/conversations/{id}/handoff": Call<wire.ConversationView, wire.RequestHandoff>;
  "DELETE /v1/conversations/{id}/handoff": Call<wire.ConversationView>;
  "POST /v1/conversations/{id}/contact": Call<wire.ConversationView, wire.LeaveContact>;
  "POST /v1/conversations/{id}/transfer": Call<wire.ConversationView, wire.Transfer>;
  "POST /v1/conversations/{id}/handback": Call<wire.ConversationView, wire.HandBack>;
  "POST /v1/conversations/{id}/close": Call<wire.ConversationView, wire.CloseConversation>;
  "POST /v1/conversations/{id}/wrap-up": Call<wire.ConversationView, wire.EndWrapUp>;
  "POST /v1/conversations/{id}/assign": Call<wire.ConversationView, wire.Assign>;
  "POST /v1/conversations/{id}/priority": Call<wire.ConversationView, wire.ChangePriority>;
  "POST /v1/conversations/{id}/survey": Call<wire.ConversationView, wire.AnswerSurvey>;
  "GET /v1/conversations/{id}/brief": Call<wire.BriefView>;
  "GET /v1/handoffs/{handoff}/decisions": Call<wire.DecisionView[]>;

  "GET /v1/offers": Call<wire.OfferView[]>;
  "POST /v1/offers/{offer}/accept": Call<wire.ConversationView>;
  "POST /v1/offers/{offer}/decline": Call<void, wire.DeclineOffer>;

  "POST /v1/availability": Call<wire.AvailabilityView, wire.CheckAvailability>;
  "GET /v1/floor": Call<wire.FloorView>;

  "GET /v1/config": Call<wire.ConfigView>;
  "PUT /v1/config": Call<wire.Applied, wire.ApplyConfig>;
  "GET /v1/config/versions": Call<wire.ConfigView[]>;
  "GET /v1/config/schema": Call<unknown>;
  "GET /v1/audit": Call<wire.AuditEntryView[]>;
};

export type Route = keyof Routes;
export type Answer<R extends Route> = Routes[R]["answer"];

export type ListQuery = {
  view: "mine" | "queue" | "recent" | "all" | "own";
  queue?: string;
  cursor?: string;
  limit?: number;
};

/** The names in a path's braces. */
type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never;

type Part<Name extends string, Value> = [Value] extends [never] ? { [N in Name]?: never } : { [N in Name]: Value };

/** What a call of a route must be given. */
export type Input<R extends Route> = Part<
  "path",
  [PathNames<R>] extends [never] ? never : Record<PathNames<R>, string>
> &
  Part<"body", Routes[R]["body"]> &
  ([Routes[R]["query"]] extends [never] ? { query?: never } : { query?: Routes[R]["query"] }) & {
    signal?: AbortSignal;
  };

type Arguments<R extends Route> = Record<never, never> extends Input<R> ? [input?: Input<R>] : [input: Input<R>];

/** Calls a route: `await api("GET /v1/conversations/{id}", { path: { id } })`. */
export type Api = <R extends Route>(route: R, ...input: Arguments<R>) => Promise<Answer<R>>;

export type ApiOptions = {
  /** Address of the server without the path, like `https://support.example`; empty for the page's own. */
  base: string;
  /** The bearer token, asked for before every request. */
  token?: () => string | null | Promise<string | null>;
  /** Authenticate by the agents' cookie. */
  cookie?: boolean;
  /** Called when the server does not know who asks; answer true when asking once more makes sense. */
  onUnauthorized?: () => Promise<boolean>;
  /** How often a failed call is repeated where repeating is safe. */
  retries?: number;
  fetch?: typeof fetch;
  /** Waits; a test gives one that does not. */
  pause?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  random?: () => number;
};

const RETRIES = 3;
const RETRY_FIRST_MS = 300;
const RETRY_LONGEST_MS = 5_000;

/** POSTs that carry an id made by the client, or do nothing twice. */
const SAFE_POSTS: ReadonlySet<Route> = new Set<Route>([
  "POST /v1/socket-tickets",
  "POST /v1/conversations",
  "POST /v1/conversations/{id}/messages",
  "POST /v1/conversations/{id}/notes",
  "POST /v1/conversations/{id}/marks",
  "POST /v1/conversations/{id}/handoff",
  "POST /v1/availability",
]);

type AnyInput = {
  path?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  signal?: AbortSignal;
};

/** The one way to the HTTP API. */
export function createApi(options: ApiOptions): Api {
  const fetcher = options.fetch ?? ((...request) => globalThis.fetch(...request));
  const pause = options.pause ?? pauseFor;
  const random = options.random ?? Math.random;

  async function once(method: string, path: string, input: AnyInput): Promise<unknown> {
    const token = await options.token?.();
    const headers: Record<string, string> = { accept: "application/json" };
    if (input.body !== undefined) headers["content-type"] = "application/json";
    if (token) headers.authorization = `Bearer ${token}`;
    if (options.cookie && method !== "GET") headers["x-baton-request"] = "1";
    const request: RequestInit = {
      method,
      headers,
      credentials: options.cookie ? "same-origin" : "omit",
      cache: "no-store",
    };
    if (input.body !== undefined) request.body = JSON.stringify(input.body);
    if (input.signal) request.signal = input.signal;
    let response: Response;
    let text: string;
    try {
      response = await fetcher(options.base + address(path, input), request);
      text = await response.text();
    } catch (cause) {
      if (input.signal?.aborted) throw cause;
      throw new NetworkFailure(`${method} ${path}: no answer`, { cause });
    }
    if (!response.ok) throw problemOf(response, text);
    return text === "" ? undefined : JSON.parse(text);
  }

  async function call(route: Route, input: AnyInput = {}): Promise<unknown> {
    const [method = "", path = ""] = route.split(" ");
    const repeatable = method !== "POST" || SAFE_POSTS.has(route);
    let left = repeatable ? (options.retries ?? RETRIES) : 0;
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
      try {
        return await once(method, path, input);
      } catch (failure) {
        if (failure instanceof ApiProblem && failure.status === 401 && !renewed && options.onUnauthorized) {
          renewed = true;
          if (await options.onUnauthorized()) continue;
        }
        if (left === 0 || !isPassing(failure)) throw failure;
        left -= 1;
        const longest = Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** attempt);
        const asked = failure instanceof ApiProblem ? failure.retryAfterMs : null;
        // A server that asks for more patience than we have gets the failure shown instead.
        if (asked !== null && asked > RETRY_LONGEST_MS) throw failure;
        await pause(asked ?? longest * random(), input.signal);
      }
    }
  }

  return call as Api;
}

/** Whether the same call may succeed a moment later. */
export function isPassing(failure: unknown): boolean {
  if (failure instanceof NetworkFailure) return true;
  return failure instanceof ApiProblem && [429, 502, 503, 504].includes(failure.status);
}

function address(path: string, input: AnyInput): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(input.path?.[name] ?? ""));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** Something between us and the server may answer too, and not in our form. */
function problemOf(response: Response, text: string): ApiProblem {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfterMs = Number.isFinite(retryAfter) ? retryAfter * 1000 : null;
  if (/^application\/(problem\+)?json/.test(response.headers.get("content-type") ?? "")) {
    try {
      const problem: unknown = JSON.parse(text);
      if (isProblem(problem)) return new ApiProblem(problem, retryAfterMs);
    } catch {
      // Not JSON after all: described below by its status.
    }
  }
  const title = response.statusText || `Status ${response.status}`;
  return new ApiProblem(
    { type: "about:blank", title, status: response.status, code: `http_${response.status}`, detail: "" },
    retryAfterMs,
  );
}

function isProblem(value: unknown): value is wire.Problem {
  return typeof value === "object" && value !== null && "code" in value && "status" in value && "detail" in value;
}

function pauseFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done, fail) => {
    if (signal?.aborted) return fail(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      fail(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      done();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
