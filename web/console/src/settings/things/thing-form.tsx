// The form of one thing of the configuration: its fields, each with what is wrong with it.

import { type ReactNode, useState } from "react";
import { Dialog } from "../../parts/dialog";
import { SelectField, TextArea, TextField } from "../../parts/field";
import {
  askedOf,
  type Draft,
  draftOf,
  type Edit,
  editsOf,
  emptyDraft,
  type Field,
  KEY_SHAPE,
  missingOf,
  type Section,
  type Values,
} from "./fields";
import { fieldWords, fill, optionWord, useThingWords } from "./words";

type Props = {
  section: Section;
  /** Null for a new one. */
  thing: { key: string; values: Values } | null;
  taken: readonly string[];
  choices: (field: Field) => readonly string[];
  /** What the server says of fields, by field; what belongs to none is in `error`. */
  faults: Record<string, string>;
  error: string | null;
  busy: boolean;
  extra?: ((key: string, draft: Draft) => ReactNode) | undefined;
  onSave: (key: string, edits: Edit[], note: string) => void;
  onClose: () => void;
};

export function ThingForm({ section, thing, taken, choices, faults, error, busy, extra, onSave, onClose }: Props) {
  const words = useThingWords();
  const before = thing ? draftOf(section, thing.values) : null;
  const [draft, setDraft] = useState<Draft>(() => before ?? emptyDraft(section, choices));
  const [key, setKey] = useState(thing?.key ?? "");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const missing = missingOf(section, draft);
  const keyFault = !KEY_SHAPE.test(key) ? words.keyWrong : !thing && taken.includes(key) ? words.keyTaken : null;
  const says = words.sections[section];
  const save = () => {
    setTried(true);
    if (missing.length > 0 || (!thing && keyFault)) return;
    const edits = editsOf(section, key, before, draft);
    if (edits.length === 0) onClose();
    else onSave(key, edits, note);
  };
  const faultOf = (field: string) => faults[field] ?? (tried && missing.includes(field) ? words.needed : null);
  return (
    <Dialog
      wide
      title={thing ? `${says.one}: ${thing.key}` : says.add}
      submit={words.save}
      busy={busy}
      error={error}
      onClose={onClose}
      onSubmit={save}
    >
      {!thing && (
        <TextField
          label={words.key.label}
          hint={words.key.hint}
          value={key}
          autoCapitalize="none"
          spellCheck={false}
          error={tried ? keyFault : null}
          onChange={(event) => setKey(event.target.value.trim())}
        />
      )}
      {askedOf(section, draft).map((field) => (
        <Asked
          key={field.key}
          field={field}
          value={draft[field.key] ?? ""}
          choices={choices(field)}
          error={faultOf(field.key)}
          onChange={(value) => setDraft((now) => ({ ...now, [field.key]: value }))}
        />
      ))}
      {extra?.(key, draft)}
      <TextField label={words.why} maxLength={160} value={note} onChange={(event) => setNote(event.target.value)} />
    </Dialog>
  );
}

type AskedProps = {
  field: Field;
  value: string | boolean;
  choices: readonly string[];
  error: string | null;
  onChange: (value: string | boolean) => void;
};

function Asked({ field, value, choices, error, onChange }: AskedProps) {
  const words = useThingWords();
  const { label, hint } = fieldWords(words, field.key);
  const common = { label, hint, error };
  if (typeof value === "boolean") {
    return (
      <label className="flex items-center gap-2 text-sm">
        <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
        {label}
      </label>
    );
  }
  switch (field.kind) {
    case "choice":
      return (
        <SelectField {...common} value={value} onChange={(event) => onChange(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {optionWord(words, choice)}
            </option>
          ))}
        </SelectField>
      );
    case "lines":
    case "levels":
    case "pairs":
    case "long":
      return (
        <TextArea
          {...common}
          rows={Math.min(6, Math.max(2, value.split("\n").length))}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "text":
    case "number":
    case "colour":
    case "flag":
      return (
        <TextField
          {...common}
          inputMode={field.kind === "number" ? "decimal" : undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

type RemoveProps = {
  section: Section;
  name: string;
  busy: boolean;
  error: string | null;
  onRemove: () => void;
  onClose: () => void;
};

export function RemoveDialog({ section, name, busy, error, onRemove, onClose }: RemoveProps) {
  const words = useThingWords();
  return (
    <Dialog
      title={fill(words.sections[section].remove, name)}
      lead={words.removeLead}
      submit={words.remove}
      danger
      busy={busy}
      error={error}
      onSubmit={onRemove}
      onClose={onClose}
    />
  );
}
