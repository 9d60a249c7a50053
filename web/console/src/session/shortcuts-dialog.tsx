// Every shortcut there is, behind `?`.

import { Fragment } from "react";
import { useSingleKeys } from "../desk/keys";
import { Dialog } from "../parts/dialog";
import { Kbd } from "../parts/marks";
import { useWords } from "../words/words";

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const says = words.shortcuts;
  const [single, setSingle] = useSingleKeys();
  const groups = [
    {
      title: says.anywhere,
      rows: [
        [words.palette.title, ["⌃", "K"]],
        [says.show, ["?"]],
        [says.goOffer, ["F8"]],
        [says.next, ["J"]],
        [says.previous, ["K"]],
        [says.goInbox, ["G", says.thenKey, "I"]],
        [says.goFloor, ["G", says.thenKey, "F"]],
        [says.goPolicy, ["G", says.thenKey, "P"]],
      ],
    },
    {
      title: says.inConversation,
      rows: [
        [says.compose, ["R"]],
        [says.note, ["N"]],
        [says.transfer, ["T"]],
        [says.handBack, ["H"]],
        [says.closeConversation, ["⇧", "X"]],
        [says.details, ["B"]],
        [says.tooLate, ["L"]],
        [says.notNeeded, ["U"]],
        [says.send, ["↵"]],
        [says.newLine, ["⇧", "↵"]],
        [says.leave, ["Esc"]],
      ],
    },
    {
      title: says.inOffer,
      rows: [
        [says.accept, ["A", says.or, "↵"]],
        [says.decline, ["D", says.thenKey, "1–4"]],
      ],
    },
    { title: says.inWrapUp, rows: [[says.wrapUp, ["W", says.thenKey, "1–9"]]] },
  ] as { title: string; rows: [string, string[]][] }[];
  return (
    <Dialog title={says.title} onClose={onClose} wide>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {groups.map(({ title, rows }) => (
          <section key={title}>
            <h3 className="mb-1 text-xs font-semibold text-faint">{title}</h3>
            <dl>
              {rows.map(([what, keys]) => (
                <div key={what} className="flex min-h-8 items-center gap-2 border-b border-line text-sm">
                  <dt className="min-w-0 flex-1">{what}</dt>
                  <dd className="flex items-center gap-1 text-xs text-faint">
                    {keys.map((key) => (
                      <Fragment key={key}>{key === says.thenKey || key === says.or ? key : <Kbd>{key}</Kbd>}</Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => setSingle(event.target.checked)}
          className="mt-0.5 size-4 accent-accent"
        />
        <span>
          {says.single}
          <span className="block text-xs text-faint">{says.singleHint}</span>
        </span>
      </label>
    </Dialog>
  );
}
