// The signals of a verdict as bars, and what would have changed it: in the trace of a turn and in the tester.

import type { CounterfactualView, SignalView, VerdictView } from "@baton/client/wire";
import { cx } from "../parts/class-names";
import { useFormats, useWords, type Words } from "../words/words";

export function Signals({ signals }: { signals: readonly SignalView[] }) {
  const words = useWords();
  if (signals.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-xs font-semibold text-faint">{words.aside.signals}</h3>
      <ul className="flex flex-col gap-2">
        {signals.map((signal) => (
          <Signal key={`${signal.name} ${signal.class ?? ""}`} signal={signal} />
        ))}
      </ul>
    </div>
  );
}

/** A bar from 0 to 1 with a tick where it hands off and a fainter one where it suggests a person. */
function Signal({ signal }: { signal: SignalView }) {
  const words = useWords();
  const two = useTwo();
  const handsOff = reached(signal.value, signal.threshold);
  const suggests = !handsOff && reached(signal.value, signal.suggest);
  const side = (value: number) => `${Math.min(100, Math.max(0, value * 100))}%`;
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-2 text-xs">
        <span className={cx("min-w-0 flex-1 truncate", handsOff || suggests ? "font-medium text-ink" : "text-soft")}>
          {signalName(signal.name, signal.class, words)}
        </span>
        <span className="tabular-nums">{two(signal.value)}</span>
        <span className="text-faint tabular-nums">{levels(signal, words, two)}</span>
        <span className="sr-only">
          {handsOff ? words.aside.above : suggests ? words.aside.aboveSuggest : words.aside.below}
        </span>
      </p>
      <span aria-hidden="true" className="relative mt-1 block h-1.5 rounded-full bg-sunken">
        <span
          className={cx(
            "absolute inset-y-0 left-0 rounded-full",
            handsOff ? "bg-bad" : suggests ? "bg-warn" : "bg-strong",
          )}
          style={{ width: side(signal.value) }}
        />
        {typeof signal.suggest === "number" && (
          <span className="absolute -inset-y-0.5 w-0.5 rounded-full bg-faint" style={{ left: side(signal.suggest) }} />
        )}
        {typeof signal.threshold === "number" && (
          <span className="absolute -inset-y-0.5 w-0.5 rounded-full bg-ink" style={{ left: side(signal.threshold) }} />
        )}
      </span>
      {signal.evidence && <p className="mt-1 text-xs text-faint [overflow-wrap:anywhere]">{signal.evidence}</p>}
    </li>
  );
}

/** What would have changed the verdict; verdicts of before told it in words only. */
export function WouldChange({ verdict }: { verdict: VerdictView }) {
  const words = useWords();
  const two = useTwo();
  const found = verdict.counterfactuals ?? [];
  const lines = found.length > 0 ? found.map((one) => changeText(one, words, two)) : verdict.would_change;
  if (lines.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-xs font-semibold text-faint">{words.aside.wouldChange}</h3>
      <ul className="list-disc pl-4 text-xs text-soft">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function changeText(found: CounterfactualView, words: Words, two: (value: number) => string): string {
  const kind = words.verdicts[found.kind];
  const value = two(found.value ?? 0);
  switch (found.change) {
    case "reaches":
      return words.aside.reaches(signalName(found.of, found.class, words), value, kind);
    case "stays_below":
      return words.aside.staysBelow(signalName(found.of, found.class, words), value, kind);
    case "without_rule":
      return words.aside.withoutRule(found.of, kind);
    case "without_override":
      return words.aside.withoutOverride(found.of, kind);
    case "without_cool_down":
      return words.aside.withoutCoolDown(kind);
    case "without_goodbye":
      return words.aside.withoutGoodbye(kind);
  }
}

export function signalName(name: string, of: string | null | undefined, words: Words): string {
  const plain = words.signals[name] ?? name;
  return of ? `${plain}: ${words.sensitive[of] ?? of}` : plain;
}

function levels(signal: SignalView, words: Words, two: (value: number) => string): string {
  const { threshold, suggest } = signal;
  const suggests = typeof suggest === "number" && suggest !== threshold ? words.aside.suggestFrom(two(suggest)) : null;
  const handsOff = typeof threshold === "number" ? words.aside.threshold(two(threshold)) : null;
  return [suggests, handsOff].filter(Boolean).join(" · ") || words.aside.neverBySelf;
}

function reached(value: number, level: number | null | undefined): boolean {
  return typeof level === "number" && value >= level;
}

function useTwo(): (value: number) => string {
  const formats = useFormats();
  return (value) => formats.number(Math.round(value * 100) / 100);
}
