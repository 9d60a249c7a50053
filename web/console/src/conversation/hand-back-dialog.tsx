// What the agent tells the bot, so that it goes on with the whole story.

import type { DispositionView, HandbackView } from "@baton/client/wire";
import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { IconButton } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { SelectField, TextArea, TextField } from "../parts/field";
import { useWords } from "../words/words";

type Props = {
  dispositions: readonly DispositionView[];
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onHandBack: (handback: HandbackView, disposition: string | null) => void;
};

export function HandBackDialog({ dispositions, busy, error, onClose, onHandBack }: Props) {
  const words = useWords();
  const [outcome, setOutcome] = useState("");
  const [facts, setFacts] = useState<string[]>([]);
  const [promises, setPromises] = useState<string[]>([]);
  const [openItems, setOpenItems] = useState<string[]>([]);
  const [note, setNote] = useState("");
  const [disposition, setDisposition] = useState("");
  const [missing, setMissing] = useState(false);

  const submit = () => {
    if (outcome.trim() === "") return setMissing(true);
    const handback = { outcome: outcome.trim(), facts, promises, open_items: openItems, note: note.trim() };
    onHandBack(handback, disposition || null);
  };

  return (
    <Dialog
      title={words.handBack.title}
      lead={words.handBack.lead}
      submit={words.handBack.submit}
      busy={busy}
      error={error}
      onClose={onClose}
      onSubmit={submit}
      wide
    >
      <TextField
        label={words.handBack.outcome}
        placeholder={words.handBack.outcomePlaceholder}
        value={outcome}
        error={missing && outcome.trim() === "" ? words.handBack.needOutcome : null}
        onChange={(event) => setOutcome(event.target.value)}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <Lines
          title={words.handBack.facts}
          placeholder={words.handBack.factPlaceholder}
          lines={facts}
          onLines={setFacts}
        />
        <Lines
          title={words.handBack.promises}
          placeholder={words.handBack.promisePlaceholder}
          lines={promises}
          onLines={setPromises}
        />
        <Lines
          title={words.handBack.openItems}
          placeholder={words.handBack.openItemPlaceholder}
          lines={openItems}
          onLines={setOpenItems}
        />
      </div>
      <TextArea
        label={words.handBack.note}
        optional={words.optional}
        rows={2}
        placeholder={words.handBack.notePlaceholder}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <SelectField
        label={words.handBack.disposition}
        value={disposition}
        onChange={(event) => setDisposition(event.target.value)}
      >
        <option value="">{words.handBack.dispositionNone}</option>
        {dispositions.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}

type LinesProps = { title: string; placeholder: string; lines: string[]; onLines: (lines: string[]) => void };

/** A list that grows by one line at a time; what is typed but not added counts too, when the field is left. */
function Lines({ title, placeholder, lines, onLines }: LinesProps) {
  const words = useWords();
  const id = useId();
  const [text, setText] = useState("");
  const add = () => {
    const line = text.trim();
    if (line !== "" && !lines.includes(line)) onLines([...lines, line]);
    setText("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-soft">
        {title} <span className="font-normal text-faint">· {words.optional}</span>
      </label>
      <ul className="flex flex-col gap-1">
        {lines.map((line) => (
          <li key={line} className="flex items-start gap-1 rounded-md bg-sunken py-0.5 pl-2 text-sm">
            <span className="min-w-0 flex-1 py-0.5 [overflow-wrap:anywhere]">{line}</span>
            <button
              type="button"
              aria-label={words.handBack.removeItem(line)}
              onClick={() => onLines(lines.filter((other) => other !== line))}
              className="grid size-6 shrink-0 place-items-center rounded-sm text-faint hover:text-ink"
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
      <div className="flex gap-1">
        <input
          id={id}
          value={text}
          placeholder={placeholder}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
          onBlur={add}
          className="h-8 w-full min-w-0 rounded-md border border-line bg-surface px-2 text-sm shadow-card hover:border-strong"
        />
        <IconButton label={words.handBack.addTo(title)} look="secondary" onClick={add}>
          <Plus aria-hidden="true" className="size-3.5" />
        </IconButton>
      </div>
    </div>
  );
}
