// Every turn's verdict with its trace, so that nobody has to guess why Baton did what it did.

import type { EventView, VerdictView } from "@baton/client/wire";
import { Scale } from "lucide-react";
import { useEffect, useRef } from "react";
import { Marked } from "../conversation/message";
import { type AssessedTurn, turnsOf } from "../conversation/transcript";
import { Badge, type Tone } from "../parts/marks";
import { Empty } from "../parts/screen-states";
import { languageName } from "../time";
import { useFormats, useLanguage, useWords } from "../words/words";
import { Cite } from "./section";
import { Signals, WouldChange } from "./signals";

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

export const tones: Record<VerdictView["kind"], Tone> = { keep: "plain", suggest: "warn", hand_off: "bad" };

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
          <Signals signals={verdict.signals} />
          <Trace verdict={verdict} />
        </div>
      </details>
    </li>
  );
}

export function Trace({ verdict }: { verdict: VerdictView }) {
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
      {verdict.overrides && verdict.overrides.length > 0 && (
        <div>
          <h3 className="mb-1 text-xs font-semibold text-faint">{words.aside.overrides}</h3>
          <ul className="flex flex-wrap gap-1">
            {verdict.overrides.map((over) => (
              <li key={over}>
                <Badge tone="plain">{over}</Badge>
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
      <WouldChange verdict={verdict} />
      <p className="text-2xs text-faint">{words.aside.policy(verdict.policy_version, verdict.model_version)}</p>
    </>
  );
}
