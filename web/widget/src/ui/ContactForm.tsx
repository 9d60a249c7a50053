import { useEffect, useRef, useState } from "preact/hooks";
import type { Show } from "./show.ts";

export type Contact = { email: string; text: string };

/** Leaves a message and an address for when nobody is there. What was typed is kept by the caller. */
export function ContactForm(props: Show & { contact: Contact; onContact: (contact: Contact) => void }) {
  const { state, actions, speech, contact, onContact } = props;
  const { words } = speech;
  const [checked, setChecked] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const emailWrong = checked && !isEmail(contact.email);
  const textMissing = checked && contact.text.trim() === "";

  useEffect(() => email.current?.focus(), []);

  return (
    <form
      class="card contact"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (!isEmail(contact.email)) email.current?.focus();
        else if (contact.text.trim() === "") text.current?.focus();
        else actions.sendContact(contact.email.trim(), contact.text.trim());
      }}
    >
      <h2>{words.leaveMessage}</h2>
      <label class="field">
        <span>{words.email}</span>
        <input
          ref={email}
          type="email"
          name="email"
          autocomplete="email"
          required
          maxLength={254}
          value={contact.email}
          aria-invalid={emailWrong}
          aria-describedby={emailWrong ? "email-wrong" : undefined}
          onInput={(event) => onContact({ ...contact, email: event.currentTarget.value })}
        />
      </label>
      {emailWrong && (
        <p class="wrong" id="email-wrong">
          {words.emailWrong}
        </p>
      )}
      <label class="field">
        <span>{words.message}</span>
        <textarea
          ref={text}
          name="text"
          rows={3}
          required
          maxLength={4000}
          value={contact.text}
          aria-invalid={textMissing}
          aria-describedby={textMissing ? "text-missing" : undefined}
          onInput={(event) => onContact({ ...contact, text: event.currentTarget.value })}
        />
      </label>
      {textMissing && (
        <p class="wrong" id="text-missing">
          {words.messageMissing}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="primary" disabled={state.busy === "contact"}>
          {words.sendMessage}
        </button>
        <button type="button" onClick={() => actions.leaveMessage(false)}>
          {words.back}
        </button>
      </div>
    </form>
  );
}

/** Only what is surely wrong is refused here; the server has the last word. */
function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}
