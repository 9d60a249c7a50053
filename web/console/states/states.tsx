// Every state of the console, drawn from fixtures: `/console/states/?state=NAME&theme=dark&lang=es`. Only the
// development server has it; it is never built.

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { ClockContext } from "../src/time";
import { type Language, LanguageContext } from "../src/words/words";
import "../src/style.css";
import { NOW } from "../src/test/fixtures";
import { STATES } from "./list";

const asked = new URLSearchParams(location.search);
const name = asked.get("state") ?? "";
const language = (asked.get("lang") ?? "en") as Language;
document.documentElement.dataset.theme = asked.get("theme") ?? "light";
document.documentElement.lang = language;
document.title = `Baton · ${name || "states"}`;

const state = STATES[name];
const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const root = createRoot(document.getElementById("app") as HTMLElement);

if (state) {
  localStorage.clear();
  const { hook } = memoryLocation({ path: state.path ?? "/" });
  root.render(
    <LanguageContext value={language}>
      <ClockContext value={{ now: () => NOW, ticks: false }}>
        <QueryClientProvider client={queries}>
          <Router hook={hook}>{state.draw()}</Router>
        </QueryClientProvider>
      </ClockContext>
    </LanguageContext>,
  );
} else {
  root.render(
    <ul>
      {Object.keys(STATES).map((one) => (
        <li key={one}>
          <a href={`?state=${one}`}>{one}</a>
        </li>
      ))}
    </ul>,
  );
}
