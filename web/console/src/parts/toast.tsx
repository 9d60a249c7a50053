// A sentence that goes away by itself.

import { X } from "lucide-react";
import { useEffect } from "react";
import { useWords } from "../words/words";
import { IconButton } from "./button";

const SHOWN_MS = 8_000;

export function Toast({ text, onGone }: { text: string; onGone: () => void }) {
  const words = useWords();
  useEffect(() => {
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [onGone]);
  return (
    <div
      role="status"
      className="fixed inset-x-4 bottom-20 z-30 mx-auto flex w-fit max-w-md animate-arrive items-center gap-2 rounded-lg bg-raised py-1.5 pr-1.5 pl-4 text-sm shadow-pop md:bottom-6"
    >
      <p>{text}</p>
      <IconButton label={words.close} onClick={onGone}>
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </div>
  );
}
