// The way in. On a demo server there are ready-made sign-ins, one click each.

import { ArrowRight } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../parts/button";
import { Demonstration } from "../parts/demonstration";
import { TextField } from "../parts/field";
import { Initials } from "../parts/marks";
import { Failure } from "../parts/screen-states";
import { useWords } from "../words/words";

export type DemoSignIn = { name: string; role: string; email: string; password: string };

type Props = {
  demo: readonly DemoSignIn[];
  expired: boolean;
  busy: boolean;
  error: string | null;
  onSignIn: (email: string, password: string) => void;
};

export function SignIn({ demo, expired, busy, error, onSignIn }: Props) {
  const words = useWords();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() !== "" && password !== "") onSignIn(email.trim(), password);
  };

  return (
    <main className="scroll-thin h-full overflow-y-auto">
      {demo.length > 0 && <Demonstration />}
      <div className="mx-auto flex min-h-full w-full max-w-sm flex-col justify-center gap-6 px-5 py-10">
        <header className="flex flex-col gap-3">
          <Mark />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">{words.signIn.title}</h1>
            <p className="text-sm text-faint">{words.signIn.lead}</p>
          </div>
        </header>
        <form
          noValidate
          onSubmit={submit}
          className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5 shadow-card"
        >
          {expired && !error && (
            <p role="status" className="rounded-md bg-warn-tint px-3 py-2 text-sm text-warn-ink">
              {words.signIn.expired}
            </p>
          )}
          <TextField
            label={words.signIn.email}
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            value={email}
            error={tried && email.trim() === "" ? words.signIn.needEmail : null}
            onChange={(event) => setEmail(event.target.value)}
          />
          <TextField
            label={words.signIn.password}
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            error={tried && password === "" ? words.signIn.needPassword : null}
            onChange={(event) => setPassword(event.target.value)}
          />
          {error && <Failure text={error} />}
          <Button type="submit" look="primary" size="large" busy={busy}>
            {busy ? words.signIn.busy : words.signIn.submit}
          </Button>
        </form>
        {demo.length > 0 && (
          <section aria-label={words.signIn.demoTitle}>
            <h2 className="text-sm font-semibold">{words.signIn.demoTitle}</h2>
            <p className="text-xs text-faint">{words.signIn.demoLead}</p>
            <ul className="mt-3 flex flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-card">
              {demo.map(({ name, role, email: as, password: secret }) => (
                <li key={as} className="not-first:border-t not-first:border-line">
                  <button
                    type="button"
                    disabled={busy}
                    onClick={() => onSignIn(as, secret)}
                    className="flex w-full items-center gap-3 px-4 py-2.5 text-left -outline-offset-2 hover:bg-hover"
                  >
                    <Initials name={name} />
                    <span className="min-w-0 flex-1">
                      <span className="sr-only">{words.signIn.demoAs} </span>
                      <span className="block truncate text-sm font-medium">{name}</span>
                      <span className="block truncate text-xs text-faint">{as}</span>
                    </span>
                    <span className="text-xs text-soft">{roleName(role, words.account.roles)}</span>
                    <ArrowRight aria-hidden="true" className="size-4 text-faint" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  );
}

/** The server's role in the words of the screen; an unknown one as it is. */
export function roleName(role: string, names: Record<string, string>): string {
  return names[role] ?? role;
}

export function Mark({ className = "size-9" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g stroke="#fff" strokeWidth="4.6" strokeLinecap="round">
        <path d="M8.2 19.2 15 12.4" opacity="0.72" />
        <path d="M17 19.6 23.8 12.8" />
      </g>
    </svg>
  );
}
