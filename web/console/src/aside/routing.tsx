// Who was considered for a handoff, and why not: the router's own records.

import type { AgentView, DecisionView } from "@baton/client/wire";
import { Check, Route } from "lucide-react";
import { nameOf } from "../desk/lists";
import { Empty } from "../parts/screen-states";
import { useFormats, useWords } from "../words/words";

export type HandoffDecisions = { handoff: string; decisions: readonly DecisionView[] };

export function Routing({ handoffs, agents }: { handoffs: readonly HandoffDecisions[]; agents: readonly AgentView[] }) {
  const words = useWords();
  if (handoffs.every(({ decisions }) => decisions.length === 0)) {
    return <Empty icon={Route} title={words.aside.noDecisions} text={words.aside.noDecisionsText} compact />;
  }
  return (
    <>
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

function Decision({ decision, agents }: { decision: DecisionView; agents: readonly AgentView[] }) {
  const words = useWords();
  const formats = useFormats();
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
      <p className="mt-1.5 text-2xs text-faint">{words.aside.planVersion(decision.plan_version)}</p>
    </li>
  );
}
