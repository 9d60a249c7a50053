// Every turn's verdict with its trace, so that nobody has to guess why Baton did what it did.

import type { EventView, SignalView, VerdictView } from "@baton/client/wire";
import { Scale } from "lucide-react";
import { useEffect, useRef } from "react";
import { Marked } from "../conversation/message";
import { type AssessedTurn, turnsOf } from "../conversation/transcript";
import { cx } from "../parts/class-names";
import { Badge, type Tone } from "../parts/marks";
import { Empty } from "../parts/screen-states";
import { languageName } from "../time";
import { useFormats, useLanguage, useWords } from "../words/words";
import { Cite } from "./section";

type Props = { events: readonly EventView[]; shown: number | null; onJump: (seq: number) => void };

export function Verdicts({ events, shown, onJump }: Props) {
  const words = useWords();
  const turns = turnsOf(events);
  if (turns.length === 0)
    return <Empty icon={Scale} title={words.aside.noVerdicts} text={words.aside.noVerdictsText} compact />;
  return (
    <ol className="flex flex-col">
      {turns.map((turn, index) => (
        <Turn
          key={turn.event.seq}
          turn={turn}
          open={shown === null ? index === 0 || turn.event.verdict.kind === "hand_off" : shown === turn.event.message}
          asked={shown === turn.event.message}
          onJump={onJump}
        />
      ))}
    </ol>
  );
}

const tones: Record<VerdictView["kind"], Tone> = { keep: "plain", suggest: "warn", hand_off: "bad" };

function Turn({
  turn,
  open,
  asked,
  onJump,
}: {
  turn: AssessedTurn;
  open: boolean;
  asked: boolean;
  onJump: (seq: number) => void;
}) {
  const words = useWords();
  const formats = useFormats();
  const { verdict, message: seq } = turn.event;
  const summary = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!asked) return;
    summary.current?.focus();
    summary.current?.scrollIntoView({ block: "nearest" });
  }, [asked]);
  const spans = verdict.signals.flatMap(({ span }) => (span ? [span] : []));
  return (
    <li className="not-first:border-t not-first:border-line">
      <details open={open}>
        <summary ref={summary} className="flex min-h-10 items-center gap-2 px-4 py-2 text-sm hover:bg-hover">
          <Badge tone={tones[verdict.kind]}>{words.verdicts[verdict.kind]}</Badge>
          <span className="min-w-0 flex-1 truncate text-soft">{turn.message?.text}</span>
          <time className="text-xs text-faint" dateTime={new Date(turn.event.at).toISOString()}>
            {formats.time(turn.event.at)}
          </time>
        </summary>
        <div className="flex flex-col gap-3 px-4 pt-1 pb-4 text-sm">
          {turn.message && (
            <p className="rounded-lg bg-sunken px-3 py-2 [overflow-wrap:anywhere]">
              <Marked text={turn.message.text} spans={spans} />
              <Cite seq={seq} onJump={onJump} />
            </p>
          )}
          {verdict.signals.length > 0 && (
            <div>
              <h3 className="mb-1 text-xs font-semibold text-faint">{words.aside.signals}</h3>
              <ul className="flex flex-col gap-2">
                {verdict.signals.map((signal) => (
                  <Signal key={signal.name} signal={signal} />
                ))}
              </ul>
            </div>
          )}
          <Trace verdict={verdict} />
        </div>
      </details>
    </li>
  );
}

/** A bar from 0 to 1 with the threshold as a tick. */
function Signal({ signal }: { signal: SignalView }) {
  const words = useWords();
  const formats = useFormats();
  const reached = signal.value >= signal.threshold;
  const two = (value: number) => formats.number(Math.round(value * 100) / 100);
  const side = (value: number) => `${Math.min(100, Math.max(0, value * 100))}%`;
  return (
    <li>
      <p className="flex items-baseline gap-2 text-xs">
        <span className={cx("min-w-0 flex-1 truncate", reached ? "font-medium text-ink" : "text-soft")}>
          {words.signals[signal.name] ?? signal.name}
        </span>
        <span className="tabular-nums">{two(signal.value)}</span>
        <span className="text-faint tabular-nums">{words.aside.threshold(two(signal.threshold))}</span>
        <span className="sr-only">{reached ? words.aside.above : words.aside.below}</span>
      </p>
      <span aria-hidden="true" className="relative mt-1 block h-1.5 rounded-full bg-sunken">
        <span
          className={cx("absolute inset-y-0 left-0 rounded-full", reached ? "bg-bad" : "bg-strong")}
          style={{ width: side(signal.value) }}
        />
        <span className="absolute -inset-y-0.5 w-0.5 rounded-full bg-ink" style={{ left: side(signal.threshold) }} />
      </span>
      {signal.evidence && <p className="mt-1 text-xs text-faint [overflow-wrap:anywhere]">{signal.evidence}</p>}
    </li>
  );
}

function Trace({ verdict }: { verdict: VerdictView }) {
  const words = useWords();
  const language = useLanguage();
  const percent = (value: number) => new Intl.NumberFormat(language, { style: "percent" }).format(value);
  return (
    <>
      {verdict.rules.length > 0 && (
        <div>
          <h3 className="mb-1 text-xs font-semibold text-faint">{words.aside.rules}</h3>
          <ul className="flex flex-wrap gap-1">
            {verdict.rules.map(({ rule, kind }) => (
              <li key={rule}>
                <Badge tone={tones[kind]}>
                  {rule} → {words.verdicts[kind]}
                </Badge>
              </li>
            ))}
          </ul>
        </div>
      )}
      <dl className="grid grid-cols-[5rem_1fr] gap-x-2 gap-y-0.5 text-xs">
        {verdict.topic && (
          <>
            <dt className="text-faint">{words.aside.topic}</dt>
            <dd>
              {verdict.topic.topic}{" "}
              <span className="text-faint">· {words.aside.confidence(percent(verdict.topic.confidence))}</span>
            </dd>
          </>
        )}
        <dt className="text-faint">{words.aside.language}</dt>
        <dd>
          {languageName(verdict.language, language)}{" "}
          <span className="text-faint">· {words.aside.confidence(percent(verdict.language_confidence))}</span>
        </dd>
      </dl>
      {verdict.would_change.length > 0 && (
        <div>
          <h3 className="mb-1 text-xs font-semibold text-faint">{words.aside.wouldChange}</h3>
          <ul className="list-disc pl-4 text-xs text-soft">
            {verdict.would_change.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="text-2xs text-faint">{words.aside.policy(verdict.policy_version, verdict.model_version)}</p>
    </>
  );
}
