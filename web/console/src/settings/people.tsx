// The people of the configuration, and a way to give each a password.

import type { AgentView } from "@baton/client/wire";
import { UsersRound } from "lucide-react";
import { useState } from "react";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/field";
import { Initials } from "../parts/marks";
import { Empty } from "../parts/screen-states";
import { PASSWORD_CHARACTERS_MIN } from "../session/password-dialog";
import { roleName } from "../session/sign-in";
import { useWords } from "../words/words";
import { panel } from "./settings-frame";

type Props = {
  agents: readonly AgentView[];
  busy: boolean;
  error: string | null;
  /** Whose password was just set. */
  done: AgentView | null;
  onSet: (agent: AgentView, password: string) => void;
};

export function People({ agents, busy, error, done, onSet }: Props) {
  const words = useWords();
  const says = words.settings;
  const [chosen, setChosen] = useState<AgentView | null>(null);
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const short = [...password].length < PASSWORD_CHARACTERS_MIN;
  const open = chosen !== null && done?.agent !== chosen.agent;
  return (
    <>
      {done && (
        <p role="status" className="rounded-md bg-good-tint px-3 py-2 text-sm text-good-ink">
          {says.passwordSet(done.name)}
        </p>
      )}
      <div className={panel}>
        {agents.length === 0 ? (
          <Empty icon={UsersRound} title={words.floor.noAgents} text={words.floor.noAgentsText} compact />
        ) : (
          <ul className="divide-y divide-line">
            {agents.map((agent) => (
              <li key={agent.agent} className="flex items-center gap-3 px-4 py-2.5 text-sm">
                <Initials name={agent.name} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{agent.name}</span>
                  <span className="block truncate text-xs text-faint">
                    {roleName(agent.role, words.account.roles)} · {agent.agent}
                  </span>
                </span>
                <Button
                  size="small"
                  onClick={() => {
                    setPassword("");
                    setTried(false);
                    setChosen(agent);
                  }}
                >
                  {says.setPassword}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {open && (
        <Dialog
          title={says.passwordFor(chosen.name)}
          submit={says.setPassword}
          busy={busy}
          error={error}
          onClose={() => setChosen(null)}
          onSubmit={() => {
            setTried(true);
            if (!short) onSet(chosen, password);
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
      )}
    </>
  );
}
