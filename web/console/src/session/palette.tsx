// Everything that can be done and everybody who is here, by a few letters: ⌃K.

import { Dialog as Base } from "@base-ui/react/dialog";
import type { Api } from "@baton/client/http";
import type { ConversationSummary, FoundView } from "@baton/client/wire";
import { MessageSquare, Search, Zap } from "lucide-react";
import { Fragment, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { type Command, capsOf, found } from "../desk/commands";
import { customerNameOf } from "../desk/lists";
import { useFound } from "../desk/search";
import { cx } from "../parts/class-names";
import { Kbd } from "../parts/marks";
import { useWords } from "../words/words";

/** So many of each are shown; more letters show others. */
const SHOWN_MAX = 12;

type Props = {
  commands: readonly Command[];
  conversations: readonly ConversationSummary[];
  api: Api;
  /** `seq` is the event to go to. */
  onOpen: (conversation: string, seq?: number) => void;
  onClose: () => void;
};

type Entry = {
  id: string;
  icon: ReactNode;
  name: string;
  detail?: ReactNode;
  keys?: string | undefined;
  run: () => void;
};

export function Palette({ commands, conversations, api, onOpen, onClose }: Props) {
  const words = useWords();
  const says = words.palette;
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const icon = "size-4 shrink-0 text-faint";
  const does = found(commands, ({ name }) => name, asked)
    .slice(0, SHOWN_MAX)
    .map(
      (command, index): Entry => ({
        id: `${list}-do-${index}`,
        icon: <Zap aria-hidden="true" className={icon} />,
        name: command.name,
        keys: command.keys,
        run: command.run,
      }),
    );
  const nameOf = ({ customer_name: name, id }: ConversationSummary) => customerNameOf(name, id, words);
  const who = found(conversations, (one) => `${nameOf(one)} ${one.last_text ?? ""} ${one.queue_name ?? ""}`, asked)
    .slice(0, SHOWN_MAX)
    .map(
      (one): Entry => ({
        id: `${list}-who-${one.id}`,
        icon: <MessageSquare aria-hidden="true" className={icon} />,
        name: nameOf(one),
        detail: one.last_text ?? "",
        run: () => onOpen(one.id),
      }),
    );
  const said = useFound(api, asked).map(
    (one): Entry => ({
      id: `${list}-said-${one.conversation.id}-${one.seq}`,
      icon: <Search aria-hidden="true" className={icon} />,
      name: nameOf(one.conversation),
      detail: <Pieces found={one} />,
      run: () => onOpen(one.conversation.id, one.seq),
    }),
  );
  // Who has typed a name looks for a person; without a word it is what can be done here.
  const groups = [
    { title: says.commands, entries: does },
    { title: says.conversations, entries: who },
    { title: words.found.title, entries: said },
  ].filter(({ entries }) => entries.length > 0);
  const entries = groups.flatMap((group) => group.entries);
  const current = entries[Math.min(at, entries.length - 1)];

  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    // The palette gives the focus back first; a command may want it elsewhere.
    setTimeout(entry.run);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length > 0) {
      event.preventDefault();
      const next = (Math.min(at, entries.length - 1) + step + entries.length) % entries.length;
      setAt(next);
      document.getElementById(entries[next]?.id ?? "")?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(current);
    }
  };

  return (
    <Base.Root open modal="trap-focus" onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Base.Popup className="fixed inset-x-3 top-[8dvh] z-50 mx-auto flex max-h-[70dvh] max-w-xl animate-arrive flex-col overflow-hidden rounded-xl bg-surface shadow-pop outline-none">
          <Base.Title className="sr-only">{says.title}</Base.Title>
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
            <input
              // biome-ignore lint/a11y/noAutofocus: it was opened to be written into
              autoFocus
              role="combobox"
              aria-expanded="true"
              aria-controls={list}
              aria-activedescendant={current?.id}
              aria-label={says.title}
              placeholder={says.placeholder}
              value={asked}
              onChange={(event) => {
                setAsked(event.target.value);
                setAt(0);
              }}
              onKeyDown={press}
              className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
            />
            <Kbd>Esc</Kbd>
          </div>
          <div id={list} role="listbox" aria-label={says.title} className="scroll-thin min-h-0 overflow-y-auto p-2">
            {groups.map(({ title, entries: members }) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
              <div key={title} role="group" aria-label={title}>
                <p aria-hidden="true" className="px-2 pt-2 pb-1 text-xs font-semibold text-faint">
                  {title}
                </p>
                {members.map((entry) => (
                  <Option key={entry.id} entry={entry} here={entry === current} onChoose={() => choose(entry)} />
                ))}
              </div>
            ))}
            {asked.length > 1 && <p className="px-2 pt-2 text-2xs text-faint">{words.found.hint}</p>}
            {entries.length === 0 && <p className="px-2 py-6 text-center text-sm text-faint">{says.nothing(asked)}</p>}
          </div>
          <p className="sr-only" role="status">
            {says.count(entries.length)}
          </p>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Where it was found, with what was looked for marked. */
function Pieces({ found: { pieces, seq } }: { found: FoundView }) {
  let at = 0;
  return pieces.map((piece) => {
    const key = `${seq}-${at}`;
    at += piece.text.length;
    return piece.found ? (
      <mark key={key} className="text-ink">
        {piece.text}
      </mark>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}

function Option({ entry, here, onChoose }: { entry: Entry; here: boolean; onChoose: () => void }) {
  const words = useWords();
  const then = words.shortcuts.thenKey;
  return (
    // The field keeps the focus and hears the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={entry.id}
      role="option"
      aria-selected={here}
      onClick={onChoose}
      className={cx(
        "flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2 text-sm",
        here ? "bg-accent-tint text-accent-ink" : "hover:bg-hover",
      )}
    >
      {entry.icon}
      <span className="shrink-0">{entry.name}</span>
      <span className="min-w-0 flex-1 truncate text-xs text-faint">{entry.detail}</span>
      {entry.keys && (
        <span className="flex shrink-0 items-center gap-1 text-xs text-faint">
          {capsOf(entry.keys, then).map((cap, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a chord does not change
            <Fragment key={index}>{cap === then ? cap : <Kbd>{cap}</Kbd>}</Fragment>
          ))}
        </span>
      )}
    </div>
  );
}
