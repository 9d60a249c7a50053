// Where the agent writes: a reply to the customer, or a private note in a colour of its own.

import type { ConnectionState } from "@baton/client/connection";
import type { ConversationView, MeView } from "@baton/client/wire";
import { LockKeyhole, SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { type DraftKind, useDraft } from "../desk/drafts";
import { Button } from "../parts/button";
import { cx } from "../parts/class-names";
import { Kbd } from "../parts/marks";
import { Failure } from "../parts/screen-states";
import type { Words } from "../words/words";
import { useWords } from "../words/words";

type Props = {
  state: ConversationView;
  me: MeView;
  connection: ConnectionState;
  customerName: string;
  kind: DraftKind;
  onKind: (kind: DraftKind) => void;
  onSend: (text: string) => void;
  onNote: (text: string) => Promise<unknown>;
  noteError: string | null;
  onTyping: (active: boolean) => void;
};

/** As the server counts. */
const TEXT_BYTES_MAX = 16 * 1024;
const HEIGHT_MAX_PX = 220;

export function Composer(props: Props) {
  const { state, me, connection, customerName, onKind, onSend, onNote, noteError, onTyping } = props;
  const words = useWords();
  const may = { reply: state.can.includes("post_message"), note: state.can.includes("post_note") };
  const kind: DraftKind = props.kind === "note" ? (may.note ? "note" : "reply") : may.reply ? "reply" : "note";
  const [text, setText] = useDraft(state.id, kind);
  const field = useRef<HTMLTextAreaElement>(null);
  useHeight(field, text);

  if (!may.reply && !may.note) {
    return (
      <p className="border-t border-line bg-surface px-5 py-4 text-center text-sm text-faint">
        {whyNot(state, me, words)}
      </p>
    );
  }

  const over = new TextEncoder().encode(text).length - TEXT_BYTES_MAX;
  const canSend = text.trim() !== "" && over <= 0;

  const submit = () => {
    if (!canSend) return;
    if (kind === "reply") {
      onSend(text);
      setText("");
    } else {
      // The text stays until the server has it: a note is not kept anywhere else.
      onNote(text).then(
        () => setText(""),
        () => {},
      );
    }
    field.current?.focus();
  };

  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
    if (event.key === "Escape") field.current?.blur();
  };

  return (
    <section
      aria-label={kind === "reply" ? words.composer.replyLabel : words.composer.noteLabel}
      className={cx(
        "border-t px-3 pt-2 pb-3 sm:px-5",
        kind === "note" ? "border-warn-line bg-warn-tint" : "border-line bg-surface",
      )}
    >
      <div className="flex items-center gap-1">
        <Tab kind="reply" current={kind} disabled={!may.reply} onKind={onKind} />
        <Tab kind="note" current={kind} disabled={!may.note} onKind={onKind} />
        {!may.reply && <p className="ml-2 min-w-0 text-xs text-soft">{whyNot(state, me, words)}</p>}
        {may.reply && state.controller.agent !== me.agent && (
          <p className="ml-2 min-w-0 text-xs text-soft">
            {words.conversation.controller.agentOther(state.controller.agent_name ?? words.nobody)}
          </p>
        )}
      </div>
      {kind === "note" && noteError && <Failure text={words.composer.refused(noteError)} className="mt-2" />}
      <div
        className={cx(
          "mt-2 flex items-end gap-2 rounded-lg border bg-surface p-1.5 pl-3 shadow-card focus-within:border-accent",
          kind === "note" ? "border-warn-line focus-within:border-warn" : "border-line",
        )}
      >
        <textarea
          ref={field}
          id="composer"
          rows={1}
          aria-label={kind === "reply" ? words.composer.replyLabel : words.composer.noteLabel}
          aria-describedby={over > 0 ? "composer-over" : undefined}
          placeholder={kind === "reply" ? words.composer.replyTo(customerName) : words.composer.notePlaceholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            if (kind === "reply") onTyping(event.target.value !== "");
          }}
          onBlur={() => kind === "reply" && onTyping(false)}
          onKeyDown={press}
          className="scroll-thin min-h-8 min-w-0 flex-1 resize-none self-center bg-transparent py-1.5 text-base outline-none"
        />
        <Button
          look="primary"
          onClick={submit}
          disabled={!canSend}
          className={kind === "note" ? "bg-warn-ink! text-surface!" : ""}
        >
          {kind === "note" ? (
            <LockKeyhole aria-hidden="true" className="size-3.5" />
          ) : (
            <SendHorizontal aria-hidden="true" className="size-3.5" />
          )}
          <span className="max-sm:sr-only">{kind === "reply" ? words.composer.send : words.composer.addNote}</span>
        </Button>
      </div>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-faint max-sm:hidden">
        <span>
          <Kbd>↵</Kbd> {words.composer.sendHint}
        </span>
        <span>
          <Kbd>⇧</Kbd> <Kbd>↵</Kbd> {words.composer.lineHint}
        </span>
        {kind === "reply" ? (
          <span>{words.composer.markdown}</span>
        ) : (
          <span className="text-warn-ink">{words.conversation.noteHint}</span>
        )}
      </p>
      {over > 0 && (
        <p id="composer-over" className="mt-1 text-xs text-bad-ink">
          {words.composer.tooLong(over)}
        </p>
      )}
      {connection.at !== "live" && kind === "reply" && (
        <p role="status" className="mt-1 text-xs text-warn-ink">
          {words.connection.keeps}
        </p>
      )}
    </section>
  );
}

function Tab({
  kind,
  current,
  disabled,
  onKind,
}: {
  kind: DraftKind;
  current: DraftKind;
  disabled: boolean;
  onKind: (kind: DraftKind) => void;
}) {
  const words = useWords();
  if (disabled) return null;
  return (
    <button
      type="button"
      aria-pressed={kind === current}
      onClick={() => onKind(kind)}
      className={cx(
        "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-xs font-medium whitespace-nowrap",
        kind === current
          ? kind === "note"
            ? "bg-surface text-warn-ink shadow-card"
            : "bg-sunken text-ink"
          : "text-soft hover:text-ink",
      )}
    >
      {kind === "note" && <LockKeyhole aria-hidden="true" className="size-3" />}
      {words.composer[kind]}
    </button>
  );
}

/** Why no reply can be sent, and who has it. */
function whyNot(state: ConversationView, me: MeView, words: Words): string {
  const { kind, agent, agent_name: name } = state.controller;
  switch (kind) {
    case "bot":
      return words.composer.why.bot;
    case "queued":
      return words.composer.why.queued;
    case "offered":
      return agent === me.agent ? words.composer.why.offeredYou : words.composer.why.offered(name ?? words.nobody);
    case "agent":
      return words.composer.why.agent(name ?? words.nobody);
    case "closed":
      return words.composer.why.closed;
  }
}

/** Grows with the text, up to a bound. */
function useHeight(field: { current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, HEIGHT_MAX_PX)}px`;
  }, [text]);
}
