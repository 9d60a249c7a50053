import { useEffect, useRef, useState } from "preact/hooks";
import { callsBack } from "../phase.ts";
import type { Show } from "./show.ts";

/** What is typed; the address is an e-mail address, or a telephone number for a call back. */
export type Contact = { email: string; phone: string; text: string };

/** Leaves a message and an address for when nobody is there, or a number to be called back. What was typed is kept by the caller. */
export function ContactForm(props: Show & { contact: Contact; onContact: (contact: Contact) => void }) {
  const { state, actions, speech, contact, onContact } = props;
  const { words } = speech;
  const [checked, setChecked] = useState(false);
  const byPhone = callsBack(state.conversation);
  const address = byPhone ? contact.phone : contact.email;
  const field = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const isAddress = byPhone ? isPhone : isEmail;
  const wrong = checked && !isAddress(address);
  const textMissing = checked && !byPhone && contact.text.trim() === "";

  useEffect(() => field.current?.focus(), []);

  return (
    <form
      class="card contact"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (!isAddress(address)) field.current?.focus();
        else if (!byPhone && contact.text.trim() === "") text.current?.focus();
        else
          actions.sendContact({
            ...(byPhone ? { phone: address.trim() } : { email: address.trim() }),
            text: contact.text.trim(),
          });
      }}
    >
      <h2>{byPhone ? words.callBack : words.leaveMessage}</h2>
      <label class="field">
        <span>{byPhone ? words.phone : words.email}</span>
        <input
          ref={field}
          {...(byPhone ? PHONE : EMAIL)}
          required
          maxLength={254}
          value={address}
          aria-invalid={wrong}
          aria-describedby={wrong ? "address-wrong" : undefined}
          onInput={(event) => onContact({ ...contact, [byPhone ? "phone" : "email"]: event.currentTarget.value })}
        />
      </label>
      {wrong && (
        <p class="wrong" id="address-wrong">
          {byPhone ? words.phoneWrong : words.emailWrong}
        </p>
      )}
      <label class="field">
        <span>{words.message}</span>
        <textarea
          ref={text}
          name="text"
          rows={3}
          required={!byPhone}
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
          {byPhone ? words.callBackSend : words.sendMessage}
        </button>
        <button type="button" onClick={() => actions.leaveMessage(false)}>
          {words.back}
        </button>
      </div>
    </form>
  );
}

const EMAIL = { type: "email", name: "email", autocomplete: "email" } as const;
const PHONE = { type: "tel", name: "phone", autocomplete: "tel" } as const;

/** Digits enough to be a number, written as people write them. */
function isPhone(text: string): boolean {
  return /^\+?[\d\s().\-/]+$/.test(text.trim()) && text.replace(/\D/g, "").length >= 5;
}

/** Only what is surely wrong is refused here; the server has the last word. */
function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
}
