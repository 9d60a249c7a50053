// Shows one state by its name: /states/states.html?state=waiting&language=es&direction=rtl&colour=%23ffd400
import { render } from "preact";
import { paint } from "../src/look.ts";
import { Chat } from "../src/ui/Chat.tsx";
import "../src/style/style.css";
import type { Actions } from "../src/widget.ts";
import { loadSpeech } from "../src/words/catalogue.ts";
import { NOW, SAMPLES } from "./samples.ts";

const query = new URLSearchParams(location.search);
const language = query.get("language") ?? "en";
const nothing = () => {};
const actions: Actions = {
  write: nothing,
  draft: nothing,
  retry: nothing,
  discard: nothing,
  askPerson: nothing,
  answerSuggestion: nothing,
  stayWithBot: nothing,
  leaveMessage: nothing,
  sendContact: nothing,
  rate: nothing,
  end: nothing,
  startAnother: nothing,
  seen: nothing,
  tryAgain: nothing,
  hide: nothing,
  agree: nothing,
  fillForm: nothing,
  rateAnswer: nothing,
  attach: nothing,
  detach: nothing,
  mute: nothing,
  download: nothing,
};

const spoken = await loadSpeech([language], "UTC");
document.documentElement.lang = language;
document.documentElement.dir = query.get("direction") ?? spoken.direction;

const state = SAMPLES[query.get("state") ?? "fresh"];
const root = document.getElementById("app");
if (root && state) {
  const { channel } = SAMPLES.fresh ?? state;
  if (channel) paint({ ...channel, colour: query.get("colour") ?? channel.colour }, document.documentElement);
  render(<Chat state={state} actions={actions} speech={spoken} now={NOW} closable />, root);
} else if (root) {
  render(
    <ul>
      {Object.keys(SAMPLES).map((name) => (
        <li key={name}>
          <a href={`?state=${name}`}>{name}</a>
        </li>
      ))}
    </ul>,
    root,
  );
}
Object.assign(globalThis, { stateNames: Object.keys(SAMPLES) });
