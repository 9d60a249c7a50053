// One message: who wrote it is never in doubt.

import type { EventOf, VerdictView } from "@baton/client/wire";
import { Bot, Check, CheckCheck, FileText } from "lucide-react";
import { memo } from "react";
import { cx } from "../parts/class-names";
import { Badge, Initials } from "../parts/marks";
import { useFormats, useWords } from "../words/words";
import { pieces } from "./bytes";
import { Files } from "./files";
import { SafeHtml } from "./safe-html";

type Props = {
  conversation: string;
  event: EventOf<"message_posted">;
  follows: boolean;
  verdict: VerdictView | null;
  customerName: string;
  flash: boolean;
  mark: "delivered" | "read" | null;
  onVerdict: (message: number) => void;
};

export const Message = memo(function Message({
  conversation,
  event,
  follows,
  verdict,
  customerName,
  flash,
  mark,
  onVerdict,
}: Props) {
  const words = useWords();
  const formats = useFormats();
  const { kind } = event.author;
  const fromCustomer = kind === "customer";
  const name = event.author.name || (fromCustomer ? customerName : words.conversation[kind]);
  return (
    <article
      id={`message-${event.seq}`}
      tabIndex={-1}
      aria-label={`${name}, ${words.conversation[kind]}, ${formats.time(event.at)}`}
      className={cx(
        "flex max-w-[min(46rem,92%)] gap-2.5 rounded-lg outline-none",
        fromCustomer ? "self-start" : "flex-row-reverse self-end",
        follows ? "mt-1" : "mt-4",
      )}
    >
      <div className="w-8 shrink-0 max-sm:hidden">
        {!follows &&
          (kind === "bot" ? (
            <span aria-hidden="true" className="grid size-8 place-items-center rounded-full bg-sunken text-soft">
              <Bot className="size-4" />
            </span>
          ) : (
            <Initials name={name} />
          ))}
      </div>
      <div className={cx("flex min-w-0 flex-col gap-1", fromCustomer ? "items-start" : "items-end")}>
        {!follows && (
          <p className="flex flex-wrap items-center gap-x-1.5 text-xs">
            <span className="font-medium">{name}</span>
            {kind !== "customer" && <span className="text-faint">{words.conversation[kind]}</span>}
            <time className="text-faint" dateTime={new Date(event.at).toISOString()}>
              {formats.time(event.at)}
            </time>
          </p>
        )}
        <div
          className={cx(
            "max-w-full min-w-0 rounded-xl px-3 py-2 text-base transition-shadow",
            kind === "customer" && "bg-surface shadow-card ring-1 ring-line",
            kind === "bot" && "border border-dashed border-strong bg-transparent text-soft",
            kind === "agent" && "bg-accent-tint text-ink ring-1 ring-accent-line",
            flash && "ring-2 ring-accent",
          )}
        >
          {(event.text !== "" || event.erased) && <Body event={event} verdict={verdict} />}
          <Files conversation={conversation} files={event.attachments ?? []} />
          <Parts event={event} />
          {event.sources.length > 0 && (
            <ul aria-label={words.conversation.sources} className="mt-2 flex flex-wrap gap-1.5">
              {event.sources.map((source) => (
                <li key={source.href}>
                  <a
                    href={source.href}
                    target="_blank"
                    rel="noopener noreferrer"
                    className="inline-flex min-h-6 items-center gap-1 rounded-md bg-sunken px-2 text-xs text-soft hover:text-ink"
                  >
                    <FileText aria-hidden="true" className="size-3" />
                    {source.title}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="flex items-center gap-1.5 empty:hidden">
          {kind === "bot" && event.knew === false && <Badge tone="warn">{words.conversation.didNotKnow}</Badge>}
          {verdict && verdict.kind !== "keep" && (
            <button
              type="button"
              onClick={() => onVerdict(event.seq)}
              title={words.conversation.seeVerdict}
              className="rounded-full"
            >
              <Badge tone={verdict.kind === "hand_off" ? "bad" : "warn"}>{words.verdicts[verdict.kind]}</Badge>
            </button>
          )}
          {mark && (
            <span className="flex items-center gap-1 text-2xs text-faint">
              {mark === "read" ? (
                <CheckCheck aria-hidden="true" className="size-3 text-accent-ink" />
              ) : (
                <Check aria-hidden="true" className="size-3" />
              )}
              {words.conversation[mark]}
            </span>
          )}
        </div>
      </div>
    </article>
  );
});

function Body({ event, verdict }: { event: EventOf<"message_posted">; verdict: VerdictView | null }) {
  const words = useWords();
  if (event.erased) return <p className="text-faint italic">{words.conversation.erased}</p>;
  if (event.html && event.author.kind !== "customer") return <SafeHtml html={event.html} />;
  const spans = verdict && verdict.kind !== "keep" ? verdict.signals.flatMap(({ span }) => (span ? [span] : [])) : [];
  return (
    <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      <Marked text={event.text} spans={spans} />
    </p>
  );
}

/** A text with the evidence of its verdict marked. */
export function Marked({ text, spans }: { text: string; spans: Parameters<typeof pieces>[1] }) {
  let at = 0;
  return pieces(text, spans).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.marked ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
  });
}

/** The cards and buttons that the customer was given; here they are only looked at. */
function Parts({ event }: { event: EventOf<"message_posted"> }) {
  const cards = event.cards ?? [];
  const labels = [...(event.actions ?? []), ...cards.flatMap((card) => card.actions ?? [])];
  return (
    <>
      {cards.map((card) => (
        <p key={card.title} className="mt-2 rounded-lg border border-line px-2.5 py-1.5 text-sm">
          <b className="font-medium">{card.title}</b>
          {card.text && <span className="block text-soft">{card.text}</span>}
        </p>
      ))}
      {labels.length > 0 && (
        <p className="mt-2 flex flex-wrap gap-1.5">
          {labels.map((action) => (
            <span key={action.label} className="rounded-full border border-line px-2 text-xs text-soft">
              {action.label}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
