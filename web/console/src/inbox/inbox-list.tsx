// The left pane: mine, the queue, recently closed.

import type { ConversationSummary, MeView } from "@baton/client/wire";
import { Inbox } from "lucide-react";
import type { ReactNode } from "react";
import { byAttention, byLast, bySince } from "../desk/lists";
import { Count } from "../parts/marks";
import { Empty, Failure, Loading } from "../parts/screen-states";
import { useWords } from "../words/words";
import { Row } from "./row";

/** A list that is being fetched, is there, or could not be had. */
export type Loadable =
  | { at: "loading" }
  | { at: "there"; rows: readonly ConversationSummary[]; more: boolean }
  | { at: "failed"; why: string };

type Props = {
  me: MeView;
  mine: Loadable;
  queue: Loadable;
  recent: Loadable;
  selected: string | null;
  onRetry: () => void;
};

export function InboxList({ me, mine, queue, recent, selected, onRetry }: Props) {
  const words = useWords();
  const row = (summary: ConversationSummary, index: number, inQueue: boolean) => (
    <Row
      key={summary.id}
      summary={summary}
      me={me}
      selected={summary.id === selected}
      place={inQueue ? index + 1 : null}
    />
  );
  return (
    <nav aria-label={words.inbox.label} className="scroll-thin relative min-h-0 flex-1 overflow-y-auto pb-4">
      <List title={words.inbox.mine} list={mine} onRetry={onRetry}>
        {(rows) =>
          rows.length > 0 ? (
            byAttention(rows).map((summary, index) => row(summary, index, false))
          ) : (
            <Empty
              icon={Inbox}
              title={words.inbox.mineEmpty}
              text={me.availability === "available" ? words.inbox.mineEmptyAvailable : words.inbox.mineEmptyAway}
              compact
            />
          )
        }
      </List>
      <List title={words.inbox.queue} list={withoutMine(queue, me)} onRetry={onRetry}>
        {(rows) =>
          rows.length > 0 ? (
            bySince(rows).map((summary, index) => row(summary, index, true))
          ) : (
            <Nothing text={words.inbox.queueEmpty} />
          )
        }
      </List>
      <List title={words.inbox.recent} list={recent} onRetry={onRetry}>
        {(rows) =>
          rows.length > 0 ? (
            byLast(rows).map((summary, index) => row(summary, index, false))
          ) : (
            <Nothing text={words.inbox.recentEmpty} />
          )
        }
      </List>
    </nav>
  );
}

function List({
  title,
  list,
  onRetry,
  children,
}: {
  title: string;
  list: Loadable;
  onRetry: () => void;
  children: (rows: readonly ConversationSummary[]) => ReactNode;
}) {
  return (
    <section aria-label={title}>
      <h2 className="sticky top-0 z-10 flex h-9 items-center gap-2 bg-surface px-4 text-xs font-semibold text-faint">
        {title}
        {list.at === "there" && list.rows.length > 0 && <Count value={list.rows.length} tone="plain" />}
      </h2>
      {list.at === "loading" && <Loading />}
      {list.at === "failed" && <Failure text={list.why} onRetry={onRetry} className="mx-3" />}
      {list.at === "there" && <div className="px-2">{children(list.rows)}</div>}
    </section>
  );
}

function Nothing({ text }: { text: string }) {
  return <p className="px-2 pb-2 text-xs text-faint">{text}</p>;
}

/** What rings here is mine already, though it still has its place in the queue. */
function withoutMine(list: Loadable, me: MeView): Loadable {
  return list.at === "there" ? { ...list, rows: list.rows.filter(({ agents }) => !agents.includes(me.agent)) } : list;
}
