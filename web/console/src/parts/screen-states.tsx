// What a place shows when there is nothing, not yet, or no more.

import { CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "../words/words";
import { Button } from "./button";
import { cx } from "./class-names";

export function Empty({
  icon: Icon,
  title,
  text,
  children,
  compact,
  heading,
}: {
  icon: LucideIcon;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  compact?: boolean;
  /** It is the page's only title. */
  heading?: boolean;
}) {
  const Title = heading ? "h1" : "p";
  return (
    <div
      className={cx(
        "flex flex-col items-center justify-center text-center",
        compact ? "gap-1 px-4 py-6" : "h-full gap-2 p-8",
      )}
    >
      <span
        className={cx(
          "grid place-items-center rounded-full bg-sunken text-faint",
          compact ? "mb-1 size-9" : "mb-2 size-12",
        )}
      >
        <Icon aria-hidden="true" className={compact ? "size-4" : "size-5"} strokeWidth={1.75} />
      </span>
      <Title className={cx("font-medium", compact ? "text-sm" : "text-base")}>{title}</Title>
      {text && <p className={cx("max-w-72 text-faint", compact ? "text-xs" : "text-sm")}>{text}</p>}
      {children}
    </div>
  );
}

export function Loading({ className }: { className?: string }) {
  const words = useWords();
  return (
    <div role="status" className={cx("flex flex-col gap-3 p-4", className)}>
      <span className="sr-only">{words.loading}</span>
      {["w-3/5", "w-4/5", "w-2/5"].map((width) => (
        <span key={width} className={cx("h-3 animate-pulse-soft rounded-full bg-sunken", width)} />
      ))}
    </div>
  );
}

/** An error as a sentence, with a way on where there is one. */
export function Failure({ text, onRetry, className }: { text: string; onRetry?: () => void; className?: string }) {
  const words = useWords();
  return (
    <div
      role="alert"
      className={cx("flex items-start gap-2 rounded-md bg-bad-tint px-3 py-2 text-sm text-bad-ink", className)}
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">{text}</p>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {words.tryAgain}
        </Button>
      )}
    </div>
  );
}
