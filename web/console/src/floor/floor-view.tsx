// The floor as a supervisor sees it: queues, agents, and every conversation.

import type { AgentView, ConversationSummary, EstimateView, FloorView, QueueView, WallView } from "@baton/client/wire";
import { Ellipsis, Layers, MessagesSquare, UsersRound } from "lucide-react";
import { Link } from "wouter";
import { byAvailability } from "../conversation/transfer-dialog";
import { customerNameOf, nameOf } from "../desk/lists";
import { availabilityText } from "../inbox/away-text";
import { Button, IconButton } from "../parts/button";
import { cx } from "../parts/class-names";
import { Badge, Dot, Initials, type Tone } from "../parts/marks";
import { Menu, MenuItem } from "../parts/menu";
import { Empty, Failure, Loading } from "../parts/screen-states";
import { Slots } from "../parts/slots";
import { Ago } from "../time";
import { useFormats, useLanguage, useWords } from "../words/words";
import { DayChart } from "./day-chart";
import { type Exception, Queues } from "./queues";
import { Block, cell, Table } from "./table";
import { Alerts, Today } from "./today";

export type FloorFilter = "all" | "waiting" | "agent" | "bot" | "closed";

type Props = {
  floor: FloorView | null;
  error: string | null;
  onRetry: () => void;
  /** Null while it loads; absent for those who do not see every conversation. */
  conversations: readonly ConversationSummary[] | null | undefined;
  conversationsError: string | null;
  filter: FloorFilter;
  onFilter: (filter: FloorFilter) => void;
  onMore: (() => void) | null;
  /** What estimates were worth; absent for those who do not see reports. */
  estimates?: readonly EstimateView[] | undefined;
  /** Today's figures; absent for those who do not see reports. */
  wall?: WallView | undefined;
  onAway?: ((agent: AgentView, availability: "away" | "offline") => void) | undefined;
  onExcept?: ((queue: QueueView, what: Exception) => void) | undefined;
};

export function FloorScreen(props: Props) {
  const words = useWords();
  const formats = useFormats();
  const { floor } = props;
  return (
    <main id="main" tabIndex={-1} className="scroll-thin relative min-h-0 flex-1 overflow-y-auto outline-none">
      <div className="mx-auto flex max-w-7xl flex-col gap-6 px-4 py-6 sm:px-8">
        <header>
          <h1 className="text-xl font-semibold tracking-tight">{words.floor.title}</h1>
          <p className="text-sm text-faint">
            {words.floor.lead} {floor && words.floor.asOf(formats.time(floor.at))}
          </p>
        </header>
        {props.error && <Failure text={props.error} onRetry={props.onRetry} />}
        {!floor && !props.error && <Loading />}
        {floor && (
          <>
            {props.wall && <Alerts wall={props.wall} />}
            {props.wall && <Today wall={props.wall} />}
            <Block title={words.floor.queues}>
              {floor.queues.length === 0 ? (
                <Empty icon={Layers} title={words.floor.noQueues} text={words.floor.noQueuesText} compact />
              ) : (
                <Queues queues={floor.queues} wall={props.wall ?? null} onExcept={props.onExcept ?? null} />
              )}
            </Block>
            {props.wall && <DayChart wall={props.wall} />}
            <Block title={words.floor.agents}>
              {floor.agents.length === 0 ? (
                <Empty icon={UsersRound} title={words.floor.noAgents} text={words.floor.noAgentsText} compact />
              ) : (
                <Agents agents={floor.agents} queues={floor.queues} onAway={props.onAway ?? null} />
              )}
            </Block>
          </>
        )}
        {props.estimates && props.estimates.length > 0 && (
          <Block title={words.floor.estimates}>
            <Estimates estimates={props.estimates} />
          </Block>
        )}
        {props.conversations !== undefined && (
          <Block title={words.floor.conversations} aside={<Filter filter={props.filter} onFilter={props.onFilter} />}>
            <Conversations {...props} agents={floor?.agents ?? []} />
          </Block>
        )}
      </div>
    </main>
  );
}

type OnAway = ((agent: AgentView, availability: "away" | "offline") => void) | null;

function Agents({
  agents,
  queues,
  onAway,
}: {
  agents: readonly AgentView[];
  queues: readonly QueueView[];
  onAway: OnAway;
}) {
  const words = useWords();
  const says = words.floor;
  const queueName = (key: string) => queues.find(({ queue }) => queue === key)?.name ?? key;
  return (
    <Table
      label={says.agents}
      heads={[says.agent, says.availability, says.since, says.load, says.in, ...(onAway ? [""] : [])]}
    >
      {[...agents].sort(byAvailability).map((agent) => {
        const availability = agent.connected ? agent.availability : "offline";
        return (
          <tr key={agent.agent}>
            <th scope="row" className={cx(cell, "text-left font-medium")}>
              <span className="flex items-center gap-2.5 whitespace-nowrap">
                <Initials name={agent.name} size="small" />
                {agent.name}
                {agent.role !== "agent" && (
                  <Badge>{words.account.roles[agent.role as "supervisor"] ?? agent.role}</Badge>
                )}
              </span>
            </th>
            <td className={cell}>
              <span className="flex items-center gap-2 whitespace-nowrap">
                <Dot availability={availability} />
                {availabilityText(availability, agent.reason, words)}
                {!agent.connected && agent.availability !== "offline" && <Badge tone="warn">{says.disconnected}</Badge>}
              </span>
            </td>
            <td className={cx(cell, "whitespace-nowrap text-faint")}>
              {/* Who was never here has not been away since any moment. */}
              {agent.since > 0 ? <Ago at={agent.since} /> : "–"}
            </td>
            <td className={cell}>
              <Slots load={agent.load} capacity={agent.capacity} />
            </td>
            <td className={cx(cell, "min-w-48 text-soft")}>{agent.queues.map(queueName).join(", ")}</td>
            {onAway && (
              <td className={cx(cell, "text-right")}>
                {agent.availability !== "offline" && (
                  <Menu
                    align="end"
                    trigger={
                      <IconButton label={words.wall.actions(agent.name)}>
                        <Ellipsis aria-hidden="true" className="size-4" />
                      </IconButton>
                    }
                  >
                    {agent.availability === "available" && (
                      <MenuItem onSelect={() => onAway(agent, "away")}>{words.wall.setAway}</MenuItem>
                    )}
                    <MenuItem onSelect={() => onAway(agent, "offline")}>{words.wall.setOffline}</MenuItem>
                  </Menu>
                )}
              </td>
            )}
          </tr>
        );
      })}
    </Table>
  );
}

/** The share of estimates that held, against the four in five that they are made for. */
function Estimates({ estimates }: { estimates: readonly EstimateView[] }) {
  const words = useWords();
  const formats = useFormats();
  const says = words.floor;
  return (
    <Table
      label={says.estimates}
      heads={[says.queue, says.promises, says.held, says.heldAtMost, says.width, says.shown]}
    >
      {estimates.map(({ queue, name, joining, lines, lines_withheld: withheld }) => (
        <tr key={queue}>
          <th scope="row" className={cx(cell, "text-left font-medium")}>
            {name}
          </th>
          <td className={cx(cell, "tabular-nums")}>{joining.promises}</td>
          <td className={cell}>
            <Share share={joining.coverage} goal={0.8} />
          </td>
          <td className={cell}>
            <Share share={joining.coverage_at_most} goal={0.9} />
          </td>
          <td className={cx(cell, "whitespace-nowrap tabular-nums")}>
            {joining.mean_width_s == null ? "–" : formats.duration(joining.mean_width_s)}
          </td>
          <td className={cx(cell, "whitespace-nowrap")}>
            {withheld > 0 ? (
              <Badge tone="warn">{says.withheld(withheld, lines)}</Badge>
            ) : (
              <Badge tone="good">{says.isShown}</Badge>
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** A share as a bar with its goal marked, and in words. */
function Share({ share, goal }: { share: number | null | undefined; goal: number }) {
  const language = useLanguage();
  if (share == null) return <span className="text-faint">–</span>;
  const near = Math.abs(share - goal) <= 0.05 || share > goal;
  return (
    <span className="flex items-center gap-2 tabular-nums">
      <span aria-hidden="true" className="relative h-2 w-20 overflow-hidden rounded-full bg-sunken">
        <span
          className={cx("absolute inset-y-0 left-0", near ? "bg-good" : "bg-warn")}
          style={{ width: `${Math.round(share * 100)}%` }}
        />
        <span className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: `${goal * 100}%` }} />
      </span>
      {new Intl.NumberFormat(language, { style: "percent" }).format(share)}
    </span>
  );
}

function Filter({ filter, onFilter }: { filter: FloorFilter; onFilter: (filter: FloorFilter) => void }) {
  const words = useWords();
  return (
    <fieldset className="flex flex-wrap gap-0.5 rounded-lg bg-sunken p-0.5">
      <legend className="sr-only">{words.floor.filter}</legend>
      {(Object.keys(words.floor.filters) as FloorFilter[]).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === filter}
          onClick={() => onFilter(one)}
          className={cx(
            "h-7 rounded-md px-2.5 text-xs font-medium",
            one === filter ? "bg-surface text-ink shadow-card" : "text-soft hover:text-ink",
          )}
        >
          {words.floor.filters[one]}
        </button>
      ))}
    </fieldset>
  );
}

export function fits(summary: ConversationSummary, filter: FloorFilter): boolean {
  const { kind } = summary.controller;
  switch (filter) {
    case "all":
      return true;
    case "waiting":
      return kind === "queued" || kind === "offered";
    case "agent":
    case "bot":
    case "closed":
      return kind === filter;
  }
}

function Conversations({
  conversations,
  conversationsError,
  filter,
  agents,
  onMore,
  onRetry,
}: Props & { agents: readonly AgentView[] }) {
  const words = useWords();
  const says = words.floor;
  if (conversationsError) return <Failure text={conversationsError} onRetry={onRetry} className="m-3" />;
  if (!conversations) return <Loading />;
  const shown = conversations.filter((summary) => fits(summary, filter));
  return (
    <>
      {shown.length === 0 ? (
        <Empty icon={MessagesSquare} title={says.noConversations} text={says.noConversationsText} compact />
      ) : (
        <ul className="divide-y divide-line">
          {shown.map((summary) => {
            const standing = standingOf(summary, agents, words);
            return (
              <li key={summary.id}>
                <Link
                  href={`/c/${summary.id}`}
                  className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 -outline-offset-2 hover:bg-hover md:grid-cols-[14rem_1fr_auto_4.5rem]"
                >
                  <span className="truncate text-sm font-medium">
                    {customerNameOf(summary.customer_name, summary.id, words)}
                  </span>
                  <span className="order-last col-span-2 truncate text-sm text-faint md:order-none md:col-span-1">
                    {summary.last_text ?? words.inbox.noText}
                  </span>
                  <Badge tone={standing.tone}>{standing.text}</Badge>
                  <Ago at={summary.last_message_at} className="text-right text-xs text-faint max-md:hidden" />
                </Link>
              </li>
            );
          })}
        </ul>
      )}
      {onMore && (
        <div className="border-t border-line p-2 text-center">
          <Button look="ghost" onClick={onMore}>
            {words.inbox.more}
          </Button>
        </div>
      )}
    </>
  );
}

function standingOf(
  { controller, queue_name, queue }: ConversationSummary,
  agents: readonly AgentView[],
  words: ReturnType<typeof useWords>,
): { text: string; tone: Tone } {
  const says = words.conversation.controller;
  const agent = controller.agent_name ?? nameOf(controller.agent, agents);
  switch (controller.kind) {
    case "bot":
      return { text: says.bot, tone: "plain" };
    case "queued":
      return { text: says.queued(queue_name ?? queue ?? "…"), tone: "warn" };
    case "offered":
      return { text: says.offered(agent), tone: "accent" };
    case "agent":
      return { text: says.agentOther(agent), tone: "good" };
    case "closed":
      return { text: says.closed, tone: "plain" };
  }
}
