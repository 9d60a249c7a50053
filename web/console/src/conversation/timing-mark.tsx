// When the handoff came, as whoever had it sees it: one key, and the policy learns from it.

import type { ConversationView, TimingName } from "@baton/client/wire";
import { Button } from "../parts/button";
import { Kbd } from "../parts/marks";
import { Failure } from "../parts/screen-states";
import { useWords } from "../words/words";

type Props = {
  handoff: string;
  marks: ConversationView["timing_marks"];
  busy: boolean;
  error: string | null;
  onMark: (timing: TimingName | null) => void;
};

export function TimingMark({ handoff, marks, busy, error, onMark }: Props) {
  const words = useWords();
  const says = words.timing;
  const stands = timingOf(marks, handoff);
  const choice = (timing: TimingName, key: string, text: string) => (
    <Button
      size="small"
      look={stands === timing ? "primary" : "ghost"}
      aria-pressed={stands === timing}
      disabled={busy}
      onClick={() => onMark(stands === timing ? null : timing)}
    >
      <Kbd>{key}</Kbd>
      {text}
    </Button>
  );
  return (
    <section aria-label={says.title} className="border-t border-line bg-surface px-3 py-1.5 sm:px-5">
      <div className="flex flex-wrap items-center gap-1.5">
        <span className="text-xs text-faint">{says.title}</span>
        {choice("too_late", "L", says.tooLate)}
        {choice("not_needed", "U", says.notNeeded)}
      </div>
      {error && <Failure text={error} className="mt-1" />}
    </section>
  );
}

export function timingOf(marks: ConversationView["timing_marks"], handoff: string): TimingName | null {
  return marks?.find((mark) => mark.handoff === handoff)?.timing ?? null;
}
