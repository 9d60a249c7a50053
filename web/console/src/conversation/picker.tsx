// A list under the field that keeps the focus: quick replies, emoji, colleagues. The field hears the keys.

import { useEffect, useId, useState } from "react";
import { cx } from "../parts/class-names";

export type Choice = { key: string; name: string; detail?: string; mark?: string };

export type Picker = {
  id: string;
  activeId: string | undefined;
  /** True when the key was for the list. */
  press: (key: string) => boolean;
  at: number;
};

/** Which one is chosen, moved by the field's keys. */
export function usePicker(choices: readonly Choice[], onChoose: (choice: Choice) => void, onClose: () => void): Picker {
  const id = useId();
  const [at, setAt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its first
  useEffect(() => setAt(0), [choices.length, choices[0]?.key]);
  const here = Math.min(at, choices.length - 1);
  return {
    id,
    at: here,
    activeId: choices[here] ? `${id}-${here}` : undefined,
    press: (key) => {
      if (choices.length === 0) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (step) setAt((here + step + choices.length) % choices.length);
      const chosen = choices[here];
      if ((key === "Enter" || key === "Tab") && chosen) onChoose(chosen);
      if (key === "Escape") onClose();
      return step !== undefined || key === "Enter" || key === "Tab" || key === "Escape";
    },
  };
}

type Props = { picker: Picker; label: string; choices: readonly Choice[]; onChoose: (choice: Choice) => void };

export function PickerList({ picker, label, choices, onChoose }: Props) {
  if (choices.length === 0) return null;
  return (
    <div
      id={picker.id}
      role="listbox"
      aria-label={label}
      className="scroll-thin mt-2 max-h-60 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-pop"
    >
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and hears the keys
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={choice.key}
          id={`${picker.id}-${index}`}
          role="option"
          aria-selected={index === picker.at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(choice)}
          className={cx(
            "flex min-h-8 cursor-default items-baseline gap-2 rounded-md px-2 py-1 text-sm",
            index === picker.at ? "bg-accent-tint text-accent-ink" : "hover:bg-hover",
          )}
        >
          {choice.mark && <span aria-hidden="true">{choice.mark}</span>}
          <span className="shrink-0 font-medium">{choice.name}</span>
          {choice.detail && <span className="min-w-0 flex-1 truncate text-xs text-faint">{choice.detail}</span>}
        </div>
      ))}
    </div>
  );
}
