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
  const [facts, setFacts] = useState(NOTHING);
  const [promises, setPromises] = useState(NOTHING);
  const [openItems, setOpenItems] = useState(NOTHING);
  const [note, setNote] = useState("");
  const [disposition, setDisposition] = useState("");
  const [missing, setMissing] = useState(false);

  const submit = () => {
    if (outcome.trim() === "") return setMissing(true);
    const handback = {
      outcome: outcome.trim(),
      facts: added(facts).lines,
      promises: added(promises).lines,
      open_items: added(openItems).lines,
      note: note.trim(),
    };
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
    >
      <TextField
        label={words.handBack.outcome}
        placeholder={words.handBack.outcomePlaceholder}
        value={outcome}
        error={missing && outcome.trim() === "" ? words.handBack.needOutcome : null}
        onChange={(event) => setOutcome(event.target.value)}
      />
      <Lines title={words.handBack.facts} placeholder={words.handBack.factPlaceholder} list={facts} onList={setFacts} />
      <Lines
        title={words.handBack.promises}
        placeholder={words.handBack.promisePlaceholder}
        list={promises}
        onList={setPromises}
      />
      <Lines
        title={words.handBack.openItems}
        placeholder={words.handBack.openItemPlaceholder}
        list={openItems}
        onList={setOpenItems}
      />
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

/** The lines so far, and what is typed but not added yet. */
type LineList = { lines: readonly string[]; text: string };

const NOTHING: LineList = { lines: [], text: "" };

/** With the typed text as its last line: a line that was not confirmed counts too. */
function added({ lines, text }: LineList): { lines: string[]; text: string } {
  const line = text.trim();
  return { lines: line === "" || lines.includes(line) ? [...lines] : [...lines, line], text: "" };
}

type LinesProps = { title: string; placeholder: string; list: LineList; onList: (list: LineList) => void };

/** A list that grows by one line at a time. */
function Lines({ title, placeholder, list, onList }: LinesProps) {
  const words = useWords();
  const id = useId();
  const { lines, text } = list;
  const add = () => onList(added(list));
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
              onClick={() => onList({ ...list, lines: lines.filter((other) => other !== line) })}
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
          onChange={(event) => onList({ ...list, text: event.target.value })}
          onKeyDown={press}
          className="h-8 w-full min-w-0 rounded-md border border-line bg-surface px-2 text-sm shadow-card hover:border-strong"
        />
        <IconButton label={words.handBack.addTo(title)} look="secondary" onClick={add}>
          <Plus aria-hidden="true" className="size-3.5" />
        </IconButton>
      </div>
    </div>
  );
}
