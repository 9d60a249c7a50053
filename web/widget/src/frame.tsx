// The frame's beginning: puts the widget together from the browser's parts and shows it.
import { browserClock } from "@baton/client/clock";
import { browserSignals, createConnection, type Socket, socketUrl } from "@baton/client/connection";
import { createOutbox } from "@baton/client/outbox";
import type { AttachmentView } from "@baton/client/wire";
import { negotiate } from "@baton/client/words";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { localised, paint } from "./look.ts";
import { browserStorage, createMemory } from "./memory.ts";
import { HELLO, readToFrame, type ToLoader } from "./protocol.ts";
import { createSession } from "./session.ts";
import { Chat } from "./ui/Chat.tsx";
import "./style/style.css";
import { createWidget, type Widget } from "./widget.ts";
import { LANGUAGES, loadSpeech, type Speech } from "./words/catalogue.ts";

const query = new URLSearchParams(location.search);
const channel = query.get("channel") ?? "";
const framed = window.parent !== window;
/** Loaded ahead by the loader, to be shown later. */
const quiet = framed && query.has("quiet");
const languages = languagesOf(query.get("language"));
let spoken: Speech | undefined;

let port: MessagePort | null = null;
const tell = (message: ToLoader) => port?.postMessage(message);

const storage = browserStorage();
const memory = createMemory(storage, channel);
const session = createSession({
  base: "",
  channel,
  memory,
  now: browserClock.now,
  exclusively: async (run) => (navigator.locks ? await navigator.locks.request(`baton.${channel}`, run) : await run()),
  onIdentityRefused: () => {
    // biome-ignore lint/suspicious/noConsole: the only way to tell the site's developers.
    console.warn("Baton.identify: the server did not accept this token; the chat goes on without it.");
  },
});
const connection = createConnection({
  url: socketUrl(""),
  ticket: async () => (await session.api("POST /v1/socket-tickets")).ticket,
  clock: browserClock,
  random: Math.random,
  webSocket: (url) => new WebSocket(url) as unknown as Socket,
  signals: browserSignals,
});
const widget = createWidget({
  session,
  connection,
  outbox: createOutbox(storage),
  memory,
  clock: browserClock,
  newId: () => crypto.randomUUID(),
  // What the page speaks is what the customer reads; the browser's own language says more about dialects.
  language: query.get("language") ?? navigator.language,
  page: pageOf(document.referrer),
  onHide: () => tell({ type: "close" }),
  onUnread: tellUnread,
  onChime: () => void import("./sound.ts").then(({ chime }) => chime()),
  onEvent: ({ name, ...detail }) => tell({ type: "event", name, detail: detail as Record<string, string> }),
  localise: (channel) => localised(channel, negotiate(languages, LANGUAGES, "en")),
  upload: async (conversation, file, onProgress) => {
    const { uploadFile } = await import("@baton/client/upload");
    return uploadFile({ base: "", conversation, file, token: (await session.current()).access_token, onProgress });
  },
  onDownload: (form) => void download(form),
  onTalking: (talking) => tell({ type: "talking", talking }),
});

window.addEventListener("message", (event) => {
  const [theirs] = event.ports;
  if (event.source !== window.parent || event.data !== HELLO || !theirs) return;
  port?.close();
  port = theirs;
  port.onmessage = ({ data }) => receive(data);
  const { unread, conversation } = widget.current();
  tellUnread(unread);
  if (conversation) tell({ type: "talking", talking: true });
});

window.addEventListener("keydown", (event) => {
  if (event.key === "Escape") tell({ type: "close" });
});

document.addEventListener("visibilitychange", () => show(widget.current().shown));

function show(shown: boolean): void {
  widget.show(shown, document.visibilityState === "visible");
}

/** On a phone the keyboard would cover what was said, so there only the reading begins. */
function focus(): void {
  const touch = matchMedia("(pointer: coarse)").matches;
  document.querySelector<HTMLElement>(touch ? ".log" : "#message")?.focus();
}

function receive(data: unknown): void {
  const message = readToFrame(data);
  switch (message?.type) {
    case "shown":
      show(true);
      focus();
      return;
    case "hidden":
      show(false);
      return;
    case "attributes":
      widget.describe(message.attributes);
      return;
    case "identify":
      widget.identify(message.token);
      return;
    case undefined:
      return;
  }
}

function App({ widget, speech }: { widget: Widget; speech: Speech }) {
  const [state, setState] = useState(widget.current());
  const [now, setNow] = useState(browserClock.now());
  useEffect(() => widget.onChange(setState), []);
  // "Today" and "tomorrow" stay true in a page that is left open.
  useEffect(() => {
    const timer = setInterval(() => setNow(browserClock.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!state.channel) return;
    document.title = state.channel.title;
    paint(state.channel, document.documentElement);
  }, [state.channel]);
  return (
    <Chat state={state} actions={widget.actions} speech={speech} now={now} closable={framed} openFile={openFile} />
  );
}

function tellUnread(count: number): void {
  if (!spoken) return;
  const { words, formats } = spoken;
  tell({ type: "unread", count, label: formats.plural(count, words.unread), close: words.hide });
}

async function download(form: "text" | "page"): Promise<void> {
  const { conversation, channel } = widget.current();
  if (!conversation || !channel || !spoken) return;
  const { keep } = await import("./transcript.ts");
  keep(form, channel.title, conversation, spoken, browserClock.now());
}

async function openFile(file: AttachmentView): Promise<string> {
  const { fetchFile } = await import("@baton/client/upload");
  const { access_token } = await session.current();
  return fetchFile("", widget.current().conversation?.id ?? "", file.id, access_token);
}

/** What the site asked for comes before what the browser prefers; nonsense is left out. */
function languagesOf(asked: string | null): string[] {
  return [...(asked === null ? [] : [asked]), ...navigator.languages].filter((tag) => {
    try {
      return Intl.getCanonicalLocales(tag).length > 0;
    } catch {
      return false;
    }
  });
}

/** Without its query and fragment, which are nobody's business here. */
function pageOf(referrer: string): string | null {
  if (!URL.canParse(referrer)) return null;
  const { origin, pathname } = new URL(referrer);
  return origin + pathname;
}

/** Not awaited at the top: what is loaded later would have to wait for it, and could not share this file. */
async function begin(): Promise<void> {
  // Asked for at the same time as the words.
  if (quiet) widget.start();
  else show(true);
  spoken = await loadSpeech(languages);
  document.documentElement.lang = spoken.formats.language;
  document.documentElement.dir = spoken.direction;
  const root = document.getElementById("app");
  if (root) render(<App widget={widget} speech={spoken} />, root);
  tellUnread(widget.current().unread);
}

void begin();
