// Wherever a supervisor is in the console: an alert that begins is shown and heard once.

import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { chime } from "../offer/ring";
import { Toast } from "../parts/toast";
import { alertsOf, useAlertText } from "./today";
import { useWall } from "./use-wall";

export function AlertWatch({ muted }: { muted: boolean }) {
  const wall = useWall(true).data;
  const tell = useAlertText();
  const [at] = useLocation();
  const known = useRef<Set<string> | null>(null);
  const [shown, setShown] = useState<{ key: string; text: string } | null>(null);
  useEffect(() => {
    if (!wall) return;
    const now = new Map(alertsOf(wall).map((one) => [`${one.queue} ${one.alert.kind} ${one.alert.since}`, one]));
    const fresh = [...now].filter(([key]) => !known.current?.has(key));
    known.current = new Set(now.keys());
    const first = fresh[0];
    if (!first) return;
    const [key, { name, alert }] = first;
    setShown({ key, text: tell(name, alert) });
    if (!muted) chime();
  }, [wall, tell, muted]);
  // The floor itself shows them all, for as long as they stand.
  if (!shown || at === "/floor") return null;
  return <Toast key={shown.key} text={shown.text} onGone={() => setShown(null)} />;
}
