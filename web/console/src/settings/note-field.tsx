// Why a configuration is applied or brought back: kept with the version.

import { TextField } from "../parts/field";
import { useWords } from "../words/words";

/** The server keeps 500 bytes; so many characters fit in every script that people write a reason in. */
const NOTE_CHARACTERS_MAX = 160;

type Props = { note: string; onNote: (note: string) => void };

export function NoteField({ note, onNote }: Props) {
  const words = useWords();
  return (
    <TextField
      label={words.settings.plan.note}
      optional={words.optional}
      maxLength={NOTE_CHARACTERS_MAX}
      value={note}
      onChange={(event) => onNote(event.target.value)}
    />
  );
}
