import { useLayoutEffect, useRef } from "preact/hooks";
import { SendIcon } from "./icons.tsx";
import type { Show } from "./show.ts";

/** The server takes 16 KiB; at four bytes a character this is always within. */
const LENGTH_MAX = 4_000;
/** From here on it is said that a message has an end. */
const LENGTH_NEAR = 3_900;

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

  const send = () => {
    if (text.trim() !== "") actions.write(text.trim());
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
        onKeyDown={(event) => {
          // Enter also ends the composition of a character; then it does not send.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="send" aria-label={words.send} aria-disabled={text.trim() === ""}>
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
