// The script that a site includes:
//   <script src="https://support.example/widget/baton.js" data-channel="website" async></script>
// It draws the launcher and, at the first opening, the frame. Optional: `data-colour="#rrggbb"` for the launcher and
// `data-language="es"`, which is otherwise the page's. From the page: `Baton.open()`, `Baton.close()`, `Baton.identify(token)`.
import { HELLO, type ToFrame, type ToLoader } from "../protocol.ts";
import { labelsFor } from "./labels.ts";
import { STYLE } from "./style.ts";

type Command = ["open"] | ["close"] | ["identify", string];

declare global {
  interface Window {
    Baton?: { open(): void; close(): void; identify(token: string): void; q?: Command[] };
  }
}

const script = document.currentScript as HTMLScriptElement | null;

if (script?.dataset.channel && !document.getElementById("baton-widget")) start(script, script.dataset.channel);

function start(script: HTMLScriptElement, channel: string): void {
  const { origin } = new URL(script.src);
  const language = script.dataset.language || document.documentElement.lang;
  const labels = labelsFor(language || navigator.language);
  const remembered = `baton.talking.${channel}`;

  const host = document.createElement("div");
  host.id = "baton-widget";
  // A shadow and a sheet made by script: the site's styles do not reach in, and its policy on styles is kept.
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const panel = document.createElement("div");
  panel.id = "panel";
  panel.inert = true;
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "panel");
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(icon.namespaceURI, "path");
  icon.append(path);
  const badge = document.createElement("span");
  badge.setAttribute("aria-hidden", "true");
  button.append(icon, badge);
  root.append(panel, button);
  const colour = script.dataset.colour;
  if (colour && /^#[\da-f]{6}$/i.test(colour)) {
    host.style.setProperty("--brand", colour);
    host.style.setProperty("--on-brand", isBright(colour) ? "#000" : "#fff");
  }

  let frame: HTMLIFrameElement | null = null;
  let port: MessagePort | null = null;
  let isOpen = false;
  let unread = 0;
  let token: string | null = null;
  let pageOverflow = "";

  function load(): void {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = labels.title;
    // On Baton's own pages a sandbox that keeps the origin would hold nothing.
    if (origin !== location.origin) {
      frame.setAttribute(
        "sandbox",
        "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
      );
    }
    const query = new URLSearchParams({ channel, quiet: "1" });
    if (language) query.set("language", language);
    frame.src = `${origin}/widget/frame?${query}`;
    frame.onload = greet;
    panel.append(frame);
  }

  function greet(): void {
    port?.close();
    const channelOfMessages = new MessageChannel();
    port = channelOfMessages.port1;
    port.onmessage = (event: MessageEvent<ToLoader>) => receive(event.data);
    frame?.contentWindow?.postMessage(HELLO, origin, [channelOfMessages.port2]);
    if (token !== null) tell({ type: "identify", token });
    if (isOpen) tell({ type: "shown" });
  }

  function tell(message: ToFrame): void {
    port?.postMessage(message);
  }

  function receive(message: ToLoader): void {
    if (message.type === "close") close();
    if (message.type === "unread") {
      unread = Number(message.count) || 0;
      draw();
    }
    if (message.type === "talking") remember(message.talking);
  }

  function remember(talking: boolean): void {
    try {
      if (talking) localStorage.setItem(remembered, "1");
      else localStorage.removeItem(remembered);
    } catch {
      // Without storage the frame loads when it is opened.
    }
  }

  function open(): void {
    load();
    if (isOpen) return;
    isOpen = true;
    pageOverflow = document.documentElement.style.overflow;
    if (isSmall()) document.documentElement.style.overflow = "hidden";
    draw();
    frame?.focus();
    tell({ type: "shown" });
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    document.documentElement.style.overflow = pageOverflow;
    draw();
    button.focus();
    tell({ type: "hidden" });
  }

  function draw(): void {
    host.classList.toggle("open", isOpen);
    panel.inert = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-label", isOpen ? labels.close : labels.open(unread));
    badge.textContent = unread > 9 ? "9+" : String(unread || "");
    path.setAttribute(
      "d",
      isOpen ? "M6 9l6 6 6-6" : "M4.5 19.5l1.2-3.6A8 8 0 1 1 12 20a8 8 0 0 1-3.7-.9zM8.5 11h7M8.5 14.5H13",
    );
  }

  /** On a phone the panel is the whole screen, as far as the keyboard leaves it. */
  function fit(): void {
    const view = window.visualViewport;
    if (!view) return;
    panel.style.setProperty("--height", `${view.height}px`);
    panel.style.setProperty("--top", `${view.offsetTop}px`);
  }

  button.onclick = () => (isOpen ? close() : open());
  root.addEventListener("keydown", (event) => {
    if ((event as KeyboardEvent).key === "Escape") close();
  });
  window.visualViewport?.addEventListener("resize", fit);
  fit();
  draw();
  document.body.append(host);

  const earlier = window.Baton?.q ?? [];
  window.Baton = {
    open,
    close,
    identify(identity) {
      token = String(identity);
      tell({ type: "identify", token });
    },
  };
  for (const [name, argument] of earlier) window.Baton[name](argument ?? "");
  try {
    if (localStorage.getItem(remembered)) load();
  } catch {
    // Forbidden storage: nothing is remembered.
  }
}

function isSmall(): boolean {
  return matchMedia("(max-width: 480px), (max-height: 480px)").matches;
}

/** By the luminance at which black and white are equally readable. */
function isBright(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
