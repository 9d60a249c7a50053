// Time on the screen: one clock for all that ticks, and how moments and spans are written.

import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { useFormats, useWords } from "./words/words";

/** Tells the server's time; `ticks` is off where a picture must not change. */
export type ScreenClock = { now: () => number; ticks: boolean };

export const ClockContext = createContext<ScreenClock>({ now: () => Date.now(), ticks: true });

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The time, again and again. */
export function useNow(every_ms = SECOND_MS): number {
  const clock = use(ClockContext);
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    setNow(clock.now());
    if (!clock.ticks) return;
    const timer = setInterval(() => setNow(clock.now()), every_ms);
    return () => clearInterval(timer);
  }, [clock, every_ms]);
  return now;
}

/** `4:07`, `1:02:09`: for what is being waited for. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** `45 s`, `12 min`, `3 h`, `2 d`: for what is over. */
export function span(ms: number, language: string): string {
  const [value, unit] =
    ms < MINUTE_MS
      ? [ms / SECOND_MS, "second"]
      : ms < HOUR_MS
        ? [ms / MINUTE_MS, "minute"]
        : ms < DAY_MS
          ? [ms / HOUR_MS, "hour"]
          : [ms / DAY_MS, "day"];
  const whole = Math.max(0, Math.floor(value));
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(whole);
}

export function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** `Spanish` for `es`; the tag itself when nobody knows it. */
export function languageName(tag: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Ticks on since a moment. */
export function Elapsed({ since, className }: { since: number; className?: string }) {
  const now = useNow();
  return (
    <time className={className} dateTime={new Date(since).toISOString()}>
      {stopwatch(now - since)}
    </time>
  );
}

/** How long ago something was, to the minute. */
export function Ago({ at, className }: { at: number; className?: string }): ReactNode {
  const now = useNow(30 * SECOND_MS);
  const formats = useFormats();
  const words = useWords();
  return (
    <time className={className} dateTime={new Date(at).toISOString()} title={formats.moment(at, now)}>
      {now - at < MINUTE_MS ? words.time.now : span(now - at, formats.language)}
    </time>
  );
}
