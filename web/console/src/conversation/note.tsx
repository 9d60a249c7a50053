// A private note: unmistakably not for the customer.

import type { EventOf } from "@baton/client/wire";
import { LockKeyhole } from "lucide-react";
import { memo } from "react";
import { useFormats, useWords } from "../words/words";
import { withMentions } from "./mentions";

export const Note = memo(function Note({ event, flash }: { event: EventOf<"note_posted">; flash: boolean }) {
  const words = useWords();
  const formats = useFormats();
  return (
    <article
      id={`message-${event.seq}`}
      tabIndex={-1}
      aria-label={`${words.conversation.note}, ${event.agent_name}, ${formats.time(event.at)}`}
      className={`mt-3 w-full max-w-[min(40rem,92%)] self-end rounded-lg border border-warn-line bg-warn-tint px-3 py-2 outline-none ${flash ? "ring-2 ring-accent" : ""}`}
    >
      <p className="flex flex-wrap items-center gap-x-1.5 text-xs text-warn-ink">
        <LockKeyhole aria-hidden="true" className="size-3.5" />
        <span className="font-medium">{words.conversation.note}</span>
        <span>
          {event.agent_name} · <time dateTime={new Date(event.at).toISOString()}>{formats.time(event.at)}</time>
        </span>
      </p>
      <p className="mt-1 text-base whitespace-pre-wrap [overflow-wrap:anywhere]">
        {withMentions(event.text, event.mentions ?? []).map((piece) =>
          piece.named ? (
            <strong key={piece.at} className="font-semibold text-warn-ink">
              {piece.text}
            </strong>
          ) : (
            <span key={piece.at}>{piece.text}</span>
          ),
        )}
      </p>
    </article>
  );
});
