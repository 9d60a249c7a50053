// Whoever was invited chooses a password. The secret stands behind the `#` of the link, which no server is sent.

import type { Api } from "@baton/client/http";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sentence } from "../desk/failure";
import { Button } from "../parts/button";
import { TextField } from "../parts/field";
import { Failure } from "../parts/screen-states";
import { useWords } from "../words/words";
import { PASSWORD_CHARACTERS_MIN } from "./password-dialog";
import { Mark } from "./sign-in";

type Props = {
  token: string;
  api: Api;
  /** Signs in with what was just chosen. */
  onAccepted: (email: string, password: string) => void;
  onLeave: () => void;
};

export function Invitation({ token, api, onAccepted, onLeave }: Props) {
  const words = useWords();
  const says = words.invitation;
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const short = [...password].length < PASSWORD_CHARACTERS_MIN;
  const accept = useMutation({
    mutationFn: () => api("POST /v1/invitations/accept", { body: { token, password } }),
    onSuccess: ({ email }) => onAccepted(email, password),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short && password === again) accept.mutate();
  };
  return (
    <main className="scroll-thin h-full overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-sm flex-col justify-center gap-6 px-5 py-10">
        <header className="flex flex-col gap-3">
          <Mark />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">{says.title}</h1>
            <p className="text-sm text-faint">{says.lead}</p>
          </div>
        </header>
        <form
          noValidate
          onSubmit={submit}
          className="flex flex-col gap-4 rounded-xl border border-line bg-surface p-5 shadow-card"
        >
          <TextField
            label={words.account.next}
            type="password"
            autoComplete="new-password"
            autoFocus
            hint={words.account.nextHint}
            error={tried && short ? words.account.nextHint : null}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <TextField
            label={says.again}
            type="password"
            autoComplete="new-password"
            error={tried && password !== again ? says.different : null}
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
          {accept.error && (
            <Failure
              text={
                accept.error instanceof Error && "problem" in accept.error ? says.over : sentence(accept.error, words)
              }
            />
          )}
          <Button type="submit" look="primary" size="large" busy={accept.isPending}>
            {says.submit}
          </Button>
          <Button look="ghost" onClick={onLeave}>
            {words.signIn.submit}
          </Button>
        </form>
      </div>
    </main>
  );
}
