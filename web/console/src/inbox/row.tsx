// One conversation in a list.

import type { AuthorView, ConversationSummary, MeView } from "@baton/client/wire";
import { BellRing, Bot, CornerUpLeft } from "lucide-react";
import { Link } from "wouter";
import { customerNameOf } from "../desk/lists";
import { cx } from "../parts/class-names";
import { Badge, Count, Initials } from "../parts/marks";
import { Ago, Elapsed } from "../time";
import { useWords } from "../words/words";

type Props = { summary: ConversationSummary; me: MeView; selected: boolean; place: number | null };

export function Row({ summary, me, selected, place }: Props) {
  const words = useWords();
  const name = customerNameOf(summary.customer_name, summary.id, words);
  const { controller } = summary;
  const waits = place !== null && summary.since != null;
  return (
    <Link
      href={`/c/${summary.id}`}
      data-row
      aria-current={selected ? "page" : undefined}
      className={cx(
        "flex items-start gap-2.5 rounded-lg px-2 py-2 -outline-offset-2",
        selected ? "bg-accent-tint" : "hover:bg-hover",
      )}
    >
      <Initials name={name} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex items-baseline gap-2">
          <span className={cx("min-w-0 flex-1 truncate text-sm", summary.unread > 0 ? "font-semibold" : "font-medium")}>
            {name}
          </span>
          {waits ? (
            <span className="text-xs font-medium text-warn-ink tabular-nums">
              <span className="sr-only">{words.inbox.waiting} </span>
              <Elapsed since={summary.since ?? 0} />
            </span>
          ) : (
            <Ago at={summary.last_message_at} className="text-xs text-faint" />
          )}
        </span>
        <span className="flex items-center gap-1.5">
          <span className={cx("min-w-0 flex-1 truncate text-xs", summary.unread > 0 ? "text-ink" : "text-faint")}>
            {summary.last_text ? (
              <>
                <By author={summary.last_author} me={me} />
                {summary.last_text}
              </>
            ) : (
              words.inbox.noText
            )}
          </span>
          {summary.unread > 0 && place === null && (
            <Count value={summary.unread} label={words.inbox.unread(summary.unread)} />
          )}
        </span>
        <span className="flex flex-wrap gap-1 pt-1 empty:hidden">
          {waits && <Badge tone="warn">{words.inbox.place(place)}</Badge>}
          {controller.kind === "offered" && (
            <Badge tone="accent">
              <BellRing aria-hidden="true" className="size-3" />
              {controller.agent === me.agent
                ? words.inbox.ringing
                : words.inbox.asking(controller.agent_name ?? controller.agent ?? words.nobody)}
            </Badge>
          )}
          {summary.wrapping_up && summary.agents.includes(me.agent) && (
            <Badge tone="accent">{words.inbox.wrappingUp}</Badge>
          )}
          {place !== null && summary.queue_name && <Badge>{summary.queue_name}</Badge>}
        </span>
      </span>
    </Link>
  );
}

/** Who wrote the last line, as an icon or a word in front of it. */
function By({ author, me }: { author: AuthorView | null | undefined; me: MeView }) {
  const words = useWords();
  switch (author?.kind) {
    case "bot":
      return (
        <>
          <Bot aria-hidden="true" className="mr-1 inline size-3 align-[-2px]" />
          <span className="sr-only">{words.conversation.bot}: </span>
        </>
      );
    case "agent":
      return (
        <>
          <CornerUpLeft aria-hidden="true" className="mr-1 inline size-3 align-[-2px]" />
          <span className="sr-only">{author.agent === me.agent ? words.inbox.you : author.name}: </span>
        </>
      );
    case "customer":
    case undefined:
      return null;
  }
}
