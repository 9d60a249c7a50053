// Labelled fields of forms.

import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./class-names";

const box =
  "w-full rounded-md border border-line bg-surface px-2.5 text-sm text-ink shadow-card transition-colors hover:border-strong focus-visible:border-accent aria-invalid:border-bad";

type Common = { label: string; hint?: ReactNode; error?: string | null; optional?: string };

function Frame({ id, label, hint, error, optional, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-soft">
        {label}
        {optional && <span className="font-normal text-faint"> · {optional}</span>}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-xs text-bad-ink">
          {error}
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className="text-xs text-faint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

function described(id: string, error: unknown, hint: unknown) {
  return {
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error ? `${id}-error` : hint ? `${id}-hint` : undefined,
  };
}

export function TextField({ label, hint, error, optional, className, ...rest }: Common & ComponentProps<"input">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error ?? null} {...(optional ? { optional } : {})}>
      <input id={id} {...described(id, error, hint)} {...rest} className={cx(box, "h-9", className)} />
    </Frame>
  );
}

export function TextArea({ label, hint, error, optional, className, ...rest }: Common & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error ?? null} {...(optional ? { optional } : {})}>
      <textarea id={id} rows={3} {...described(id, error, hint)} {...rest} className={cx(box, "py-2", className)} />
    </Frame>
  );
}

export function SelectField({ label, hint, error, optional, className, ...rest }: Common & ComponentProps<"select">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error ?? null} {...(optional ? { optional } : {})}>
      <select id={id} {...described(id, error, hint)} {...rest} className={cx(box, "h-9", className)} />
    </Frame>
  );
}
