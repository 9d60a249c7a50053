import { callsBack, type Phase, phaseOf } from "../phase.ts";
import { fill } from "../words/catalogue.ts";
import { ClockIcon, MailIcon, MoonIcon } from "./icons.tsx";
import type { Show } from "./show.ts";

/** Where the customer stands while nobody answers yet, and what they can do meanwhile. */
export function Waiting(show: Show) {
  const { state, actions, speech } = show;
  const { words } = speech;
  const phase = phaseOf(state.conversation);
  if (phase.at !== "waiting" && phase.at !== "nobody") return null;
  const can = state.conversation?.state?.can ?? [];
  const busy = state.busy !== null;
  const left = phase.handoff?.contact_left ?? false;
  return (
    <section class={`card waiting ${phase.at}`}>
      {phase.at === "waiting" && <span class="pulse" aria-hidden="true" />}
      <div role="status">
        <h2>
          {left ? <MailIcon /> : phase.at === "waiting" ? <ClockIcon /> : <MoonIcon />}
          {left ? words.contactTitle : phase.at === "waiting" ? words.waitingTitle : words.nobodyTitle}
        </h2>
        <p>{textOf(phase, left, show)}</p>
      </div>
      {phase.at === "waiting" && !left && <Standing {...show} phase={phase} />}
      <div class="buttons">
        {can.includes("leave_contact") && !left && (
          <button
            type="button"
            class={phase.at === "nobody" ? "primary" : ""}
            onClick={() => actions.leaveMessage(true)}
          >
            {callsBack(state.conversation) ? words.callBack : words.leaveMessage}
          </button>
        )}
        {can.includes("cancel_handoff") && (
          <button type="button" disabled={busy} onClick={actions.stayWithBot}>
            {words.stayWithBot}
          </button>
        )}
      </div>
    </section>
  );
}

function textOf(phase: Extract<Phase, { at: "waiting" | "nobody" }>, left: boolean, { speech, now }: Show): string {
  const { words, formats } = speech;
  if (left) return words.contactText;
  if (phase.at === "nobody") {
    const opens = phase.opensAt;
    const back =
      opens !== null && opens > now
        ? fill(words.opensAt, { day: formats.day(opens, now), time: formats.time(opens) })
        : "";
    return `${back} ${words.nobodyOptions}`.trim();
  }
  if (!phase.place) return words.waitUnknown;
  const { position } = phase.place;
  return position <= 1 ? words.next : formats.plural(position - 1, words.ahead);
}

/** Place and wait as figures, and what happens next. */
function Standing({ phase, speech }: Show & { phase: Extract<Phase, { at: "waiting" }> }) {
  const { words, formats } = speech;
  const { place } = phase;
  return (
    <>
      {place && (
        <dl class="figures">
          <div>
            <dt>{words.placeLabel}</dt>
            <dd>{formats.number(place.position)}</dd>
          </div>
          {place.wait && (
            <div>
              <dt>{words.waitLabel}</dt>
              <dd>{formats.durations(place.wait.likely_s, place.wait.at_most_s)}</dd>
            </div>
          )}
        </dl>
      )}
      <ul class="next">
        <li>{words.nextRead}</li>
        <li>{words.nextHere}</li>
        <li>{words.goOn}</li>
      </ul>
    </>
  );
}
