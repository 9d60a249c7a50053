// The pieces that the panes on the right are made of.

import type { ReactNode } from "react";
import { useWords } from "../words/words";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="px-4 py-3 not-first:border-t not-first:border-line">
      <h3 className="mb-1.5 text-xs font-semibold text-faint">{title}</h3>
      {children}
    </section>
  );
}

/** A number that leads to the message. */
export function Cite({ seq, onJump }: { seq: number; onJump: (seq: number) => void }) {
  const words = useWords();
  return (
    <button
      type="button"
      onClick={() => onJump(seq)}
      aria-label={words.aside.cite(seq)}
      title={words.aside.cite(seq)}
      className="relative ml-1 inline-grid h-4.5 min-w-5 place-items-center rounded-sm bg-accent-tint px-1 align-text-bottom text-2xs font-medium text-accent-ink tabular-nums after:absolute after:-inset-1 hover:bg-accent hover:text-on-accent"
    >
      {seq}
    </button>
  );
}

export function Facts({ rows }: { rows: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[6.5rem_1fr] gap-x-2 gap-y-1 text-sm">
      {rows.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-faint">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
