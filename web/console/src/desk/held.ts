// A message that can still be taken back: it waits some seconds, and no reload, crash or change of place loses it.

import type { AttachmentView } from "@baton/client/wire";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { readStored, writeStored } from "./stored";

export type Held = { text: string; files: readonly AttachmentView[]; until: number };

export const UNDO_SECONDS = ["0", "5", "10"] as const;

/** Sends after so many seconds unless it is taken back; leaving the conversation sends at once. */
export function useHeld(conversation: string, send: (text: string, files: readonly AttachmentView[]) => void) {
  const name = `draft.${conversation}.held`;
  const [held, setHeld] = useState<Held | null>(null);
  const present = useRef<Held | null>(null);
  const sending = useRef(send);
  useEffect(() => {
    sending.current = send;
  });
  const put = useCallback(
    (next: Held | null) => {
      present.current = next;
      setHeld(next);
      writeStored(name, next && JSON.stringify(next));
    },
    [name],
  );
  const go = useCallback(() => {
    const waiting = present.current;
    if (!waiting) return;
    put(null);
    sending.current(waiting.text, waiting.files);
  }, [put]);
  useEffect(() => {
    // What a reload or a crash interrupted was meant to be sent.
    const left = present.current ? null : parse(readStored(name));
    if (!left) return;
    present.current = left;
    go();
  }, [name, go]);
  // Before the conversation behind it is closed, which happens after the layout is gone.
  useLayoutEffect(() => go, [go]);
  useEffect(() => {
    if (!held) return;
    const timer = setTimeout(go, Math.max(0, held.until - Date.now()));
    return () => clearTimeout(timer);
  }, [held, go]);
  return {
    held,
    hold: (text: string, files: readonly AttachmentView[], seconds: number) => {
      go();
      put({ text, files, until: Date.now() + seconds * 1_000 });
    },
    sendNow: go,
    takeBack: (): Held | null => {
      const waiting = present.current;
      put(null);
      return waiting;
    },
  };
}

function parse(text: string | null): Held | null {
  try {
    const value = JSON.parse(text ?? "null") as Partial<Held> | null;
    return typeof value?.text === "string" ? { text: value.text, files: value.files ?? [], until: 0 } : null;
  } catch {
    return null;
  }
}
