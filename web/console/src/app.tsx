// The console: who sits here decides what is shown.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Router } from "wouter";
import { sentence } from "./desk/failure";
import { type SessionDoor, useSession } from "./desk/session";
import { useStored } from "./desk/stored";
import { Failure, Loading } from "./parts/screen-states";
import { DeskScreen } from "./screens/desk-screen";
import { invitationIn } from "./session/invitation-link";
import { type DemoSignIn, SignIn } from "./session/sign-in";
import { useThemeOnPage } from "./session/theme";
import { type Language, LanguageContext, languageOf, useWords } from "./words/words";

const Invitation = lazy(() => import("./session/invitation").then(({ Invitation: page }) => ({ default: page })));

export function App() {
  const [language, setLanguage] = useStored<Language>("language", ["en", "es"], languageOf(navigator.languages));
  useThemeOnPage();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageContext value={language}>
      <Router base="/console">
        <Door onLanguage={setLanguage} />
      </Router>
    </LanguageContext>
  );
}

function Door({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const door = useSession();
  const words = useWords();
  const queries = useQueryClient();
  const { session } = door;
  switch (session.at) {
    case "asking":
      return <Loading className="mx-auto max-w-sm pt-40" />;
    case "unreachable":
      return (
        <main className="mx-auto max-w-md px-5 pt-40">
          <Failure text={sentence(session.failure, words)} onRetry={door.ask} />
        </main>
      );
    case "out":
      return <SignInDoor door={door} expired={session.expired} />;
    case "in":
      return (
        <DeskScreen
          me={session.me}
          setMe={door.setMe}
          api={door.api}
          onExpired={door.expire}
          onSignOut={() => {
            // The next person must not see this one's lists for a moment.
            void door.signOut().finally(() => queries.clear());
          }}
          onLanguage={onLanguage}
        />
      );
  }
}

function SignInDoor({ door, expired }: { door: SessionDoor; expired: boolean }) {
  const words = useWords();
  const demo = useQuery({ queryKey: ["demo-sign-ins"], queryFn: demoSignIns, staleTime: Number.POSITIVE_INFINITY });
  const enter = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => door.signIn(email, password),
  });
  const [invitation, setInvitation] = useState(() => invitationIn(location.hash));
  const leave = () => {
    // The secret does not stay in the address.
    history.replaceState(null, "", location.pathname);
    setInvitation(null);
  };
  if (invitation !== null) {
    return (
      <Suspense fallback={<Loading />}>
        <Invitation
          token={invitation}
          api={door.api}
          onLeave={leave}
          onAccepted={(email, password) => {
            leave();
            enter.mutate({ email, password });
          }}
        />
      </Suspense>
    );
  }
  return (
    <SignIn
      demo={demo.data ?? []}
      expired={expired}
      busy={enter.isPending}
      error={enter.error && sentence(enter.error, words)}
      onSignIn={(email, password) => enter.mutate({ email, password })}
    />
  );
}

/** Only a demo server has them. */
async function demoSignIns(): Promise<DemoSignIn[]> {
  const response = await fetch("/console/demo-sign-ins.json", { credentials: "omit" }).catch(() => null);
  if (!response?.ok || !response.headers.get("content-type")?.includes("json")) return [];
  return (await response.json()) as DemoSignIn[];
}
