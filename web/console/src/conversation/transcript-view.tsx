// The transcript: keeps to its end unless the reader went up, says what is new below, and jumps to what is cited.

import type { Conversation, Pending } from "@baton/client/conversation";
import type { MeView } from "@baton/client/wire";
import { ArrowDown, Clock, RotateCcw } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { problemSentence } from "../desk/failure";
import { Button } from "../parts/button";
import { Empty, Failure, Loading } from "../parts/screen-states";
import { useNow } from "../time";
import { useFormats, useWords } from "../words/words";
import type { Naming } from "./event-line";
import { Happened, Notice } from "./happened";
import { Message } from "./message";
import { Note } from "./note";
import { type Item, itemsOf, markSeqs } from "./transcript";

/** A jump to a message; `nth` makes two jumps to the same one different. */
export type Jump = { seq: number; nth: number };

type Props = {
  conversation: Conversation;
  me: MeView;
  naming: Naming;
  customerName: string;
  jump: Jump | null;
  onSeen: () => void;
  onVerdict: (message: number) => void;
  onEdit: (pending: Pending) => void;
  onDiscard: (clientId: string) => void;
};

const NEAR_END_PX = 80;
const FLASH_MS = 1600;

export function Transcript(props: Props) {
  const { conversation, naming, customerName, jump, onVerdict } = props;
  const words = useWords();
  const items = useMemo(() => itemsOf(conversation.events), [conversation.events]);
  const marks = markSeqs(conversation);
  const { box, inner, atEnd, toEnd } = useEnd(conversation.id, props.onSeen, conversation.events.length);
  const flash = useJump(jump);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div ref={box} className="scroll-thin relative min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div
          ref={inner}
          role="log"
          aria-label={words.conversation.log}
          aria-live="polite"
          aria-relevant="additions"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="flex min-h-full flex-col justify-end px-3 pt-4 pb-3 outline-offset-[-2px] sm:px-5"
        >
          {!conversation.loaded && items.length === 0 && <Loading />}
          {conversation.loaded && items.length === 0 && (
            <Empty icon={Clock} title={words.inbox.noText} text={words.conversation.empty} compact />
          )}
          {items.map((item) => (
            <Row
              key={item.key}
              conversation={conversation.id}
              item={item}
              naming={naming}
              customerName={customerName}
              flash={"event" in item && item.event.seq === flash}
              mark={
                "event" in item
                  ? item.event.seq === marks.read
                    ? "read"
                    : item.event.seq === marks.delivered
                      ? "delivered"
                      : null
                  : null
              }
              onVerdict={onVerdict}
            />
          ))}
          {conversation.outbox.map((pending) => (
            <Unsent key={pending.clientId} pending={pending} {...props} />
          ))}
          <Typing conversation={conversation} customerName={customerName} />
        </div>
      </div>
      {!atEnd && (
        <Button
          size="small"
          className="absolute bottom-2 left-1/2 -translate-x-1/2 rounded-full shadow-pop"
          onClick={toEnd}
        >
          <ArrowDown aria-hidden="true" className="size-3.5" />
          {words.conversation.toEnd}
        </Button>
      )}
    </div>
  );
}

type RowProps = {
  conversation: string;
  item: Item;
  naming: Naming;
  customerName: string;
  flash: boolean;
  mark: "delivered" | "read" | null;
  onVerdict: (message: number) => void;
};

function Row({ conversation, item, naming, customerName, flash, mark, onVerdict }: RowProps) {
  switch (item.kind) {
    case "day":
      return <Day at={item.at} />;
    case "message":
      return (
        <Message
          conversation={conversation}
          event={item.event}
          follows={item.follows}
          verdict={item.verdict}
          customerName={customerName}
          flash={flash}
          mark={mark}
          onVerdict={onVerdict}
        />
      );
    case "note":
      return <Note event={item.event} flash={flash} />;
    case "notice":
      return <Notice event={item.event} />;
    case "happened":
      return <Happened event={item.event} naming={naming} />;
  }
}

function Day({ at }: { at: number }) {
  const formats = useFormats();
  const now = useNow(60_000);
  return (
    <h2 className="mt-4 flex items-center gap-3 text-xs font-medium text-faint first:mt-0">
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
      <time className="first-letter:uppercase" dateTime={new Date(at).toISOString()}>
        {formats.day(at, now)}
      </time>
      <span aria-hidden="true" className="h-px flex-1 bg-line" />
    </h2>
  );
}

function Unsent({ pending, conversation, me, onEdit, onDiscard }: Props & { pending: Pending }) {
  const words = useWords();
  const { status } = pending;
  const holder = conversation.state?.controller;
  const whoHas = holder?.kind === "agent" && holder.agent !== me.agent ? (holder.agent_name ?? holder.agent) : null;
  return (
    <article
      aria-label={words.composer.reply}
      className="mt-2 flex max-w-[min(46rem,92%)] flex-col items-end gap-1 self-end"
    >
      <p
        className={`rounded-xl px-3 py-2 text-base whitespace-pre-wrap ring-1 [overflow-wrap:anywhere] ${
          status.at === "failed" ? "bg-bad-tint ring-bad-line" : "bg-accent-tint opacity-75 ring-accent-line"
        }`}
      >
        {pending.text || (pending.attachments ?? []).map(({ name }) => name).join(", ")}
      </p>
      {status.at === "failed" ? (
        <>
          <Failure
            text={
              whoHas
                ? words.composer.refusedHas(whoHas)
                : words.composer.refused(problemSentence(status.problem, words))
            }
          />
          <div className="flex gap-1.5">
            <Button size="small" onClick={() => onEdit(pending)}>
              <RotateCcw aria-hidden="true" className="size-3.5" />
              {words.conversation.edit}
            </Button>
            <Button size="small" look="ghost" onClick={() => onDiscard(pending.clientId)}>
              {words.conversation.discard}
            </Button>
          </div>
        </>
      ) : (
        <p className="flex items-center gap-1 text-2xs text-faint">
          <Clock aria-hidden="true" className="size-3" />
          {status.at === "unsent"
            ? words.conversation.waiting
            : status.at === "sent"
              ? words.conversation.sending
              : words.conversation.sent}
        </p>
      )}
    </article>
  );
}

function Typing({ conversation, customerName }: { conversation: Conversation; customerName: string }) {
  const words = useWords();
  const lines = conversation.typing.map(({ author }) =>
    words.conversation.typing(
      author.name || (author.kind === "customer" ? customerName : words.conversation[author.kind]),
    ),
  );
  if (conversation.state?.bot_owes) lines.push(words.conversation.botWriting);
  return (
    <p aria-live="off" className="mt-2 flex h-5 items-center gap-2 text-xs text-faint">
      {lines.length > 0 && (
        <>
          <span aria-hidden="true" className="flex gap-0.5">
            <span className="size-1.5 animate-pulse-soft rounded-full bg-faint" />
            <span className="size-1.5 animate-pulse-soft rounded-full bg-faint [animation-delay:200ms]" />
            <span className="size-1.5 animate-pulse-soft rounded-full bg-faint [animation-delay:400ms]" />
          </span>
          {lines.join(" · ")}
        </>
      )}
    </p>
  );
}

/** Sticks to the end while the reader is there; what is there and looked at counts as read. */
function useEnd(conversation: string, onSeen: () => void, length: number) {
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const sticking = useRef(true);

  const toEnd = useCallback(() => box.current?.scrollTo({ top: box.current.scrollHeight }), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation starts at its end
  useLayoutEffect(() => {
    sticking.current = true;
    setAtEnd(true);
    toEnd();
  }, [conversation, toEnd]);

  useEffect(() => {
    const scrolled = box.current;
    const content = inner.current;
    if (!scrolled || !content) return;
    const look = () => {
      const near = scrolled.scrollHeight - scrolled.scrollTop - scrolled.clientHeight < NEAR_END_PX;
      sticking.current = near;
      setAtEnd(near);
    };
    // Content and box both change their heights: new messages, the composer growing, a keyboard opening.
    const grown = new ResizeObserver(() => {
      if (sticking.current) toEnd();
    });
    grown.observe(content);
    grown.observe(scrolled);
    scrolled.addEventListener("scroll", look, { passive: true });
    return () => {
      grown.disconnect();
      scrolled.removeEventListener("scroll", look);
    };
  }, [toEnd]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again whenever there is more
  useEffect(() => {
    const look = () => {
      if (atEnd && document.visibilityState === "visible") onSeen();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [atEnd, length, onSeen]);

  return { box, inner, atEnd, toEnd };
}

/** Brings a message into view and marks it for a moment. */
function useJump(jump: Jump | null): number | null {
  const [flash, setFlash] = useState<number | null>(null);
  useEffect(() => {
    if (!jump) return;
    const message = document.getElementById(`message-${jump.seq}`);
    if (!message) return;
    message.scrollIntoView({ block: "center" });
    message.focus({ preventScroll: true });
    setFlash(jump.seq);
    const timer = setTimeout(() => setFlash(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [jump]);
  return flash;
}
