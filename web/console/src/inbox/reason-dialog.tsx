// A reason for being away that is not on the list.

import { useState } from "react";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/field";
import { useWords } from "../words/words";

const REASON_CHARACTERS_MAX = 80;

export function ReasonDialog({
  onClose,
  onReason,
}: {
  onClose: () => void;
  onReason: (reason: string | null) => void;
}) {
  const words = useWords();
  const says = words.availability;
  const [reason, setReason] = useState("");
  return (
    <Dialog
      title={says.otherTitle}
      submit={says.setAway}
      onClose={onClose}
      onSubmit={() => onReason(reason.trim() || null)}
    >
      <TextField
        label={says.reason}
        maxLength={REASON_CHARACTERS_MAX}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}
