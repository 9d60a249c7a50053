// What the articles say about the customer's last question: put into the field to be edited, never sent by itself.

import type { SuggestedView } from "@baton/client/wire";
import { useQuery } from "@tanstack/react-query";
import { useDeskContext } from "../desk/desk";
import { sentence } from "../desk/failure";
import { Button } from "../parts/button";
import { Failure, Loading } from "../parts/screen-states";
import { useWords } from "../words/words";

type Props = { conversation: string; asked: number; onInsert: (text: string) => void; onClose: () => void };

export function Suggestions({ conversation, asked, onInsert, onClose }: Props) {
  const words = useWords();
  const { api } = useDeskContext();
  const found = useQuery({
    queryKey: ["suggestions", conversation, asked],
    queryFn: () => api("GET /v1/conversations/{id}/suggestions", { path: { id: conversation } }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <section
      aria-label={words.suggest.title}
      className="scroll-thin mt-2 max-h-64 overflow-y-auto rounded-lg border border-line bg-surface p-2 shadow-card"
    >
      <div className="flex items-center gap-2 px-1 pb-1">
        <h3 className="flex-1 text-xs font-semibold text-faint">{words.suggest.title}</h3>
        <Button size="small" look="ghost" onClick={onClose}>
          {words.close}
        </Button>
      </div>
      {found.isLoading && <Loading />}
      {found.error && <Failure text={sentence(found.error, words)} />}
      {found.data?.length === 0 && <p className="px-1 pb-1 text-sm text-faint">{words.suggest.nothing}</p>}
      <ul className="flex flex-col gap-2">
        {found.data?.map((passage) => (
          <Passage key={passage.href} passage={passage} onInsert={onInsert} />
        ))}
      </ul>
    </section>
  );
}

function Passage({ passage, onInsert }: { passage: SuggestedView; onInsert: (text: string) => void }) {
  const words = useWords();
  return (
    <li className="flex flex-col gap-1 rounded-md bg-sunken p-2 text-sm">
      <p className="line-clamp-3 whitespace-pre-wrap [overflow-wrap:anywhere]">{passage.text}</p>
      <div className="flex flex-wrap items-center gap-2">
        <a
          href={passage.href}
          target="_blank"
          rel="noopener noreferrer"
          className="min-w-0 truncate text-xs text-accent-ink"
        >
          {passage.title}
          {passage.heading && passage.heading !== passage.title ? ` · ${passage.heading}` : ""}
        </a>
        <span className="flex-1" />
        <Button size="small" onClick={() => onInsert(passage.text)}>
          {words.suggest.insert}
        </Button>
      </div>
    </li>
  );
}
