// Buttons, in words and as icons.

import type { ButtonHTMLAttributes, ReactNode } from "react";
import { cx } from "./class-names";

type Look = "primary" | "secondary" | "ghost" | "danger";

const looks: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "bg-raised text-ink border border-line hover:bg-hover shadow-card",
  ghost: "text-soft hover:bg-sunken hover:text-ink",
  danger: "bg-bad-fill text-white hover:brightness-110",
};

const base =
  "inline-flex items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50";

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: Look;
  size?: "small" | "normal" | "large";
  busy?: boolean;
};

const sizes = { small: "h-7 px-2.5 text-xs", normal: "h-8 px-3 text-sm", large: "h-10 px-4 text-base" };

export function Button({ look = "secondary", size = "normal", busy, className, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cx(base, looks[look], sizes[size], className)}
    />
  );
}

export type IconButtonProps = Omit<ButtonProps, "size" | "busy"> & { label: string; children: ReactNode };

/** The label is its name and its tooltip. */
export function IconButton({ label, look = "ghost", className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(base, looks[look], "size-8 shrink-0", className)}
    >
      {children}
    </button>
  );
}
