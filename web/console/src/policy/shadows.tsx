// Policies in the shadow: how often they judge otherwise, and where, to read.

import type { ShadowExampleView, ShadowView, VerdictName } from "@baton/client/wire";
import { Ghost } from "lucide-react";
import { Link } from "wouter";
import { tones } from "../aside/verdicts";
import { Button } from "../parts/button";
import { Badge } from "../parts/marks";
import { Empty } from "../parts/screen-states";
import { SideScroll } from "../parts/side-scroll";
import { panel } from "../settings/settings-frame";
import { useNow } from "../time";
import { useFormats, useWords } from "../words/words";

type Props = {
  shadows: readonly ShadowView[];
  /** The one whose differing turns are listed. */
  opened: string | null;
  examples: readonly ShadowExampleView[] | null;
  onOpen: (shadow: string | null) => void;
};

const KINDS: readonly VerdictName[] = ["keep", "suggest", "hand_off"];

export function Shadows({ shadows, opened, examples, onOpen }: Props) {
  const words = useWords();
  const says = words.policy;
  return (
    <section aria-label={says.shadows} className={panel}>
      <div className="border-b border-line p-4">
        <h2 className="text-base font-semibold">{says.shadows}</h2>
        <p className="mt-1 text-sm text-faint">{says.shadowsLead}</p>
      </div>
      {shadows.length === 0 && <Empty icon={Ghost} title={says.noShadows} text={says.noShadowsText} compact />}
      <ul className="divide-y divide-line">
        {shadows.map((shadow) => (
          <li key={shadow.name} className="flex flex-col gap-3 p-4 text-sm">
            <div className="flex flex-wrap items-center gap-2">
              <h3 className="font-semibold">{shadow.name}</h3>
              <Badge tone={shadow.running ? "good" : "plain"}>{shadow.running ? says.running : says.notRunning}</Badge>
              <span className="text-xs text-faint">{says.sinceVersion(shadow.version)}</span>
              <span className="ml-auto">
                <Button
                  size="small"
                  aria-expanded={opened === shadow.name}
                  onClick={() => onOpen(opened === shadow.name ? null : shadow.name)}
                >
                  {says.differing(differing(shadow))}
                </Button>
              </span>
            </div>
            <Counts shadow={shadow} />
            {opened === shadow.name && examples && <Examples examples={examples} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Counts({ shadow }: { shadow: ShadowView }) {
  const words = useWords();
  const formats = useFormats();
  const says = words.policy;
  const of = (live: VerdictName, would: VerdictName) =>
    shadow.counts.find((count) => count.live === live && count.would === would)?.turns ?? 0;
  return (
    <SideScroll label={says.counts(shadow.name)} className="rounded-lg border border-line">
      <table className="w-full text-xs">
        <caption className="sr-only">{says.counts(shadow.name)}</caption>
        <thead className="text-left text-faint">
          <tr>
            <th scope="col" className="px-3 py-1.5 font-medium">
              {says.liveByShadow}
            </th>
            {KINDS.map((would) => (
              <th key={would} scope="col" className="px-3 py-1.5 text-right font-medium">
                {words.verdicts[would]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {KINDS.map((live) => (
            <tr key={live}>
              <th scope="row" className="px-3 py-1.5 text-left font-medium">
                {words.verdicts[live]}
              </th>
              {KINDS.map((would) => (
                <td key={would} className={live === would ? cell : `${cell} font-semibold`}>
                  {formats.number(of(live, would))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}

const cell = "px-3 py-1.5 text-right tabular-nums";

function Examples({ examples }: { examples: readonly ShadowExampleView[] }) {
  const words = useWords();
  const formats = useFormats();
  const now = useNow(60_000);
  if (examples.length === 0) return <p className="text-faint">{words.policy.noExamples}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {examples.map((example) => (
        <li key={`${example.conversation} ${example.message}`} className="rounded-lg bg-sunken px-3 py-2">
          <p className="[overflow-wrap:anywhere]">{example.text ?? words.policy.unreadable}</p>
          <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-faint">
            <Badge tone={tones[example.live]}>{words.verdicts[example.live]}</Badge>
            <span aria-hidden="true">→</span>
            <Badge tone={tones[example.would]}>{words.verdicts[example.would]}</Badge>
            <time dateTime={new Date(example.at).toISOString()}>{formats.moment(example.at, now)}</time>
            {example.text !== null && (
              <Link href={`/c/${example.conversation}`} className="inline-block min-h-6 underline">
                {words.policy.open}
              </Link>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

function differing(shadow: ShadowView): number {
  return shadow.counts.filter(({ live, would }) => live !== would).reduce((sum, { turns }) => sum + turns, 0);
}
