// The customer's session: begins it when it is first needed, keeps the access token in memory only, renews it before it
// runs out, and shares the rotating refresh token with other tabs without two of them using it at once.
import { type Api, ApiProblem, createApi, isPassing } from "@baton/client/http";
import type { ChannelView, CustomerSession } from "@baton/client/wire";
import type { Memory } from "./memory.ts";

export type Session = {
  api: Api;
  /** The session, begun if need be. */
  current(): Promise<CustomerSession>;
  /** What the channel shows, asked without a session. */
  look(): Promise<ChannelView>;
  /** The customer agreed to the channel's notice. */
  agree(): void;
  /** Begins a session for the person that the site's backend vouches for. */
  identify(token: string): Promise<CustomerSession>;
};

export type SessionOptions = {
  base: string;
  channel: string;
  memory: Memory;
  now: () => number;
  /** Runs one at a time among all tabs; `navigator.locks` where there is one. */
  exclusively: <T>(run: () => Promise<T>) => Promise<T>;
  /** The site's backend did not vouch in a way that the server accepts. */
  onIdentityRefused?: () => void;
  fetch?: typeof fetch;
};

type Tokens = { refresh_token: string | null; identity_token: string | null };

/** Renewed this long before its end, so that no request travels with a token that dies on the way. */
const EARLY_MS = 30_000;

export function createSession(options: SessionOptions): Session {
  const { channel, memory, now, exclusively } = options;
  let session: CustomerSession | null = null;
  /** This computer's clock runs ahead by more than a token's life; then the server's 401 says when it is over. */
  let clockWrong = false;
  let beginning: Promise<CustomerSession> | null = null;
  let identity: string | null = null;
  let consent = memory.get("consent") !== null;

  const request = options.fetch ? { fetch: options.fetch } : {};
  const anonymous = createApi({ base: options.base, ...request });
  const api = createApi({
    base: options.base,
    ...request,
    token: async () => (await current()).access_token,
    async onUnauthorized() {
      session = null;
      await current();
      return true;
    },
  });

  /** A token that is no longer good means beginning with less, not being shut out. */
  async function begin(): Promise<CustomerSession> {
    const refresh = memory.get("refresh");
    const attempts = [
      { refresh_token: refresh, identity_token: identity },
      { refresh_token: null, identity_token: identity },
      { refresh_token: refresh, identity_token: null },
      { refresh_token: null, identity_token: null },
    ].filter((one, at, all) => all.findIndex((other) => isSame(one, other)) === at);
    for (let attempt = 0; ; attempt++) {
      const tokens = attempts[attempt];
      if (!tokens) throw new Error("every way to begin a session was refused without saying so");
      try {
        const begun = await anonymous("POST /v1/customer-sessions", { body: { channel, consent, ...tokens } });
        memory.set("refresh", begun.refresh_token);
        if (consent) memory.set("consent", "1");
        if (identity !== null && tokens.identity_token === null) options.onIdentityRefused?.();
        // From here on the refresh token carries the identity; the site's token lives for minutes only.
        identity = null;
        return begun;
      } catch (failure) {
        const refused = failure instanceof ApiProblem && failure.status < 500 && !isPassing(failure);
        // No other token makes up for what was not agreed to.
        if (asksConsent(failure)) throw failure;
        if (!refused || attempt === attempts.length - 1) throw failure;
      }
    }
  }

  function current(): Promise<CustomerSession> {
    if (session && (clockWrong || session.expires_at - now() > EARLY_MS)) return Promise.resolve(session);
    beginning ??= exclusively(begin)
      .then((begun) => {
        session = begun;
        clockWrong = begun.expires_at - now() <= EARLY_MS;
        return begun;
      })
      .finally(() => {
        beginning = null;
      });
    return beginning;
  }

  return {
    api,
    current,
    look: () => anonymous("GET /v1/channels/{channel}", { path: { channel } }),
    agree() {
      consent = true;
    },
    async identify(token) {
      identity = token;
      await beginning?.catch(() => {});
      session = null;
      return current();
    },
  };
}

function isSame(one: Tokens, other: Tokens): boolean {
  return one.refresh_token === other.refresh_token && one.identity_token === other.identity_token;
}

/** The channel begins no session before the customer agreed to its notice. */
export function asksConsent(failure: unknown): boolean {
  return failure instanceof ApiProblem && failure.problem.field === "consent";
}
