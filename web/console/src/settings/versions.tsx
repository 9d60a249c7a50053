// The versions of the configuration: who, when and why, what each changed, and the way back.

import type { ConfigDifferenceView, ConfigView } from "@baton/client/wire";
import { useState } from "react";
import { type Named, whoName } from "../desk/lists";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Badge } from "../parts/marks";
import { Failure, Loading } from "../parts/screen-states";
import { Ago } from "../time";
import { useWords } from "../words/words";
import { Changes } from "./changes";
import { NoteField } from "./note-field";
import { panel } from "./settings-frame";

export type Compared =
  | { at: "loading" }
  | { at: "there"; difference: ConfigDifferenceView }
  | { at: "failed"; why: string };

type Props = {
  inForce: number;
  versions: readonly ConfigView[];
  agents: readonly Named[];
  /** What the version that was asked about says otherwise than the one before it. */
  compared: Compared | null;
  busy: boolean;
  error: string | null;
  onCompare: (version: number | null) => void;
  onRollBack: (version: number, note: string | null, done: () => void) => void;
};

export function Versions({ inForce, versions, agents, compared, busy, error, onCompare, onRollBack }: Props) {
  const words = useWords();
  const says = words.settings;
  const [looked, setLooked] = useState<number | null>(null);
  const [back, setBack] = useState<number | null>(null);
  const [note, setNote] = useState("");
  const look = (version: number | null) => {
    setLooked(version);
    onCompare(version);
  };
  return (
    <section aria-label={says.versions}>
      <h2 className="mb-2 text-sm font-semibold">{says.versions}</h2>
      <ol className={`${panel} divide-y divide-line`}>
        {versions.map(({ version, at, by, note: why }, index) => (
          <li key={version} className="px-3 py-2 text-sm">
            <p className="flex items-center gap-2">
              <span className="flex-1 font-medium">{says.version(version)}</span>
              {version === inForce && <Badge tone="good">{says.inForce}</Badge>}
            </p>
            <p className="text-xs text-faint">
              <Ago at={at} /> · {says.by(whoName(by, agents))}
            </p>
            {why && <p className="mt-0.5 text-xs text-soft [overflow-wrap:anywhere]">{why}</p>}
            <div className="mt-1 -ml-2 flex gap-1">
              {/* The first version changed nothing that was there. */}
              {(index < versions.length - 1 || version > 1) && (
                <Button
                  size="small"
                  look="ghost"
                  aria-label={says.plan.whatChangedIn(version)}
                  onClick={() => look(version)}
                >
                  {says.plan.whatChanged}
                </Button>
              )}
              {version !== inForce && (
                <Button
                  size="small"
                  look="ghost"
                  aria-label={says.plan.goBackTo(version)}
                  onClick={() => {
                    setNote("");
                    setBack(version);
                  }}
                >
                  {says.plan.goBack}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      {looked !== null && (
        <Dialog title={says.plan.changedIn(looked)} onClose={() => look(null)} wide>
          {compared?.at === "failed" && <Failure text={compared.why} />}
          {compared?.at === "there" && <Changes changes={compared.difference.changes} />}
          {(!compared || compared.at === "loading") && <Loading />}
        </Dialog>
      )}
      {back !== null && (
        <Dialog
          title={says.plan.goBackTitle(back)}
          lead={says.plan.goBackLead}
          submit={says.plan.goBack}
          busy={busy}
          error={error}
          onClose={() => setBack(null)}
          onSubmit={() => onRollBack(back, note.trim() || null, () => setBack(null))}
        >
          <NoteField note={note} onNote={setNote} />
        </Dialog>
      )}
    </section>
  );
}
