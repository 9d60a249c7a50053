// The one frame of every dialog: title, a sentence, a form, its buttons.

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { FormEvent, ReactNode } from "react";
import { useWords } from "../words/words";
import { Button } from "./button";
import { cx } from "./class-names";
import { Failure } from "./screen-states";

type Props = {
  title: string;
  lead?: ReactNode;
  onClose: () => void;
  /** With it, the dialog is a form. */
  onSubmit?: () => void;
  submit?: string;
  danger?: boolean;
  busy?: boolean;
  error?: string | null;
  wide?: boolean;
  children?: ReactNode;
};

export function Dialog({ title, lead, onClose, onSubmit, submit, danger, busy, error, wide, children }: Props) {
  const words = useWords();
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    // What was typed is not lost to a click beside it, and a ringing offer can be clicked while this is open.
    <Base.Root open modal="trap-focus" disablePointerDismissal onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Base.Popup
          className={cx(
            "fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full animate-arrive flex-col overflow-hidden rounded-t-xl bg-surface shadow-pop outline-none",
            "sm:inset-x-4 sm:top-[10vh] sm:bottom-auto sm:max-h-[80dvh] sm:w-auto sm:rounded-xl",
            wide ? "sm:max-w-2xl" : "sm:max-w-md",
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {lead && <Base.Description className="mt-0.5 text-sm text-faint">{lead}</Base.Description>}
            </div>
            <Base.Close
              aria-label={words.close}
              title={words.close}
              className="-mr-2 grid size-8 shrink-0 place-items-center rounded-md text-faint hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </Base.Close>
          </header>
          <form noValidate onSubmit={send} className="flex min-h-0 flex-1 flex-col">
            <div className="scroll-thin flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 pt-1 pb-4">
              {children}
              {error && <Failure text={error} />}
            </div>
            {onSubmit && (
              <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">
                <Button onClick={onClose}>{words.cancel}</Button>
                <Button type="submit" look={danger ? "danger" : "primary"} busy={busy ?? false}>
                  {submit}
                </Button>
              </footer>
            )}
          </form>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
