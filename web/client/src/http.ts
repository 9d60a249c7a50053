// Typed calls of the API. Errors are of three kinds: what the server answers (`ApiProblem`), a network that fails
// (`NetworkFailure`), and our own mistakes, which are thrown as they are.
import type { paths } from "./generated/api.ts";
import type { Problem } from "./wire.ts";

/** The server said no; `code` is stable. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly problem: Problem;
  /** How long to wait before asking again, when the server says so. */
  readonly retryAfterMs: number | null;

  constructor(problem: Problem, retryAfterMs: number | null = null) {
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

type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Operation<Path extends keyof paths, V extends Verb> = NonNullable<paths[Path][Lowercase<V>]>;

/** Every operation, by its method and path; the document that the server gives out decides which there are. */
type Operations = {
  [Path in keyof paths]: {
    [V in Verb as [Operation<Path, V>] extends [never] ? never : `${V} ${Path}`]: Operation<Path, V>;
  };
}[keyof paths];

export type Route = Operations extends infer Some ? (Some extends unknown ? keyof Some : never) : never;

type OperationOf<R extends Route> = Extract<Operations, Record<R, unknown>>[R];

type Json<Content> = Content extends { content: { "application/json": infer Value } } ? Value : undefined;

/** What a route answers when it does what it was asked. */
export type Answer<R extends Route> =
  OperationOf<R> extends { responses: infer Responses } ? Json<Responses[keyof Responses & (200 | 201 | 204)]> : never;

type PartOf<R extends Route, Name extends "path" | "query"> =
  OperationOf<R> extends { parameters: infer Parameters } ? Pick<Parameters, Name & keyof Parameters> : unknown;

type BodyOf<R extends Route> =
  OperationOf<R> extends { requestBody: { content: { "application/json": infer Body } } }
    ? { body: Body }
    : { body?: never };

/** What a call of a route must be given. */
export type Input<R extends Route> = PartOf<R, "path"> & PartOf<R, "query"> & BodyOf<R> & { signal?: AbortSignal };

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
    const repeatable = (method !== "POST" && method !== "PATCH") || SAFE_POSTS.has(route);
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

function isProblem(value: unknown): value is Problem {
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
