import { useEffect, useRef, useState } from "preact/hooks";
import { phaseOf } from "../phase.ts";
import { fill } from "../words/catalogue.ts";
import { Composer, canAttach } from "./Composer.tsx";
import type { Contact } from "./ContactForm.tsx";
import { Header } from "./Header.tsx";
import { AlertIcon, PersonIcon } from "./icons.tsx";
import { Log } from "./Log.tsx";
import { lazily } from "./lazily.tsx";
import type { Show } from "./show.ts";

const ContactForm = lazily(async () => (await import("./ContactForm.tsx")).ContactForm);
const Waiting = lazily(async () => (await import("./Waiting.tsx")).Waiting);
const Suggestion = lazily(async () => (await import("./Suggestion.tsx")).Suggestion);
const Gate = lazily(async () => (await import("./Gate.tsx")).Gate);

/** The whole widget, as a function of its state. */
export function Chat(props: Show & { closable: boolean }) {
  const { closable, ...show } = props;
  const { state, actions, speech } = show;
  const { words } = speech;
  const phase = phaseOf(state.conversation);
  const [contact, setContact] = useState<Contact>({ email: "", phone: "", text: "" });

  if (state.unavailable) {
    return (
      <div class="chat">
        <Header {...show} closable={closable} />
        <main class="empty">
          <div role="alert">
            <p>{words.unavailable}</p>
            <p class="soft">{state.unavailable.detail}</p>
          </div>
          <button type="button" onClick={actions.tryAgain}>
            {words.tryAgain}
          </button>
        </main>
      </div>
    );
  }
  if (state.gate) {
    return (
      <div class="chat">
        <Header {...show} closable={closable} />
        <main>
          <Banner {...show} />
          <Gate {...show} />
        </main>
      </div>
    );
  }
  return (
    <div class="chat" {...dropping(show)}>
      <Header {...show} closable={closable} />
      {state.channel?.demonstration && (
        <p class="demonstration" role="note">
          {words.demonstration}
        </p>
      )}
      <main>
        <Banner {...show} />
        <Log {...show} />
        <div class="foot">
          <Trouble {...show} />
          {state.leaving ? (
            <ContactForm {...show} contact={contact} onContact={setContact} />
          ) : (
            <>
              {(phase.at === "waiting" || phase.at === "nobody") && <Waiting {...show} />}
              {state.conversation?.state?.suggest_person && <Suggestion {...show} />}
              {phase.at === "closed" ? <Ended {...show} /> : <Composer {...show} />}
              {phase.at !== "closed" && <Strip {...show} />}
            </>
          )}
        </div>
      </main>
    </div>
  );
}

/** Files can be let fall anywhere on the chat. */
function dropping({ actions, state }: Show) {
  if (!canAttach(state)) return {};
  const mark = (event: DragEvent, over: boolean) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).classList.toggle("dropping", over);
  };
  return {
    onDragOver: (event: DragEvent) => mark(event, true),
    onDragLeave: (event: DragEvent) => mark(event, false),
    onDrop: (event: DragEvent) => {
      mark(event, false);
      actions.attach([...(event.dataTransfer?.files ?? [])]);
    },
  };
}

/** The connection, when it is not as it should be. */
function Banner({ state, actions, speech }: Show) {
  const { words } = speech;
  const refused = state.connection.at === "refused" ? state.connection.problem : null;
  const text = refused
    ? `${words.refused} ${refused.detail}`
    : state.lost
      ? state.conversation?.outbox.length
        ? words.lost
        : words.lostWithoutMessages
      : null;
  return (
    <div class="banner" role="status">
      {text && (
        <>
          <AlertIcon />
          <p>{text}</p>
          <button type="button" onClick={actions.tryAgain}>
            {words.tryAgain}
          </button>
        </>
      )}
    </div>
  );
}

/** An action that did not work, said where it was taken. */
function Trouble({ state, speech }: Show) {
  const { trouble } = state;
  const { words } = speech;
  const text =
    trouble === null
      ? null
      : trouble === "network"
        ? words.troubleNetwork
        : fill(words.trouble, { detail: trouble.detail || trouble.title });
  return (
    <div class="trouble" role="alert">
      {text && (
        <p>
          <AlertIcon /> {text}
        </p>
      )}
    </div>
  );
}

/** The way to a person is always in sight; the way out too. */
function Strip({ state, actions, speech }: Show) {
  const { words } = speech;
  const [sure, setSure] = useState<boolean | null>(null);
  const yes = useRef<HTMLButtonElement>(null);
  const end = useRef<HTMLButtonElement>(null);
  const { conversation } = state;

  // The question takes the focus and gives it back; null is before it was ever asked.
  useEffect(() => {
    if (sure !== null) (sure ? yes : end).current?.focus();
  }, [sure]);

  const phase = phaseOf(conversation);
  const can = conversation?.state?.can;
  const canAsk = can ? can.includes("request_handoff") : phase.at === "fresh" || phase.at === "bot";
  const canEnd = can?.includes("close") ?? false;
  if (sure && canEnd) {
    return (
      <div class="strip">
        <p id="end-sure">{words.endSure}</p>
        <button
          type="button"
          class="danger"
          aria-describedby="end-sure"
          ref={yes}
          onClick={() => {
            setSure(false);
            actions.end();
          }}
        >
          {words.endYes}
        </button>
        <button type="button" onClick={() => setSure(false)}>
          {words.endNo}
        </button>
      </div>
    );
  }
  if (!canAsk && !canEnd) return null;
  return (
    <div class="strip">
      {canAsk && (
        <button type="button" class="ask" disabled={state.busy !== null} onClick={actions.askPerson}>
          <PersonIcon />
          {words.askPerson}
        </button>
      )}
      {canEnd && (
        <button type="button" class="quiet end" ref={end} onClick={() => setSure(true)}>
          {words.end}
        </button>
      )}
    </div>
  );
}

function Ended({ actions, speech }: Show) {
  const { words } = speech;
  return (
    <div class="ended">
      <button type="button" class="primary" onClick={actions.startAnother}>
        {words.startAnother}
      </button>
    </div>
  );
}
