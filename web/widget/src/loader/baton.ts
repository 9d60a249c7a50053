// The script that a site includes:
//   <script src="https://support.example/widget/baton.js?channel=website" async></script>
// With the channel in its address the server sends the channel's looks along; `data-channel` works too, with
// `data-colour="#rrggbb"` for the launcher. `data-language="es"` is otherwise the page's. It draws the launcher and, at
// the first opening, the frame. For the page it is `Baton`, which is told in docs/widget.md.
import { type Attributes, HELLO, type ToFrame, type ToLoader } from "../protocol.ts";
import { toOpen } from "./labels.ts";
import { STYLE } from "./style.ts";

/** What the server put before this script. */
type Looks = {
  channel: string;
  colour?: string;
  dark?: string | null;
  radius?: number;
  position?: string;
  theme?: string;
  label?: string;
  labels?: Record<string, string>;
  after?: number | null;
};

type Init = { channel?: string; language?: string };
type Listener = (detail: unknown) => void;

type Interface = {
  open(): void;
  close(): void;
  identify(token: string): void;
  setAttributes(attributes: Attributes): void;
  /** Runs `listener` at every such event; the answer takes it away again. */
  on(event: string, listener: Listener): () => void;
  /** Takes the widget off the page; the conversation stays. */
  destroy(): void;
  /** Puts it there again, or for another channel. */
  init(options?: Init): void;
};

declare global {
  interface Window {
    Baton?: Partial<Interface> & { q?: [keyof Interface, ...unknown[]][] };
    batonLooks?: Looks;
  }
}

const script = document.currentScript as HTMLScriptElement | null;
const looks = window.batonLooks;
const given = script?.dataset ?? {};
const channelOfScript = looks?.channel ?? given.channel;

if (script && channelOfScript && !window.Baton?.init) begin(new URL(script.src).origin, channelOfScript);

function begin(origin: string, first: string): void {
  // The browser's own way of telling many: one listener's mistake stops no other.
  const bus = new EventTarget();
  let token: string | null = null;
  let attributes: Attributes = {};
  let widget: ReturnType<typeof draw> | null = null;
  const emit = (event: string, detail: unknown = {}) => void bus.dispatchEvent(new CustomEvent(event, { detail }));

  const Baton: Interface = {
    open: () => widget?.toggle(true),
    close: () => widget?.toggle(false),
    identify(identity) {
      token = String(identity);
      widget?.tell({ type: "identify", token });
    },
    setAttributes(more) {
      attributes = { ...attributes, ...more };
      widget?.tell({ type: "attributes", attributes: more });
    },
    on(event, listener) {
      const hear = (heard: Event) => listener((heard as CustomEvent).detail);
      bus.addEventListener(event, hear);
      // Who comes late still learns that it is there.
      if (event === "ready" && widget) listener({});
      return () => bus.removeEventListener(event, hear);
    },
    destroy() {
      widget?.destroy();
      widget = null;
    },
    init({ channel = first, language } = {}) {
      Baton.destroy();
      const known: Looks = looks?.channel === channel ? looks : { channel };
      const { colour } = given;
      widget = draw(
        origin,
        { ...known, ...(colour ? { colour } : {}) },
        language || given.language || document.documentElement.lang,
        emit,
        (tell) => {
          if (token !== null) tell({ type: "identify", token });
          if (Object.keys(attributes).length) tell({ type: "attributes", attributes });
        },
      );
      emit("ready");
    },
  };

  const earlier = window.Baton?.q ?? [];
  window.Baton = Baton;
  Baton.init();
  for (const [name, ...rest] of earlier) (Baton[name] as (...all: unknown[]) => void)?.(...rest);
}

function draw(
  origin: string,
  look: Looks,
  language: string,
  emit: (event: string, detail?: unknown) => void,
  introduce: (tell: (message: ToFrame) => void) => void,
) {
  const spoken = language || navigator.language;
  const remembered = `baton.talking.${look.channel}`;

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
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS(icon.namespaceURI, "path");
  icon.append(path);
  const words = document.createElement("b");
  words.textContent = look.labels?.[spoken.slice(0, 2).toLowerCase()] ?? look.label ?? "";
  const badge = document.createElement("span");
  button.append(icon, words, badge);
  root.append(panel, button);
  if (look.position) host.classList.add(look.position);
  const { theme } = look;
  const isDark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme:dark)").matches);
  const colour = (isDark && look.dark) || look.colour || "";
  const style = [`--radius:${Number(look.radius ?? 18)}px`];
  if (/^#[\da-f]{6}$/i.test(colour))
    style.push(`--brand:${colour}`, `--on-brand:${isBright(colour) ? "#000" : "#fff"}`);
  if (theme && theme !== "auto") style.push(`--scheme:${isDark ? "dark" : "light"}`);
  host.style.cssText = style.join(";");

  let frame: HTMLIFrameElement | null = null;
  let port: MessagePort | null = null;
  let isOpen = false;
  let unread = 0;
  let unreadLabel = "";
  let closeLabel = "";
  let pageOverflow = "";

  function load(): void {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = "Chat";
    // On Baton's own pages a sandbox that keeps the origin would hold nothing.
    if (origin !== location.origin) {
      frame.setAttribute(
        "sandbox",
        "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads",
      );
    }
    const query = new URLSearchParams({ channel: look.channel, quiet: "1" });
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
    introduce(tell);
    if (isOpen) tell({ type: "shown" });
  }

  function tell(message: ToFrame): void {
    port?.postMessage(message);
  }

  function receive(message: ToLoader): void {
    if (message.type === "close") toggle(false);
    if (message.type === "unread") {
      unread = message.count;
      unreadLabel = message.label;
      closeLabel = message.close;
      emit("unread", { count: unread });
      show();
    }
    if (message.type === "talking") kept("localStorage", message.talking ? "1" : "");
    if (message.type === "event") emit(message.name, message.detail);
  }

  /** Without storage the frame loads when it is opened, and the chat never opens by itself. */
  function kept(storage: "localStorage" | "sessionStorage", value?: string): string | null | undefined {
    try {
      if (value !== undefined) window[storage].setItem(remembered, value);
      return window[storage].getItem(remembered);
    } catch {
      return undefined;
    }
  }

  function toggle(opening: boolean): void {
    if (opening) load();
    if (isOpen === opening) return;
    isOpen = opening;
    const { style } = document.documentElement;
    if (opening) pageOverflow = style.overflow;
    style.overflow = opening && isSmall() ? "hidden" : pageOverflow;
    show();
    (opening ? frame : button)?.focus();
    tell({ type: opening ? "shown" : "hidden" });
    emit(opening ? "open" : "close");
  }

  function show(): void {
    host.classList.toggle("open", isOpen);
    panel.inert = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    const open = words.textContent || toOpen(spoken);
    button.setAttribute("aria-label", isOpen ? closeLabel || open : unread ? `${open}, ${unreadLabel}` : open);
    badge.textContent = unread > 9 ? "9+" : String(unread || "");
    path.setAttribute(
      "d",
      isOpen ? "M6 9l6 6 6-6" : "M4.5 19.5l1.2-3.6A8 8 0 1 1 12 20a8 8 0 0 1-3.7-.9zM8.5 11h7M8.5 14.5H13",
    );
  }

  /** On a phone the panel is the whole screen, as far as the keyboard leaves it. */
  const view = window.visualViewport;
  function fit(): void {
    if (view) panel.style.cssText = `--height:${view.height}px;--top:${view.offsetTop}px`;
  }

  /** Once a visit, and not on a phone, where it would cover what people came for. */
  function openByItself(): void {
    if (isSmall() || kept("sessionStorage") !== null) return;
    kept("sessionStorage", "1");
    toggle(true);
  }

  button.onclick = () => toggle(!isOpen);
  root.addEventListener("keydown", (event) => {
    if ((event as KeyboardEvent).key === "Escape") toggle(false);
  });
  view?.addEventListener("resize", fit);
  fit();
  show();
  document.body.append(host);
  const timer = look.after ? setTimeout(openByItself, look.after * 1000) : 0;
  if (kept("localStorage")) load();

  return {
    toggle,
    tell,
    destroy() {
      toggle(false);
      clearTimeout(timer);
      view?.removeEventListener("resize", fit);
      port?.close();
      host.remove();
    },
  };
}

function isSmall(): boolean {
  return matchMedia("(max-width:480px),(max-height:480px)").matches;
}

/** By the luminance at which black and white are equally readable. */
function isBright(colour: string): boolean {
  const parts = [0.2126, 0.7152, 0.0722].map(
    (weight, at) => weight * (Number.parseInt(colour.slice(1 + at * 2, 3 + at * 2), 16) / 255) ** 2.2,
  );
  return parts.reduce((sum, part) => sum + part) > 0.18;
}
