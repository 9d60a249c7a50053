// Shows one state by its name: /states/states.html?state=waiting&language=es&direction=rtl&colour=%23ffd400
import { render } from "preact";
import { brandColours } from "../src/colour.ts";
import { Chat } from "../src/ui/Chat.tsx";
import "../src/style/style.css";
import type { Actions } from "../src/widget.ts";
import { speech } from "../src/words/catalogue.ts";
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
};

const { style } = document.documentElement;
document.documentElement.lang = language;
document.documentElement.dir = query.get("direction") ?? "ltr";
const colours = brandColours(query.get("colour") ?? "#4f46e5", "#ffffff", "#16181d");
style.setProperty("--brand", colours.brand);
style.setProperty("--on-brand", colours.onBrand);
style.setProperty("--brand-ink-light", colours.inkOnLight);
style.setProperty("--brand-ink-dark", colours.inkOnDark);

const state = SAMPLES[query.get("state") ?? "fresh"];
const root = document.getElementById("app");
if (root && state) {
  render(<Chat state={state} actions={actions} speech={speech([language], "UTC")} now={NOW} closable />, root);
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
