import { type Phase, phaseOf } from "../phase.ts";
import { fill } from "../words/catalogue.ts";
import { Avatar } from "./Avatar.tsx";
import { CloseIcon } from "./icons.tsx";
import { lazily } from "./lazily.tsx";
import type { Show } from "./show.ts";

const Menu = lazily(async () => (await import("./Menu.tsx")).Menu);

/** Who answers now. `closable` where there is a page around it to go back to. */
export function Header({ state, actions, speech, closable }: Show & { closable: boolean }) {
  const { words } = speech;
  const phase = phaseOf(state.conversation);
  const title = state.channel?.title ?? "";
  const person = phase.at === "person";
  return (
    <header class="header">
      <Avatar kind={person ? "agent" : "bot"} name={person ? phase.name : ""} />
      <div class="who">
        <h1>{person ? phase.name : title || words.starting}</h1>
        <p>{statusOf(phase, state.channel?.bot_name ?? "", title, words)}</p>
      </div>
      {state.conversation && <Menu {...{ state, actions, speech }} />}
      {closable && (
        <button type="button" class="quiet icon-only" onClick={actions.hide} aria-label={words.hide}>
          <CloseIcon />
        </button>
      )}
    </header>
  );
}

function statusOf(phase: Phase, bot: string, title: string, words: Show["speech"]["words"]): string {
  switch (phase.at) {
    case "fresh":
    case "bot":
      return bot ? fill(words.statusBot, { name: bot }) : "";
    case "waiting":
      return words.statusWaiting;
    case "nobody":
      return words.statusNobody;
    case "person":
      return fill(words.statusPerson, { title });
    case "closed":
      return words.statusEnded;
  }
}
