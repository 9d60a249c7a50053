// The truth about the connection, in a line.

import type { ConnectionState } from "@baton/client/connection";
import { useSyncExternalStore } from "react";
import { problemSentence } from "../desk/failure";
import { Button } from "../parts/button";
import { cx } from "../parts/class-names";
import { useNow } from "../time";
import type { Words } from "../words/words";
import { useWords } from "../words/words";

type Props = { state: ConnectionState; online: boolean; onNow: () => void };

export function ConnectionLine({ state, online, onNow }: Props) {
  const words = useWords();
  const now = useNow();
  const live = state.at === "live";
  return (
    <div
      role="status"
      aria-label={words.connection.label}
      className={cx(
        "flex min-h-9 items-center gap-2 border-t px-4 py-1.5 text-xs",
        live ? "border-line text-faint" : "border-warn-line bg-warn-tint text-warn-ink",
      )}
    >
      <span
        aria-hidden="true"
        className={cx("size-2 shrink-0 rounded-full", live ? "bg-good" : "animate-pulse-soft bg-warn")}
      />
      <span className="min-w-0 flex-1">{sayConnection(state, online, now, words)}</span>
      {(state.at === "waiting" || state.at === "refused") && (
        <Button size="small" onClick={onNow}>
          {words.connection.now}
        </Button>
      )}
    </div>
  );
}

function sayConnection(state: ConnectionState, online: boolean, now: number, words: Words): string {
  if (!online && state.at !== "live") return words.connection.offline;
  switch (state.at) {
    case "offline":
      return words.connection.ended;
    case "connecting":
      return words.connection.connecting;
    case "live":
      return words.connection.live;
    case "waiting":
      return words.connection.waiting(Math.max(1, Math.ceil((state.until - now) / 1000)));
    case "refused":
      return problemSentence(state.problem, words);
  }
}

function subscribe(change: () => void): () => void {
  addEventListener("online", change);
  addEventListener("offline", change);
  return () => {
    removeEventListener("online", change);
    removeEventListener("offline", change);
  };
}

/** Whether the device believes to have a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}
