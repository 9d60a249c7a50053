// Says on every screen that nothing here is real.

import { Theater } from "lucide-react";
import { useWords } from "../words/words";

export function Demonstration() {
  const words = useWords();
  return (
    <p
      role="note"
      className="flex shrink-0 items-center justify-center gap-2 border-b border-line bg-warn-tint px-4 py-1 text-center text-xs text-warn-ink"
    >
      <Theater aria-hidden="true" className="size-3.5 shrink-0" />
      {words.demonstration}
    </p>
  );
}
