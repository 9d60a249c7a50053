// The menu in the head of the chat.
import { useEffect, useRef, useState } from "preact/hooks";
import { MoreIcon } from "./icons.tsx";
import type { Show } from "./show.ts";

/** What is needed seldom: the sound, and the conversation to keep. */
export function Menu({ state, actions, speech }: Pick<Show, "state" | "actions" | "speech">) {
  const { words } = speech;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const away = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const items: [string, () => void][] = [
    [words.download, () => actions.download("text")],
    [words.downloadPage, () => actions.download("page")],
  ];
  if (state.channel?.widget.sound) {
    items.unshift([state.muted ? words.soundOn : words.soundOff, () => actions.mute(!state.muted)]);
  }
  return (
    <div class="menu" ref={box}>
      <button
        type="button"
        class="quiet icon-only"
        ref={button}
        aria-label={words.menu}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <MoreIcon />
      </button>
      {open && (
        <div
          role="menu"
          tabIndex={-1}
          aria-label={words.menu}
          onKeyDown={(event) => {
            if (event.key === "Escape" || event.key === "Tab") {
              event.stopPropagation();
              event.preventDefault();
              close();
            }
            const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
            if (step === 0) return;
            event.preventDefault();
            const all = [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
            const at = all.indexOf(document.activeElement as HTMLElement);
            all[(at + step + all.length) % all.length]?.focus();
          }}
        >
          {items.map(([label, run]) => (
            <button
              type="button"
              role="menuitem"
              key={label}
              onClick={() => {
                run();
                close();
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
