// What comes before the chat: the notice that the customer agrees to, and the form.
import type { FieldView } from "@baton/client/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Attributes } from "../widget.ts";
import type { Show } from "./show.ts";

export function Gate(show: Show) {
  return show.state.gate === "consent" ? <Consent {...show} /> : <Form {...show} />;
}

/** Nothing was stored when this is read, and nothing is if the answer is no. */
function Consent({ state, actions, speech }: Show) {
  const { words } = speech;
  const consent = state.channel?.widget.consent;
  const agree = useRef<HTMLButtonElement>(null);
  useEffect(() => agree.current?.focus(), []);
  if (!consent) return null;
  return (
    <section class="gate" aria-labelledby="gate-title">
      <h2 id="gate-title">{words.consentTitle}</h2>
      <p class="plain" dir="auto">
        {consent.text}
      </p>
      {consent.link && /^https?:\/\//.test(consent.link) && (
        <p>
          <a href={consent.link} target="_blank" rel="noopener noreferrer">
            {words.policy}
          </a>
        </p>
      )}
      <div class="buttons">
        <button type="button" class="primary" ref={agree} onClick={actions.agree}>
          {words.agree}
        </button>
        <button type="button" onClick={actions.hide}>
          {words.notNow}
        </button>
      </div>
    </section>
  );
}

function Form({ state, actions, speech }: Show) {
  const { words } = speech;
  const fields = state.channel?.widget.form ?? [];
  const [values, setValues] = useState<Record<string, string>>({});
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select")?.focus(), []);

  return (
    <form
      class="gate"
      noValidate
      ref={form}
      aria-labelledby="gate-title"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        const wrong = fields.find((field) => wrongWith(field, values[field.key] ?? "", speech.words));
        if (wrong) form.current?.querySelector<HTMLElement>(`#field-${wrong.key}`)?.focus();
        else actions.fillForm(answered(fields, values));
      }}
    >
      <h2 id="gate-title">{words.formTitle}</h2>
      {fields.map((field) => {
        const wrong = checked ? wrongWith(field, values[field.key] ?? "", words) : null;
        const id = `field-${field.key}`;
        const common = {
          id,
          name: field.key,
          required: field.required,
          value: values[field.key] ?? "",
          "aria-invalid": wrong !== null,
          "aria-describedby": wrong ? `${id}-wrong` : undefined,
        };
        const change = (value: string) => setValues((before) => ({ ...before, [field.key]: value }));
        return (
          <div class="field" key={field.key}>
            <label for={id} dir="auto">
              {field.label} {!field.required && <span class="soft">{words.optional}</span>}
            </label>
            {field.kind === "choice" ? (
              <select {...common} onChange={(event) => change(event.currentTarget.value)}>
                <option value="">{words.choose}</option>
                {Object.entries(field.options).map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            ) : (
              <input
                {...common}
                {...kindOf(field)}
                maxLength={254}
                onInput={(event) => change(event.currentTarget.value)}
              />
            )}
            {wrong && (
              <p class="wrong" id={`${id}-wrong`}>
                {wrong}
              </p>
            )}
          </div>
        );
      })}
      <button type="submit" class="primary">
        {words.formStart}
      </button>
    </form>
  );
}

function kindOf({ kind, key }: FieldView) {
  if (kind === "email") return { type: "email", autocomplete: "email" } as const;
  if (kind === "phone") return { type: "tel", autocomplete: "tel" } as const;
  return { type: "text", autocomplete: key === "name" ? "name" : "off", dir: "auto" } as const;
}

/** Only what is surely wrong. */
function wrongWith(field: FieldView, value: string, words: Show["speech"]["words"]): string | null {
  const text = value.trim();
  if (text === "") return field.required ? words.formMissing : null;
  if (field.kind === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return words.emailWrong;
  if (field.kind === "phone" && text.replace(/\D/g, "").length < 5) return words.phoneWrong;
  return null;
}

function answered(fields: FieldView[], values: Record<string, string>): Attributes {
  const said = fields.map(({ key }) => [key, (values[key] ?? "").trim()] as const);
  return Object.fromEntries(said.filter(([, value]) => value !== ""));
}
