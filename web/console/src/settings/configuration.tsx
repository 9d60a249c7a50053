// The configuration document: shown, edited, applied, and told exactly where it is wrong.

import type { ConfigPlanView, ConfigView } from "@baton/client/wire";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { Named } from "../desk/lists";
import { Button } from "../parts/button";
import { Failure } from "../parts/screen-states";
import { useWords } from "../words/words";
import { Plan } from "./changes";
import { NoteField } from "./note-field";
import { panel } from "./settings-frame";

/** What applying came to. */
export type Outcome =
  | { at: "planned"; document: string; plan: ConfigPlanView }
  | { at: "applied"; version: number; changed: boolean }
  | { at: "refused"; detail: string; meanwhile: boolean }
  | null;

type Props = {
  config: ConfigView;
  agents: readonly Named[];
  busy: boolean;
  outcome: Outcome;
  onPlan: (document: string) => void;
  onApply: (document: string, note: string | null) => void;
  onReload: () => void;
  /** Stands beside the document. */
  aside: ReactNode;
};

export function Configuration({ config, agents, busy, outcome, onPlan, onApply, onReload, aside }: Props) {
  const words = useWords();
  const says = words.settings;
  // The text that was changed here; null while it is the version in force.
  const [changed, setChanged] = useState<{ text: string; from: number } | null>(null);
  const [note, setNote] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const text = changed?.text ?? config.document;
  // What was looked at before the text was changed again is no longer what would happen.
  const plan = outcome?.at === "planned" && outcome.document === changed?.text ? outcome.plan : null;
  const place = outcome?.at === "refused" ? placeIn(outcome.detail) : null;

  useEffect(() => {
    // What was applied is the version in force from now on.
    if (outcome?.at === "applied") {
      setChanged(null);
      setNote("");
    }
  }, [outcome]);

  const go = () => {
    if (!place || !field.current) return;
    const at = offsetOf(text, place);
    field.current.focus();
    field.current.setSelectionRange(at, at);
    const lineHeight = Number.parseFloat(getComputedStyle(field.current).lineHeight);
    field.current.scrollTop = Math.max(0, (place.line - 4) * lineHeight);
  };

  return (
    <div className="grid gap-5 lg:grid-cols-[1fr_15rem]">
      <div className="flex min-w-0 flex-col gap-3">
        <div className={`${panel} flex h-[60dvh] focus-within:border-accent`}>
          <Editor
            field={field}
            text={text}
            mark={place?.line ?? null}
            onText={(next) => setChanged(next === config.document ? null : { text: next, from: config.version })}
          />
        </div>
        {outcome?.at === "refused" && (
          <div className="flex flex-col gap-2">
            <Failure text={outcome.meanwhile ? says.meanwhile : outcome.detail} />
            <div className="flex gap-2">
              {place && (
                <Button size="small" onClick={go}>
                  {says.at(place.line, place.column)}
                </Button>
              )}
              {outcome.meanwhile && (
                <Button size="small" onClick={onReload}>
                  {says.reload}
                </Button>
              )}
            </div>
          </div>
        )}
        {outcome?.at === "applied" && !changed && (
          <p role="status" className="rounded-md bg-good-tint px-3 py-2 text-sm text-good-ink">
            {outcome.changed ? says.applied(outcome.version) : says.appliedSame(outcome.version)}
          </p>
        )}
        {plan && changed && (
          <section aria-label={says.plan.title} className={`${panel} flex flex-col gap-4 p-4`}>
            <h2 className="text-sm font-semibold">{says.plan.title}</h2>
            <Plan plan={plan} agents={agents} />
            <NoteField note={note} onNote={setNote} />
          </section>
        )}
        <div className="flex flex-wrap items-center gap-2">
          {plan && changed ? (
            <Button look="primary" busy={busy} onClick={() => onApply(changed.text, note.trim() || null)}>
              {busy ? says.applying : says.apply}
            </Button>
          ) : (
            <Button look="primary" busy={busy} disabled={!changed} onClick={() => changed && onPlan(changed.text)}>
              {busy ? says.plan.looking : says.plan.look}
            </Button>
          )}
          {changed ? (
            <Button look="ghost" onClick={() => setChanged(null)}>
              {says.revert}
            </Button>
          ) : (
            <span className="text-xs text-faint">{says.unchanged}</span>
          )}
        </div>
      </div>
      {aside}
    </div>
  );
}

type EditorProps = {
  field: { current: HTMLTextAreaElement | null };
  text: string;
  mark: number | null;
  onText: (text: string) => void;
};

/** A plain text field beside its line numbers. */
function Editor({ field, text, mark, onText }: EditorProps) {
  const words = useWords();
  const numbers = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.split("\n").length, [text]);
  return (
    <>
      <div
        ref={numbers}
        aria-hidden="true"
        className="shrink-0 overflow-hidden border-r border-line bg-canvas py-3 text-right font-mono text-xs leading-5 text-faint select-none"
      >
        {Array.from({ length: lines }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are numbered
          <div key={index} className={`px-2.5 ${mark === index + 1 ? "bg-bad-tint font-semibold text-bad-ink" : ""}`}>
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={field}
        aria-label={words.settings.document}
        aria-invalid={mark !== null || undefined}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
        className="scroll-thin min-w-0 flex-1 resize-none bg-surface px-3 py-3 font-mono text-xs leading-5 whitespace-pre outline-none"
      />
    </>
  );
}

export type Place = { line: number; column: number };

/** Where a problem's sentence says the fault is. */
export function placeIn(detail: string): Place | null {
  const found = /\bline (\d+),? column (\d+)/i.exec(detail) ?? /\b(\d+):(\d+)\b/.exec(detail);
  return found ? { line: Number(found[1]), column: Number(found[2]) } : null;
}

function offsetOf(text: string, { line, column }: Place): number {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(text.length, before + Math.max(0, column - 1));
}
