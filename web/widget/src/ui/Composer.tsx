import { useLayoutEffect, useRef } from "preact/hooks";
import type { WidgetState } from "../widget.ts";
import { ClipIcon, SendIcon } from "./icons.tsx";
import { lazily } from "./lazily.tsx";
import type { Show } from "./show.ts";

/** The server takes 16 KiB; at four bytes a character this is always within. */
const LENGTH_MAX = 4_000;
/** From here on it is said that a message has an end. */
const LENGTH_NEAR = 3_900;

const Uploads = lazily(async () => (await import("./Uploads.tsx")).Uploads);

/** Files go where messages go, once there is a channel to send them to. */
export function canAttach(state: WidgetState): boolean {
  return state.channel !== null && (state.conversation?.state?.can.includes("post_message") ?? true);
}

export function Composer({ state, actions, speech }: Show) {
  const { words } = speech;
  const box = useRef<HTMLTextAreaElement>(null);
  const text = state.draft;

  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    current.style.height = "auto";
    current.style.height = `${current.scrollHeight}px`;
  }, [text]);

  const { uploads } = state;
  const pick = useRef<HTMLInputElement>(null);
  const underWay = uploads.some(({ file, trouble }) => !file && !trouble);
  const empty = text.trim() === "" && !uploads.some(({ file }) => file);

  const send = () => {
    // What is on its way belongs to this message.
    if (!empty && !underWay) actions.write(text.trim());
    box.current?.focus();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {uploads.length > 0 && <Uploads uploads={uploads} actions={actions} speech={speech} />}
      <label class="hidden" for="message">
        {words.write}
      </label>
      <textarea
        id="message"
        dir="auto"
        ref={box}
        rows={1}
        maxLength={LENGTH_MAX}
        placeholder={words.write}
        enterkeyhint="send"
        value={text}
        aria-describedby={text.length >= LENGTH_NEAR ? "too-long" : undefined}
        onInput={(event) => actions.draft(event.currentTarget.value)}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])];
          if (files.length === 0 || !canAttach(state)) return;
          event.preventDefault();
          actions.attach(files);
        }}
        onKeyDown={(event) => {
          // Enter also ends the composition of a character; then it does not send.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      {canAttach(state) && (
        <>
          <input
            type="file"
            hidden
            multiple
            tabIndex={-1}
            ref={pick}
            onChange={(event) => {
              actions.attach([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
              box.current?.focus();
            }}
          />
          <button type="button" class="clip quiet" aria-label={words.attach} onClick={() => pick.current?.click()}>
            <ClipIcon />
          </button>
        </>
      )}
      <button type="submit" class="send" aria-label={words.send} aria-disabled={empty || underWay}>
        <SendIcon />
      </button>
      {text.length >= LENGTH_NEAR && (
        <p class="wrong" id="too-long">
          {words.tooLong}
        </p>
      )}
    </form>
  );
}
