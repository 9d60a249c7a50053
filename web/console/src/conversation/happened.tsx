// What happened between the messages: lines, and small cards where there is more to tell.

import type { EventOf, EventView } from "@baton/client/wire";
import {
  ArrowRightLeft,
  BellRing,
  Bot,
  CircleCheck,
  CircleX,
  Flag,
  type LucideIcon,
  Mail,
  Megaphone,
  Star,
  ThumbsDown,
  ThumbsUp,
  UserCheck,
} from "lucide-react";
import { memo, type ReactNode } from "react";
import { nameOf } from "../desk/lists";
import { cx } from "../parts/class-names";
import { useFormats, useWords } from "../words/words";
import { lineOf, type Naming } from "./event-line";

export const Happened = memo(function Happened({ event, naming }: { event: EventView; naming: Naming }) {
  if (event.type === "contact_left") return <ContactLeft event={event} />;
  if (event.type === "handed_back") return <HandedBack event={event} naming={naming} />;
  if (event.type === "survey_answered") return <SurveyAnswered event={event} />;
  const line = lineOf(event, naming);
  if (line === null) return null;
  return <Line icon={iconOf(event)} at={event.at} loud={event.type === "handoff_requested"} text={line} />;
});

function iconOf(event: EventView): LucideIcon | null {
  switch (event.type) {
    case "handoff_requested":
      return Flag;
    case "offer_made":
      return BellRing;
    case "offer_accepted":
    case "handoff_taken":
    case "handoff_assigned":
      return UserCheck;
    case "handoff_moved":
    case "handoff_transferred":
    case "handoff_returned":
      return ArrowRightLeft;
    case "conversation_closed":
    case "wrap_up_ended":
      return CircleCheck;
    case "offer_declined":
    case "offer_expired":
    case "offer_rescinded":
    case "handoff_abandoned":
    case "bot_turn_failed":
    case "promise_broken":
      return CircleX;
    case "answer_rated":
      if (typeof event.helpful !== "boolean") return null;
      return event.helpful ? ThumbsUp : ThumbsDown;
    case "conversation_started":
    case "suggestion_declined":
    case "promise_made":
    case "opinion_given":
    case "timing_marked":
    case "alternative_offered":
    case "staffing_changed":
    case "priority_changed":
    case "survey_offered":
    case "survey_answered":
    case "contact_left":
    case "handed_back":
    case "message_posted":
    case "note_posted":
    case "turn_assessed":
    case "notice_posted":
    case "hidden":
      return null;
  }
}

function Line({ icon: Icon, at, text, loud }: { icon: LucideIcon | null; at: number; text: string; loud: boolean }) {
  const formats = useFormats();
  return (
    <p
      className={cx(
        "mt-2 flex max-w-full items-center gap-1.5 self-center text-center text-xs",
        loud ? "rounded-full bg-warn-tint px-3 py-1 font-medium text-warn-ink" : "text-faint",
      )}
    >
      {Icon && <Icon aria-hidden="true" className="size-3.5 shrink-0" />}
      <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
      <time className="shrink-0" dateTime={new Date(at).toISOString()}>
        {formats.time(at)}
      </time>
    </p>
  );
}

/** What Baton told the customer. */
export const Notice = memo(function Notice({ event }: { event: EventOf<"notice_posted"> }) {
  const words = useWords();
  const formats = useFormats();
  return (
    <div className="mt-3 flex max-w-[min(40rem,92%)] items-start gap-2 self-center rounded-lg bg-sunken px-3 py-2 text-sm text-soft">
      <Megaphone aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-faint" />
      <p className="min-w-0">
        <span className="text-xs font-medium text-faint">
          {words.conversation.system} · {words.conversation.toCustomer} ·{" "}
          <time dateTime={new Date(event.at).toISOString()}>{formats.time(event.at)}</time>
        </span>
        <br />
        {event.text}
      </p>
    </div>
  );
});

function Card({
  icon: Icon,
  title,
  at,
  children,
}: {
  icon: LucideIcon;
  title: string;
  at: number;
  children: ReactNode;
}) {
  const formats = useFormats();
  return (
    <section
      aria-label={title}
      className="mt-3 w-full max-w-md self-center rounded-lg border border-line bg-surface px-3.5 py-3 text-sm shadow-card"
    >
      <h3 className="flex items-center gap-1.5 font-medium">
        <Icon aria-hidden="true" className="size-4 text-faint" />
        <span className="min-w-0 flex-1">{title}</span>
        <time className="text-xs font-normal text-faint" dateTime={new Date(at).toISOString()}>
          {formats.time(at)}
        </time>
      </h3>
      {children}
    </section>
  );
}

function ContactLeft({ event }: { event: EventOf<"contact_left"> }) {
  const words = useWords();
  return (
    <Card icon={Mail} title={words.events.contactLeft} at={event.at}>
      {event.email && (
        <a className="mt-1 block text-accent-ink underline underline-offset-2" href={`mailto:${event.email}`}>
          {event.email}
        </a>
      )}
      {event.text && <p className="mt-1 whitespace-pre-wrap text-soft">{event.text}</p>}
    </Card>
  );
}

function HandedBack({ event, naming }: { event: EventOf<"handed_back">; naming: Naming }) {
  const words = useWords();
  const told = event.handback;
  const lists = told
    ? [
        [words.handBack.facts, told.facts ?? []] as const,
        [words.handBack.promises, told.promises ?? []] as const,
        [words.handBack.openItems, told.open_items ?? []] as const,
      ].filter(([, entries]) => entries.length > 0)
    : [];
  return (
    <Card icon={Bot} title={words.events.handedBack(nameOf(event.agent, naming.agents))} at={event.at}>
      {told?.outcome && (
        <p className="mt-1">
          <span className="text-faint">{words.events.outcome}: </span>
          {told.outcome}
        </p>
      )}
      {lists.map(([title, entries]) => (
        <div key={title} className="mt-2">
          <h4 className="text-xs font-medium text-faint">{title}</h4>
          <ul className="list-disc pl-4 text-soft">
            {entries.map((entry) => (
              <li key={entry}>{entry}</li>
            ))}
          </ul>
        </div>
      ))}
      {told?.note && (
        <p className="mt-2 text-soft">
          <span className="text-faint">{words.handBack.note}: </span>
          {told.note}
        </p>
      )}
    </Card>
  );
}

function SurveyAnswered({ event }: { event: EventOf<"survey_answered"> }) {
  const words = useWords();
  return (
    <Card icon={Star} title={words.events.surveyAnswered(event.rating)} at={event.at}>
      {event.comment && <p className="mt-1 text-soft">“{event.comment}”</p>}
    </Card>
  );
}
