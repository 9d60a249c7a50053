// Small marks: badges, initials, keys, dots.

import type { AvailabilityName } from "@baton/client/wire";
import type { ReactNode } from "react";
import { cx } from "./class-names";

export type Tone = "plain" | "accent" | "good" | "warn" | "bad";

const tones: Record<Tone, string> = {
  plain: "bg-sunken text-soft",
  accent: "bg-accent-tint text-accent-ink",
  good: "bg-good-tint text-good-ink",
  warn: "bg-warn-tint text-warn-ink",
  bad: "bg-bad-tint text-bad-ink",
};

export function Badge({
  tone = "plain",
  className,
  children,
  title,
}: {
  tone?: Tone;
  className?: string;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-full px-2 text-2xs font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

const hues = [
  "bg-[light-dark(#e4e9fd,#29325c)] text-[light-dark(#2c3f9e,#bcc8ff)]",
  "bg-[light-dark(#e0f2ec,#1d3a31)] text-[light-dark(#155a44,#9fdcc6)]",
  "bg-[light-dark(#fbe8dc,#45301f)] text-[light-dark(#86431a,#f3c19d)]",
  "bg-[light-dark(#f6e3f0,#432440)] text-[light-dark(#7d2a68,#efb4e0)]",
  "bg-[light-dark(#e0f0f7,#1c3744)] text-[light-dark(#17566f,#a2d8ee)]",
];

/** Initials on a colour of their own; only decoration beside a name. */
export function Initials({ name, size = "normal" }: { name: string; size?: "small" | "normal" | "large" }) {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("")
    .toUpperCase();
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  const box = { small: "size-6 text-[10px]", normal: "size-8 text-2xs", large: "size-10 text-sm" }[size];
  return (
    <span
      aria-hidden="true"
      data-letters={letters || "?"}
      className={cx(
        // Drawn by the style sheet: the letters are no text that a name would have to contain.
        "grid shrink-0 place-items-center rounded-full font-semibold tracking-wide before:content-[attr(data-letters)]",
        box,
        hues[sum % hues.length],
      )}
    />
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line bg-surface px-1 font-sans text-2xs font-medium text-soft">
      {children}
    </kbd>
  );
}

const dots: Record<AvailabilityName, string> = {
  available: "bg-good",
  away: "bg-warn",
  offline: "bg-transparent border-2 border-faint",
};

export function Dot({ availability }: { availability: AvailabilityName }) {
  return <span aria-hidden="true" className={cx("size-2.5 shrink-0 rounded-full", dots[availability])} />;
}

export function Count({ value, label, tone = "accent" }: { value: number; label?: string; tone?: "accent" | "plain" }) {
  return (
    <span
      className={cx(
        "inline-grid h-4.5 min-w-4.5 place-items-center rounded-full px-1 text-2xs font-semibold tabular-nums",
        tone === "accent" ? "bg-accent text-on-accent" : "bg-sunken text-soft",
      )}
    >
      <span aria-hidden={label ? true : undefined}>{value > 99 ? "99+" : value}</span>
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}
