// Reminds the agent of a conversation at a time that they choose.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useDeskContext } from "../desk/desk";
import { sentence } from "../desk/failure";
import { REMINDERS_KEY } from "../desk/reminders";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/field";
import { useFormats, useWords } from "../words/words";

const HOUR_MS = 3_600_000;
const WHEN = ["hour", "afternoon", "tomorrow", "week"] as const;
type When = (typeof WHEN)[number];

export function whenOf(choice: When, now: number): number {
  switch (choice) {
    case "hour":
      return now + HOUR_MS;
    case "afternoon":
      return now + 3 * HOUR_MS;
    case "tomorrow": {
      const at = new Date(now);
      at.setDate(at.getDate() + 1);
      return at.setHours(9, 0, 0, 0);
    }
    case "week":
      return now + 7 * 24 * HOUR_MS;
  }
}

export function FollowUpDialog({ conversation, onClose }: { conversation: string; onClose: () => void }) {
  const words = useWords();
  const formats = useFormats();
  const { api, connection } = useDeskContext();
  const queries = useQueryClient();
  const [when, setWhen] = useState<When>("hour");
  const [note, setNote] = useState("");
  const [id] = useState(() => crypto.randomUUID());
  const now = connection.serverNow();
  const save = useMutation({
    mutationFn: () =>
      api("POST /v1/conversations/{id}/reminders", {
        path: { id: conversation },
        body: { id, due: whenOf(when, now), note },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: REMINDERS_KEY });
      onClose();
    },
  });
  return (
    <Dialog
      title={words.reminders.add}
      submit={words.reminders.save}
      busy={save.isPending}
      error={save.error && sentence(save.error, words)}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-xs font-medium text-soft">{words.reminders.when}</legend>
        {WHEN.map((choice) => (
          <label key={choice} className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="radio"
              name="when"
              checked={when === choice}
              onChange={() => setWhen(choice)}
              className="size-4 accent-accent"
            />
            <span className="flex-1">{words.reminders.choices[choice]}</span>
            <span className="text-xs text-faint">{formats.moment(whenOf(choice, now), now)}</span>
          </label>
        ))}
      </fieldset>
      <TextField
        label={words.reminders.note}
        optional={words.optional}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.target.value)}
      />
    </Dialog>
  );
}
