import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { type Line, linesOf, receiptOf, writerOf } from "../phase.ts";
import { fill } from "../words/catalogue.ts";
import { Avatar } from "./Avatar.tsx";
import { useFollow } from "./follow.ts";
import { DownIcon } from "./icons.tsx";
import { lazily } from "./lazily.tsx";
import { Message, PendingMessage, Theirs } from "./Message.tsx";
import type { Show } from "./show.ts";

const Survey = lazily(async () => (await import("./Survey.tsx")).Survey);

/** Everything that was said, read out politely as it comes. */
export function Log(show: Show) {
  const { state, speech, actions } = show;
  const { conversation, channel } = state;
  const lines = useMemo(
    () => (conversation ? linesOf(conversation, zoneOffsetMs(show.now)) : []),
    [conversation, show.now],
  );
  const receipt = conversation && receiptOf(conversation);
  const writer = conversation && writerOf(conversation, channel?.bot_name ?? "");
  const last = lines.at(-1);
  const own = last?.kind === "pending" ? last.key : null;
  const { box, content, atEnd, toEnd, onScroll } = useFollow(own, lines.length, `${writer?.kind} ${receipt?.receipt}`);
  // The same rows as long as nothing in them changed: what is being typed draws none of them again.
  const rows = useMemo(
    () =>
      lines.map((line) => (
        <LineOf
          key={line.key}
          line={line}
          last={last}
          receipt={line.key === receipt?.key ? receipt.receipt : null}
          {...show}
        />
      )),
    [lines, receipt?.key, receipt?.receipt, state.lost, state.busy, state.shown, conversation?.state, state.channel],
  );

  useEffect(() => {
    if (atEnd && state.looking) actions.seen();
  }, [atEnd, state.looking, conversation?.events.length, conversation?.loaded]);

  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-label={speech.words.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        ref={box}
        onScroll={onScroll}
      >
        <div class="lines" ref={content}>
          <Greeting {...show} alone={lines.length === 0} />
          {rows}
          {writer && (
            <div class="line theirs first writing" aria-live="off">
              <Avatar kind={writer.kind} name={writer.name} />
              <p class="bubble">
                <span class="hidden">{fill(speech.words.typing, { name: writer.name })}</span>
                <i />
                <i />
                <i />
              </p>
            </div>
          )}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class="to-end" onClick={toEnd}>
          <DownIcon /> {state.unread > 0 && <b>{speech.formats.number(state.unread)}</b>}
          <span class="hidden">{speech.words.newMessages}</span>
        </button>
      )}
    </div>
  );
}

/** What the channel says before anybody wrote, and what could be asked. */
function Greeting({ state, actions, speech, alone }: Show & { alone: boolean }) {
  const { channel } = state;
  const { words } = speech;
  if (!channel) return null;
  return (
    <>
      <p class="disclosure">{fill(words.disclosure, { name: channel.bot_name })}</p>
      <Theirs author={{ kind: "bot", name: channel.bot_name }} first time={null} words={words}>
        <div class="bubble">
          <p class="plain" dir="auto">
            {channel.greeting}
          </p>
        </div>
      </Theirs>
      {alone && channel.suggestions.length > 0 && (
        <ul class="suggestions" aria-label={words.suggestions}>
          {channel.suggestions.map((text) => (
            <li key={text}>
              <button type="button" onClick={() => actions.write(text)}>
                {text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function LineOf(props: Show & { line: Line; last: Line | undefined; receipt: "sent" | "delivered" | "read" | null }) {
  const { line, state, actions, speech } = props;
  const { words, formats } = speech;
  switch (line.kind) {
    case "day":
      return <Note>{formats.day(line.at, props.now)}</Note>;
    case "message":
      return <Message {...props} line={line} last={line === props.last} />;
    case "pending":
      return (
        <PendingMessage
          pending={line.pending}
          first={line.first}
          last={line === props.last}
          online={!state.lost}
          actions={actions}
          speech={speech}
        />
      );
    case "notice":
      if (line.notice === "agent_joined") return <Joined name={line.name ?? ""} text={line.text} />;
      return <Note>{line.text}</Note>;
    case "survey":
      return <Survey handoff={line.handoff} state={state} actions={actions} speech={speech} />;
    case "rated":
      return (
        <Note>
          {words.surveyThanks} {fill(words.rated, { rating: formats.number(line.rating) })}
        </Note>
      );
    case "ended":
      return <Note>{words.ended}</Note>;
  }
}

function Note({ children }: { children: ComponentChildren }) {
  return <p class="note">{children}</p>;
}

/** The takeover by a person, which must not be overlooked. */
function Joined({ name, text }: { name: string; text: string }) {
  return (
    <div class="card joined">
      <Avatar kind="agent" name={name} />
      <p>{text}</p>
    </div>
  );
}

function zoneOffsetMs(now: number): number {
  return -new Date(now).getTimezoneOffset() * 60_000;
}
