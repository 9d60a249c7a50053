// What was done, by whom.

import type { AuditEntryView } from "@baton/client/wire";
import { ScrollText } from "lucide-react";
import { type Named, whoName } from "../desk/lists";
import { Empty } from "../parts/screen-states";
import { SideScroll } from "../parts/side-scroll";
import { useNow } from "../time";
import { useFormats, useWords } from "../words/words";
import { panel } from "./settings-frame";

export function Audit({ entries, agents }: { entries: readonly AuditEntryView[]; agents: readonly Named[] }) {
  const words = useWords();
  const formats = useFormats();
  const now = useNow(60_000);
  const says = words.settings;
  if (entries.length === 0) {
    return (
      <div className={panel}>
        <Empty icon={ScrollText} title={says.noAudit} text={says.noAuditText} compact />
      </div>
    );
  }
  return (
    <SideScroll label={says.audit} className={panel}>
      <table className="w-full text-sm">
        <thead className="border-b border-line text-left text-xs text-faint">
          <tr>
            {[says.when, says.who, says.action, says.what].map((text) => (
              <th key={text} scope="col" className="px-4 py-2 font-medium">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id of their own
            <tr key={`${entry.at}-${index}`}>
              <td className="px-4 py-2 whitespace-nowrap text-faint">{formats.moment(entry.at, now)}</td>
              <td className="px-4 py-2 font-medium whitespace-nowrap">{whoName(entry.who, agents)}</td>
              <td className="px-4 py-2 font-mono text-xs whitespace-nowrap">{entry.action}</td>
              <td className="px-4 py-2 text-soft [overflow-wrap:anywhere]">{entry.what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}
