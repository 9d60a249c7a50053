// What the loader on the site's page and the frame tell each other.
//
// The loader greets the frame once with `postMessage` to the frame's exact origin and hands over one end of a
// `MessageChannel`; everything else goes through that, so no other frame or script can listen or join in. Nothing that
// was written and no token of the conversation ever crosses it. The one secret that does is the identity token that
// the site itself gives to `Baton.identify`, from the site to the frame, never back.

/** The greeting, with the port beside it. */
export const HELLO = "baton:hello";

export type Attributes = Record<string, string | number | boolean>;

export type ToFrame =
  | { type: "shown" }
  | { type: "hidden" }
  | { type: "identify"; token: string }
  | { type: "attributes"; attributes: Attributes };

export type ToLoader =
  | { type: "close" }
  /** `label` says it for those who do not see the number; `close` is what the launcher does while the chat is open. */
  | { type: "unread"; count: number; label: string; close: string }
  /** Whether there is a conversation under way, so that the frame is worth loading before it is opened. */
  | { type: "talking"; talking: boolean }
  /** For who listens with `Baton.on`. */
  | { type: "event"; name: "message" | "handoff"; detail: Record<string, string> };

/** At most 8 KiB of token: what does not fit in a header is no token. */
const TOKEN_MAX = 8192;
/** As many and as long as the server takes. */
const ATTRIBUTES_MAX = 50;
const ATTRIBUTE_MAX = 1_000;

export function readToFrame(value: unknown): ToFrame | null {
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  if (value.type === "shown" || value.type === "hidden") return { type: value.type };
  if (value.type === "identify" && "token" in value && typeof value.token === "string") {
    return value.token.length <= TOKEN_MAX ? { type: "identify", token: value.token } : null;
  }
  if (value.type === "attributes" && "attributes" in value) {
    const attributes = readAttributes(value.attributes);
    return attributes && { type: "attributes", attributes };
  }
  return null;
}

/** Flat, and only what the server takes; anything else is left out. */
function readAttributes(value: unknown): Attributes | null {
  if (typeof value !== "object" || value === null) return null;
  const kept = Object.entries(value).filter(
    ([name, one]) =>
      ["string", "number", "boolean"].includes(typeof one) && name.length + String(one).length <= ATTRIBUTE_MAX,
  );
  return Object.fromEntries(kept.slice(0, ATTRIBUTES_MAX));
}
