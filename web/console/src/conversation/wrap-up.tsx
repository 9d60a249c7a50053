// After the conversation: what it was, in two keystrokes.

import type { DispositionView, WrapUpView } from "@baton/client/wire";
import { useEffect, useRef } from "react";
import { Button } from "../parts/button";
import { Kbd } from "../parts/marks";
import { Failure } from "../parts/screen-states";
import { stopwatch, useNow } from "../time";
import { useWords } from "../words/words";

type Props = {
  wrapUp: WrapUpView;
  dispositions: readonly DispositionView[];
  busy: boolean;
  error: string | null;
  onEnd: (disposition: string | null) => void;
  /** Rises when a shortcut asks for the focus. */
  focus: number;
};

export function WrapUp({ wrapUp, dispositions, busy, error, onEnd, focus }: Props) {
  const words = useWords();
  const now = useNow();
  const left = wrapUp.until - now;
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (focus > 0) group.current?.querySelector("button")?.focus();
  }, [focus]);
  return (
    <section aria-label={words.wrapUp.title} className="border-t border-accent-line bg-accent-tint px-3 py-3 sm:px-5">
      <p className="flex items-baseline gap-2 text-sm">
        <span className="font-semibold">{words.wrapUp.title}</span>
        <span className="text-soft max-sm:hidden">{words.wrapUp.lead}</span>
        <span className="ml-auto text-xs text-soft tabular-nums">
          {left > 0 ? words.wrapUp.left(stopwatch(left)) : words.wrapUp.over}
        </span>
      </p>
      <fieldset
        ref={group}
        disabled={busy}
        className="mt-2 flex flex-wrap gap-1.5"
        onKeyDown={(event) => {
          const chosen = /^[1-9]$/.test(event.key) ? dispositions[Number(event.key) - 1] : undefined;
          if (!chosen || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          onEnd(chosen.key);
        }}
      >
        <legend className="sr-only">{words.wrapUp.label}</legend>
        {dispositions.map((disposition, index) => (
          <Button key={disposition.key} onClick={() => onEnd(disposition.key)}>
            {index < 9 && <Kbd>{index + 1}</Kbd>}
            {disposition.name}
          </Button>
        ))}
        <Button look="ghost" onClick={() => onEnd(null)}>
          {words.wrapUp.finish}
        </Button>
      </fieldset>
      {error && <Failure text={error} className="mt-2" />}
    </section>
  );
}
