// A person changes their own password.

import { useState } from "react";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/field";
import { useWords } from "../words/words";

type Props = {
  busy: boolean;
  error: string | null;
  done: boolean;
  onClose: () => void;
  onChange: (current: string, next: string) => void;
};

export const PASSWORD_CHARACTERS_MIN = 10;

export function PasswordDialog({ busy, error, done, onClose, onChange }: Props) {
  const words = useWords();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const short = [...next].length < PASSWORD_CHARACTERS_MIN;
  if (done) {
    return (
      <Dialog title={words.account.changePassword} onClose={onClose}>
        <p role="status" className="text-sm">
          {words.account.changed}
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={words.account.changePassword}
      submit={words.account.changePassword}
      busy={busy}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!short && current !== "") onChange(current, next);
      }}
    >
      <TextField
        label={words.account.current}
        type="password"
        autoComplete="current-password"
        value={current}
        error={tried && current === "" ? words.signIn.needPassword : null}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <TextField
        label={words.account.next}
        type="password"
        autoComplete="new-password"
        value={next}
        hint={words.account.nextHint}
        error={tried && short ? words.account.nextHint : null}
        onChange={(event) => setNext(event.target.value)}
      />
    </Dialog>
  );
}
