// Over the transcript: who the customer is, who answers, and what can be done, as far as the server allows it.

import type { ActionName, ConversationView, MeView } from "@baton/client/wire";
import { ArrowLeft, ArrowRightLeft, Bot, CircleCheck, Ellipsis, Gauge, PanelRight, UserPlus } from "lucide-react";
import { Button, IconButton } from "../parts/button";
import { Badge, type Tone } from "../parts/marks";
import { Menu, MenuItem, MenuLine } from "../parts/menu";
import { Elapsed } from "../time";
import type { Words } from "../words/words";
import { useWords } from "../words/words";

/** The actions that open a dialog. */
export type Act = Extract<ActionName, "transfer" | "hand_back" | "close" | "assign" | "change_priority">;

type Props = {
  state: ConversationView;
  me: MeView;
  customerName: string;
  onAct: (act: Act) => void;
  onBack: () => void;
  details: boolean;
  onDetails: () => void;
};

export function Header({ state, me, customerName, onAct, onBack, details, onDetails }: Props) {
  const words = useWords();
  const can = (act: Act) => state.can.includes(act);
  const standing = standingOf(state, me, words);
  const mine = state.controller.kind === "agent" && state.controller.agent === me.agent;
  const waiting = state.controller.kind === "queued" || state.controller.kind === "offered";
  return (
    <header className="flex min-h-14 items-center gap-2 border-b border-line bg-surface px-2 py-2 sm:px-4">
      <IconButton label={words.back} onClick={onBack} className="lg:hidden">
        <ArrowLeft aria-hidden="true" className="size-4.5" />
      </IconButton>
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-base font-semibold">{customerName}</h1>
        <p className="flex items-center gap-1.5 overflow-hidden text-xs text-faint">
          <Badge tone={standing.tone}>{standing.text}</Badge>
          {waiting && state.handoff && (
            <span className="tabular-nums">
              <Elapsed since={state.handoff.since} />
            </span>
          )}
          {state.handoff?.topic && <span className="truncate">{state.handoff.topic}</span>}
          {!!state.handoff?.priority && (
            <span className="shrink-0">{words.conversation.priority(state.handoff.priority)}</span>
          )}
        </p>
      </div>
      {mine && can("transfer") && (
        <Button onClick={() => onAct("transfer")} className="max-xl:hidden">
          <ArrowRightLeft aria-hidden="true" className="size-3.5" />
          {words.actions.transfer}
        </Button>
      )}
      {mine && can("hand_back") && (
        <Button onClick={() => onAct("hand_back")} className="max-md:hidden">
          <Bot aria-hidden="true" className="size-3.5" />
          {words.actions.handBackShort}
        </Button>
      )}
      {acts.some(({ act }) => can(act)) && (
        <Menu
          align="end"
          trigger={
            <IconButton label={words.conversation.actions}>
              <Ellipsis aria-hidden="true" className="size-4.5" />
            </IconButton>
          }
        >
          {acts.map(({ act, icon: Icon, key }) =>
            can(act) ? (
              <div key={act}>
                {act === "close" && acts.some((other) => other.act !== "close" && can(other.act)) && <MenuLine />}
                <MenuItem icon={<Icon aria-hidden="true" className="size-4 text-faint" />} onSelect={() => onAct(act)}>
                  {words.actions[key]}
                </MenuItem>
              </div>
            ) : null,
          )}
        </Menu>
      )}
      <IconButton
        label={details ? words.conversation.hideDetails : words.conversation.showDetails}
        aria-expanded={details}
        aria-controls="aside"
        onClick={onDetails}
      >
        <PanelRight aria-hidden="true" className="size-4.5" />
      </IconButton>
    </header>
  );
}

const acts = [
  { act: "transfer", icon: ArrowRightLeft, key: "transfer" },
  { act: "hand_back", icon: Bot, key: "handBack" },
  { act: "assign", icon: UserPlus, key: "assign" },
  { act: "change_priority", icon: Gauge, key: "priority" },
  { act: "close", icon: CircleCheck, key: "close" },
] as const;

export function standingOf(
  state: Pick<ConversationView, "controller" | "handoff">,
  me: MeView,
  words: Words,
): { text: string; tone: Tone } {
  const { kind, agent, agent_name: name } = state.controller;
  const says = words.conversation.controller;
  switch (kind) {
    case "bot":
      return { text: says.bot, tone: "plain" };
    case "queued":
      return { text: says.queued(state.handoff?.queue_name ?? state.handoff?.queue ?? "…"), tone: "warn" };
    case "offered":
      return { text: says.offered(agent === me.agent ? words.you : (name ?? agent ?? "…")), tone: "accent" };
    case "agent":
      return agent === me.agent
        ? { text: says.agentYou, tone: "good" }
        : { text: says.agentOther(name ?? agent ?? "…"), tone: "accent" };
    case "closed":
      return { text: says.closed, tone: "plain" };
  }
}
