// An agent's capacity, drawn: one square per slot, filled where it is held.

import { useWords } from "../words/words";

/** Beyond this many squares the numbers say it better. */
const SQUARES_MAX = 10;

export function Slots({ load, capacity }: { load: number; capacity: number }) {
  const words = useWords();
  const squares = Math.min(Math.max(capacity, load), SQUARES_MAX);
  return (
    <span className="inline-flex items-center gap-1.5" title={words.floor.loadOf(load, capacity)}>
      <span aria-hidden="true" className="flex gap-0.5">
        {Array.from({ length: squares }, (_, slot) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: slots are numbered
            key={slot}
            className={`size-2.5 rounded-[3px] ${slot < load ? (load > capacity ? "bg-bad" : "bg-accent") : "border border-strong"}`}
          />
        ))}
      </span>
      <span className="sr-only">{words.floor.loadOf(load, capacity)}</span>
      <span aria-hidden="true" className="text-xs text-faint tabular-nums">
        {load}/{capacity}
      </span>
    </span>
  );
}
