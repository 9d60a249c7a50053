// The pane on the right: who this is, the brief, the verdicts, the routing.

import { Tabs } from "@base-ui/react/tabs";
import type { AgentView, BriefView, ConversationView, EventView, ExplanationView } from "@baton/client/wire";
import { X } from "lucide-react";
import { IconButton } from "../parts/button";
import { useWords } from "../words/words";
import { Brief } from "./brief";
import { type HandoffDecisions, Routing } from "./routing";
import { Verdicts } from "./verdicts";
import { Who } from "./who";

export type AsideTab = "brief" | "trace" | "routing";

type Props = {
  state: ConversationView;
  customerName: string;
  events: readonly EventView[];
  brief: BriefView | null;
  handoffs: readonly HandoffDecisions[];
  explanation: ExplanationView | null;
  agents: readonly AgentView[];
  tab: AsideTab;
  onTab: (tab: AsideTab) => void;
  /** The message whose verdict is asked for. */
  verdictOf: number | null;
  onJump: (seq: number) => void;
  onClose: () => void;
};

const tab =
  "h-9 flex-1 border-b-2 border-transparent text-sm text-faint hover:text-ink data-[active]:border-accent data-[active]:font-medium data-[active]:text-ink -outline-offset-2";

export function Aside(props: Props) {
  const words = useWords();
  return (
    <aside
      id="aside"
      tabIndex={-1}
      aria-label={words.aside.label}
      className="flex h-full min-h-0 w-full flex-col overflow-hidden border-l border-line bg-surface outline-none"
    >
      <div className="flex justify-end px-2 pt-2 xl:hidden">
        <IconButton label={words.conversation.hideDetails} onClick={props.onClose}>
          <X aria-hidden="true" className="size-4" />
        </IconButton>
      </div>
      <div className="scroll-thin relative min-h-0 flex-1 overflow-y-auto">
        <Who state={props.state} customerName={props.customerName} />
        <Tabs.Root value={props.tab} onValueChange={(next) => props.onTab(next as AsideTab)}>
          <Tabs.List
            aria-label={words.aside.label}
            className="sticky top-0 z-10 flex border-b border-line bg-surface px-2"
          >
            <Tabs.Tab value="brief" className={tab}>
              {words.aside.brief}
            </Tabs.Tab>
            <Tabs.Tab value="trace" className={tab}>
              {words.aside.trace}
            </Tabs.Tab>
            <Tabs.Tab value="routing" className={tab}>
              {words.aside.routing}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="brief" className="-outline-offset-2">
            <Brief brief={props.brief} onJump={props.onJump} />
          </Tabs.Panel>
          <Tabs.Panel value="trace" className="-outline-offset-2">
            <Verdicts events={props.events} shown={props.verdictOf} onJump={props.onJump} />
          </Tabs.Panel>
          <Tabs.Panel value="routing" className="-outline-offset-2">
            <Routing handoffs={props.handoffs} explanation={props.explanation} agents={props.agents} />
          </Tabs.Panel>
        </Tabs.Root>
      </div>
    </aside>
  );
}
