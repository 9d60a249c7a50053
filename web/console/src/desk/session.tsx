// Who sits here: asked once at the start, changed by signing in and out, ended when the server no longer knows us.

import { type Api, ApiProblem, createApi } from "@baton/client/http";
import type { MeView } from "@baton/client/wire";
import { useCallback, useEffect, useMemo, useState } from "react";
import { forgetTexts } from "./drafts";

export type Session =
  | { at: "asking" }
  | { at: "out"; expired: boolean }
  | { at: "in"; me: MeView }
  | { at: "unreachable"; failure: unknown };

export type SessionDoor = {
  session: Session;
  api: Api;
  ask: () => void;
  signIn: (email: string, password: string) => Promise<void>;
  signOut: () => Promise<void>;
  setMe: (me: MeView) => void;
  expire: () => void;
};

export function useSession(): SessionDoor {
  const [session, setSession] = useState<Session>({ at: "asking" });
  const expire = useCallback(() => {
    setSession((before) => (before.at === "in" ? { at: "out", expired: true } : before));
  }, []);
  const api = useMemo(
    () =>
      createApi({
        base: "",
        cookie: true,
        onUnauthorized: async () => {
          expire();
          return false;
        },
      }),
    [expire],
  );
  const ask = useCallback(() => {
    setSession({ at: "asking" });
    api("GET /v1/me").then(
      (me) => setSession({ at: "in", me }),
      (failure: unknown) =>
        setSession(isStranger(failure) ? { at: "out", expired: false } : { at: "unreachable", failure }),
    );
  }, [api]);
  useEffect(ask, [ask]);

  return {
    session,
    api,
    ask,
    expire,
    setMe: useCallback((me) => setSession({ at: "in", me }), []),
    signIn: useCallback(
      async (email, password) => {
        const { me } = await api("POST /v1/session", { body: { email, password } });
        setSession({ at: "in", me });
      },
      [api],
    ),
    signOut: useCallback(async () => {
      await api("DELETE /v1/session");
      forgetTexts();
      setSession({ at: "out", expired: false });
    }, [api]),
  };
}

function isStranger(failure: unknown): boolean {
  return failure instanceof ApiProblem && (failure.status === 401 || failure.status === 403);
}
