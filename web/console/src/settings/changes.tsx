// What one configuration says otherwise than another, and what that would do to those who wait.

import type { ConfigChangeView, ConfigPlanView, StandingView, WaitingEffectView } from "@baton/client/wire";
import { ArrowRight, TriangleAlert } from "lucide-react";
import { Link } from "wouter";
import { type Named, nameOf } from "../desk/lists";
import { Badge, type Tone } from "../parts/marks";
import { useWords } from "../words/words";

const tones: Record<ConfigChangeView["kind"], Tone> = { added: "good", removed: "bad", changed: "accent" };

export function Changes({ changes }: { changes: readonly ConfigChangeView[] }) {
  const words = useWords();
  const says = words.settings.plan;
  if (changes.length === 0) return <p className="text-sm text-faint">{says.noChanges}</p>;
  return (
    <ul className="flex flex-col gap-2.5">
      {changes.map((change) => (
        <li key={`${change.section}.${change.key}`} className="text-sm">
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={tones[change.kind]}>{says.kinds[change.kind]}</Badge>
            <span className="font-mono text-xs [overflow-wrap:anywhere]">
              <span className="text-faint">{change.section}</span>
              {change.key && ` ${change.key}`}
            </span>
          </p>
          {change.fields.length > 0 && (
            <dl className="mt-1 ml-1 border-l border-line pl-3">
              {change.fields.map(({ path, from, to }) => (
                <div key={path} className="flex flex-wrap items-baseline gap-x-2 font-mono text-xs leading-5">
                  <dt className="text-soft">{path || change.section}</dt>
                  <dd className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 [overflow-wrap:anywhere]">
                    {change.kind !== "added" && <del className="text-bad-ink">{shown(from)}</del>}
                    {change.kind === "changed" && (
                      <ArrowRight aria-hidden="true" className="size-3 self-center text-faint" />
                    )}
                    {change.kind !== "removed" && <ins className="text-good-ink no-underline">{shown(to)}</ins>}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}

export function Plan({ plan, agents }: { plan: ConfigPlanView; agents: readonly Named[] }) {
  const words = useWords();
  const says = words.settings.plan;
  return (
    <div className="flex flex-col gap-4">
      <Changes changes={plan.changes} />
      {plan.warnings.length > 0 && (
        <ul className="flex flex-col gap-1 rounded-md bg-warn-tint px-3 py-2 text-sm text-warn-ink">
          {plan.warnings.map((warning) => (
            <li key={warning} className="flex items-start gap-2">
              <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
              {warning}
            </li>
          ))}
        </ul>
      )}
      <section aria-label={says.effects}>
        <h3 className="mb-1 text-xs font-semibold text-faint">{says.effects}</h3>
        <p className="text-sm">
          {plan.effects.length === 0
            ? says.nobodyMoves(plan.waiting)
            : says.someMove(plan.effects.length, plan.waiting)}
        </p>
        {plan.effects.length > 0 && (
          <ul className="mt-2 divide-y divide-line rounded-md border border-line">
            {plan.effects.map((effect) => (
              <Effect key={effect.handoff} effect={effect} agents={agents} />
            ))}
          </ul>
        )}
        {plan.effects_left_out > 0 && <p className="mt-1 text-xs text-faint">{says.more(plan.effects_left_out)}</p>}
        {plan.returned.map(({ agent, conversations }) => (
          <p key={agent} className="mt-2 text-sm text-warn-ink">
            {says.returned(nameOf(agent, agents), conversations)}
          </p>
        ))}
      </section>
    </div>
  );
}

function Effect({ effect, agents }: { effect: WaitingEffectView; agents: readonly Named[] }) {
  const words = useWords();
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1.5 text-xs">
      <Link href={`/c/${effect.conversation}`} className="font-mono text-accent-ink hover:underline">
        {effect.conversation.slice(-4)}
      </Link>
      <span className="text-faint">{standing(effect.now, agents, words.settings.plan)}</span>
      <ArrowRight aria-label={words.settings.plan.becomes} className="size-3 text-faint" />
      <span>{standing(effect.then, agents, words.settings.plan)}</span>
    </li>
  );
}

type Says = ReturnType<typeof useWords>["settings"]["plan"];

function standing(of: StandingView, agents: readonly Named[], says: Says): string {
  const { queue, place, staffed, served_ever, asked } = of;
  const where = says.standing(queue, place);
  if (asked) return says.asked(where, nameOf(asked, agents));
  if (staffed) return where;
  return served_ever ? says.unstaffed(where) : says.unserved(where);
}

/** A value as the document would write it on one line. */
function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
