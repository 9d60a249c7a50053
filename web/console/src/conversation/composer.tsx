// Where the agent writes: a reply to the customer, or a private note in a colour of its own.

import type { ConnectionState } from "@baton/client/connection";
import type { AgentView, AttachmentView, ConversationView, MeView, QuickReplyView } from "@baton/client/wire";
import { Lightbulb, LockKeyhole, Paperclip, SendHorizontal, Undo2 } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { type DraftKind, useDraft } from "../desk/drafts";
import { UNDO_SECONDS, useHeld } from "../desk/held";
import { useStored } from "../desk/stored";
import { Button } from "../parts/button";
import { cx } from "../parts/class-names";
import { Kbd } from "../parts/marks";
import { Failure } from "../parts/screen-states";
import type { Words } from "../words/words";
import { useWords } from "../words/words";
import { useListing } from "./composing";
import { Uploading } from "./files";
import { mentionsIn } from "./mentions";
import { PickerList, usePicker } from "./picker";
import { Suggestions } from "./suggestions";
import { filesOf, type Sender, useUploads } from "./uploads";

type Props = {
  state: ConversationView;
  me: MeView;
  connection: ConnectionState;
  customerName: string;
  kind: DraftKind;
  onKind: (kind: DraftKind) => void;
  onSend: (text: string, files: readonly AttachmentView[]) => void;
  onNote: (text: string, mentions: string[]) => Promise<unknown>;
  noteError: string | null;
  onTyping: (active: boolean) => void;
  replies: readonly QuickReplyView[];
  agents: readonly AgentView[];
  /** The event up to which answers were suggested; another one asks anew. */
  asked: number;
  sendFile?: Sender;
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
  const uploads = useUploads(state.id, props.sendFile);
  const chooser = useRef<HTMLInputElement>(null);
  const [suggesting, setSuggesting] = useState(false);
  const [undoSeconds] = useStored("undo", UNDO_SECONDS, "0");
  const held = useHeld(state.id, onSend);
  const listing = useListing({
    field,
    kind,
    text,
    setText,
    state,
    me,
    replies: props.replies,
    agents: props.agents,
    words,
  });
  const choices = listing.shown?.choices ?? [];
  const picker = usePicker(choices, listing.choose, listing.close);

  if (!may.reply && !may.note) {
    return (
      <p className="border-t border-line bg-surface px-5 py-4 text-center text-sm text-faint">
        {whyNot(state, me, words)}
      </p>
    );
  }

  const over = new TextEncoder().encode(text).length - TEXT_BYTES_MAX;
  const hasFiles = kind === "reply" && uploads.files.length > 0;
  const canSend = (text.trim() !== "" || hasFiles) && over <= 0 && (kind === "note" || uploads.ready);

  const submit = () => {
    if (!canSend) return;
    if (kind === "reply") {
      if (undoSeconds === "0") onSend(text, uploads.files);
      else held.hold(text, uploads.files, Number(undoSeconds));
      setText("");
      uploads.clear();
      setSuggesting(false);
    } else {
      // The text stays until the server has it: a note is not kept anywhere else.
      onNote(
        text,
        mentionsIn(
          text,
          props.agents.map(({ agent }) => agent),
        ),
      ).then(
        () => setText(""),
        () => {},
      );
    }
    field.current?.focus();
  };

  const press = (event: KeyboardEvent) => {
    if (!event.nativeEvent.isComposing && !event.shiftKey && picker.press(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
    if (event.key === "Escape") field.current?.blur();
  };

  return (
    <section
      aria-label={kind === "reply" ? words.composer.replyLabel : words.composer.noteLabel}
      onDragOver={(event) => kind === "reply" && event.preventDefault()}
      onDrop={(event) => {
        if (kind !== "reply") return;
        event.preventDefault();
        uploads.add(filesOf(event.dataTransfer));
      }}
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
      {held.held && (
        <p role="status" className="mt-2 flex items-center gap-2 rounded-md bg-sunken px-3 py-1.5 text-sm">
          <span className="min-w-0 flex-1 truncate">{words.undo.waiting(held.held.text)}</span>
          <Button
            size="small"
            onClick={() => {
              const back = held.takeBack();
              if (back) setText(text === "" ? back.text : `${back.text}\n${text}`);
              field.current?.focus();
            }}
          >
            <Undo2 aria-hidden="true" className="size-3.5" />
            {words.undo.takeBack}
          </Button>
          <Button size="small" look="ghost" onClick={held.sendNow}>
            {words.undo.sendNow}
          </Button>
        </p>
      )}
      {kind === "reply" && suggesting && (
        <Suggestions
          conversation={state.id}
          asked={props.asked}
          onInsert={(passage) => {
            setText(text === "" ? passage : `${text}\n${passage}`);
            setSuggesting(false);
            field.current?.focus();
          }}
          onClose={() => setSuggesting(false)}
        />
      )}
      {listing.shown && (
        <PickerList picker={picker} label={listing.shown.label} choices={choices} onChoose={listing.choose} />
      )}
      {kind === "reply" && <Uploading conversation={state.id} uploads={uploads} />}
      <div
        className={cx(
          "mt-2 flex items-end gap-2 rounded-lg border bg-surface p-1.5 pl-3 shadow-card focus-within:border-accent",
          kind === "note" ? "border-warn-line focus-within:border-warn" : "border-line",
        )}
      >
        {kind === "reply" && (
          <>
            <input
              ref={chooser}
              type="file"
              multiple
              tabIndex={-1}
              aria-label={words.files.add}
              className="sr-only"
              onChange={(event) => {
                uploads.add([...(event.target.files ?? [])]);
                event.target.value = "";
              }}
            />
            <Button look="ghost" size="small" aria-label={words.files.add} onClick={() => chooser.current?.click()}>
              <Paperclip aria-hidden="true" className="size-4" />
            </Button>
            <Button
              look="ghost"
              size="small"
              aria-label={words.suggest.title}
              aria-expanded={suggesting}
              onClick={() => setSuggesting(!suggesting)}
            >
              <Lightbulb aria-hidden="true" className="size-4" />
            </Button>
          </>
        )}
        <textarea
          ref={field}
          id="composer"
          rows={1}
          dir="auto"
          // What is written to the customer is spelled in their language.
          lang={kind === "reply" ? state.language : undefined}
          spellCheck
          aria-autocomplete="list"
          aria-controls={listing.shown ? picker.id : undefined}
          aria-activedescendant={listing.shown ? picker.activeId : undefined}
          aria-label={kind === "reply" ? words.composer.replyLabel : words.composer.noteLabel}
          aria-describedby={over > 0 ? "composer-over" : undefined}
          placeholder={kind === "reply" ? words.composer.replyTo(customerName) : words.composer.notePlaceholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            listing.look();
            if (kind === "reply") onTyping(event.target.value !== "");
          }}
          onSelect={listing.look}
          onPaste={(event) => {
            const files = filesOf(event.clipboardData);
            if (kind !== "reply" || files.length === 0) return;
            event.preventDefault();
            uploads.add(files);
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
          <>
            <span>{words.composer.markdown}</span>
            <span>
              <Kbd>/</Kbd> {words.quick.title}
            </span>
            <span>
              <Kbd>:</Kbd> {words.quick.emoji}
            </span>
          </>
        ) : (
          <span className="text-warn-ink">
            {words.conversation.noteHint} <Kbd>@</Kbd> {words.quick.colleagues}
          </span>
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
