// Who was considered for a handoff, and why not: the router's own records.

import type { AgentView, DecisionView, ExplanationView, NeededView, WaitingView } from "@baton/client/wire";
import { Check, Route } from "lucide-react";
import { nameOf } from "../desk/lists";
import { Badge } from "../parts/marks";
import { Empty } from "../parts/screen-states";
import { languageName, useNow } from "../time";
import type { Words } from "../words/words";
import { useFormats, useLanguage, useWords } from "../words/words";

export type HandoffDecisions = { handoff: string; decisions: readonly DecisionView[] };

type Props = {
  handoffs: readonly HandoffDecisions[];
  /** Of the handoff that waits, if one does. */
  explanation: ExplanationView | null;
  agents: readonly AgentView[];
};

export function Routing({ handoffs, explanation, agents }: Props) {
  const words = useWords();
  if (!explanation && handoffs.every(({ decisions }) => decisions.length === 0)) {
    return <Empty icon={Route} title={words.aside.noDecisions} text={words.aside.noDecisionsText} compact />;
  }
  return (
    <>
      {explanation?.waiting && <Waits waiting={explanation.waiting} agents={agents} />}
      {handoffs.map(({ handoff, decisions }, index) => (
        <section key={handoff} className="px-4 py-3 not-first:border-t not-first:border-line">
          {handoffs.length > 1 && (
            <h3 className="mb-2 text-xs font-semibold text-faint">{words.aside.handoff(index + 1)}</h3>
          )}
          <ol className="flex flex-col gap-3">
            {decisions.map((decision) => (
              <Decision key={`${decision.at}-${decision.chosen}`} decision={decision} agents={agents} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

/** How it waits, what would be decided now, and when its needs relax. */
function Waits({ waiting, agents }: { waiting: WaitingView; agents: readonly AgentView[] }) {
  const words = useWords();
  const formats = useFormats();
  const now = useNow();
  return (
    <section aria-label={words.aside.waits} className="px-4 py-3">
      <h3 className="mb-2 text-xs font-semibold text-faint">{words.aside.waits}</h3>
      <p className="text-sm">{words.inbox.place(waiting.place)}</p>
      {waiting.now && (
        <ol className="mt-2">
          <Decision decision={waiting.now} agents={agents} />
        </ol>
      )}
      {waiting.relaxes.length > 0 && (
        <ol className="mt-3 flex flex-col gap-1.5 border-l-2 border-line pl-3 text-xs">
          {waiting.relaxes.map(({ at, relaxes }) => (
            <li key={at} className={at <= now ? "text-ink" : "text-faint"}>
              <time className="font-medium tabular-nums" dateTime={new Date(at).toISOString()}>
                {formats.time(at)}
              </time>{" "}
              {relaxes}
              {at <= now && <span className="sr-only"> ({words.aside.holds})</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** What was asked of an agent, in a line. */
function neededText(needed: NeededView, words: Words, language: string): string {
  const skills = Object.entries(needed.skills).map(([skill, level]) => words.aside.skill(skill, level));
  const spoken = needed.language ? [languageName(needed.language, language)] : [];
  const weight = needed.weight > 1 ? [words.aside.slots(needed.weight)] : [];
  return [...skills, ...spoken, ...weight].join(", ");
}

function Decision({ decision, agents }: { decision: DecisionView; agents: readonly AgentView[] }) {
  const words = useWords();
  const formats = useFormats();
  const language = useLanguage();
  const needed = decision.needed && neededText(decision.needed, words, language);
  return (
    <li className="rounded-lg border border-line bg-surface px-3 py-2.5 text-sm shadow-card">
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 font-medium">
          {decision.chosen ? words.aside.chose(nameOf(decision.chosen, agents)) : words.aside.choseNobody}
        </span>
        <time className="text-xs text-faint" dateTime={new Date(decision.at).toISOString()}>
          {formats.time(decision.at)}
        </time>
      </p>
      {decision.reason && <p className="text-xs text-soft">{decision.reason}</p>}
      {needed && <p className="mt-1 text-xs text-faint">{words.aside.needed(needed)}</p>}
      {decision.step > 0 && (
        <p className="mt-1">
          <Badge tone="warn">{words.aside.relaxed(decision.step)}</Badge>
        </p>
      )}
      <ul className="mt-1.5 flex flex-col gap-1">
        {decision.considered.map(({ agent, why_not: whyNot }) => (
          <li key={agent} className="grid grid-cols-[7rem_1fr] gap-2 text-xs">
            <span className="truncate">{nameOf(agent, agents)}</span>
            {whyNot ? (
              <span className="text-soft">{whyNot}</span>
            ) : (
              <span className="flex items-center gap-1 text-good-ink">
                <Check aria-hidden="true" className="size-3" />
                {words.aside.chosen}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-1.5 text-2xs text-faint">
        {decision.not_listed > 0 && `${words.aside.notListed(decision.not_listed)} · `}
        {words.aside.planVersion(decision.plan_version)}
      </p>
    </li>
  );
}
