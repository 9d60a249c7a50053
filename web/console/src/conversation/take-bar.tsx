// Over the transcript of a handoff that this agent may take: one button, and what it means.

import type { TakeableView } from "@baton/client/wire";
import { Hand } from "lucide-react";
import { Button } from "../parts/button";
import { Kbd } from "../parts/marks";
import { Failure } from "../parts/screen-states";
import { useWords } from "../words/words";

type Props = { takeable: TakeableView; busy: boolean; error: string | null; onTake: () => void };

export function TakeBar({ takeable, busy, error, onTake }: Props) {
  const words = useWords();
  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-line bg-accent-tint px-3 py-2 text-sm text-accent-ink sm:px-5">
      <Hand aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        {takeable.broadcast ? words.offer.takeAll : words.offer.takePull(takeable.queue_name)}
      </p>
      <Button look="primary" busy={busy} onClick={onTake}>
        {words.offer.take}
        <Kbd>A</Kbd>
      </Button>
      {error && <Failure text={error} className="basis-full" />}
    </div>
  );
}
