// A password for somebody, set by an admin.

import type { AgentView } from "@baton/client/wire";
import { useState } from "react";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/field";
import { PASSWORD_CHARACTERS_MIN } from "../session/password-dialog";
import { useWords } from "../words/words";

type Props = {
  agent: AgentView;
  busy: boolean;
  error: string | null;
  onSet: (password: string) => void;
  onClose: () => void;
};

export function PasswordFor({ agent, busy, error, onSet, onClose }: Props) {
  const words = useWords();
  const says = words.settings;
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const short = [...password].length < PASSWORD_CHARACTERS_MIN;
  return (
    <Dialog
      title={says.passwordFor(agent.name)}
      submit={says.setPassword}
      busy={busy}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!short) onSet(password);
      }}
    >
      <TextField
        label={words.account.next}
        type="password"
        autoComplete="new-password"
        value={password}
        hint={says.passwordHint}
        error={tried && short ? words.account.nextHint : null}
        onChange={(event) => setPassword(event.target.value)}
      />
    </Dialog>
  );
}
