// The offer of a person, when the policy suggests one.
import type { Show } from "./show.ts";

/** The bot's limits were noticed: a person is offered, not forced. */
export function Suggestion({ state, actions, speech }: Show) {
  const { words } = speech;
  const { conversation } = state;
  if (!conversation?.state?.suggest_person || conversation.state.controller.kind !== "bot") return null;
  if (!conversation.state.can.includes("answer_suggestion")) return null;
  return (
    <section class="card suggestion" aria-label={words.suggestPerson}>
      <p role="status">{words.suggestPerson}</p>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={state.busy !== null}
          onClick={() => actions.answerSuggestion(true)}
        >
          {words.suggestYes}
        </button>
        <button type="button" disabled={state.busy !== null} onClick={() => actions.answerSuggestion(false)}>
          {words.suggestNo}
        </button>
      </div>
    </section>
  );
}
