// What the agents' marks suggest for the thresholds, with the evidence: try it in the shadow, or adopt it.

import type { AdviceListView, AdviceView, ShareView } from "@baton/client/wire";
import { Lightbulb } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";
import { Button } from "../parts/button";
import { TextField } from "../parts/field";
import { Empty, Failure } from "../parts/screen-states";
import { panel } from "../settings/settings-frame";
import { useFormats, useLanguage, useWords } from "../words/words";

type Props = {
  list: AdviceListView;
  busy: boolean;
  error: string | null;
  onTry: (advice: AdviceView) => void;
  onAdopt: (advice: AdviceView, why: string) => void;
};

export function AdviceList({ list, busy, error, onTry, onAdopt }: Props) {
  const words = useWords();
  const says = words.policy;
  return (
    <section aria-label={says.advice} className={panel}>
      <div className="border-b border-line p-4">
        <h2 className="text-base font-semibold">{says.advice}</h2>
        <p className="mt-1 text-sm text-faint">{says.adviceLead(list.marked)}</p>
        {error && <Failure text={error} className="mt-2" />}
      </div>
      {list.advice.length === 0 ? (
        <Empty icon={Lightbulb} title={says.noAdvice} text={says.noAdviceText} compact />
      ) : (
        <ul className="divide-y divide-line">
          {list.advice.map((advice) => (
            <One key={advice.key} advice={advice} busy={busy} onTry={onTry} onAdopt={onAdopt} />
          ))}
        </ul>
      )}
    </section>
  );
}

type OneProps = { advice: AdviceView; busy: boolean; onTry: Props["onTry"]; onAdopt: Props["onAdopt"] };

function One({ advice, busy, onTry, onAdopt }: OneProps) {
  const words = useWords();
  const formats = useFormats();
  const says = words.policy;
  const [adopting, setAdopting] = useState(false);
  const [why, setWhy] = useState("");
  const two = (value: number) => formats.number(Math.round(value * 100) / 100);
  const from = typeof advice.from === "number" ? two(advice.from) : says.never;
  return (
    <li className="flex flex-col gap-2 p-4 text-sm">
      <h3>
        <code className="font-mono text-xs">{advice.key}</code> {says.fromTo(from, two(advice.to))}
      </h3>
      <ul className="flex flex-col gap-1 text-soft">
        <Evidence share={advice.sooner} says={says.sooner} />
        <Evidence share={advice.spared} says={says.spared} />
        <Evidence share={advice.disturbed} says={says.disturbed} />
      </ul>
      {advice.turned.length > 0 && (
        <p className="flex flex-wrap gap-x-2 text-xs">
          <span className="text-faint">{says.read}</span>
          {advice.turned.map((id, index) => (
            <Link key={id} href={`/c/${id}`} className="inline-block min-h-6 underline">
              {says.conversation(index + 1)}
            </Link>
          ))}
        </p>
      )}
      {adopting ? (
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            onAdopt(advice, why);
          }}
        >
          <div className="min-w-48 flex-1">
            <TextField
              label={says.why}
              value={why}
              autoFocus
              required
              maxLength={400}
              onChange={(event) => setWhy(event.target.value)}
            />
          </div>
          <Button type="submit" look="primary" className="h-9" busy={busy} disabled={why.trim() === ""}>
            {says.adopt}
          </Button>
          <Button className="h-9" onClick={() => setAdopting(false)}>
            {words.cancel}
          </Button>
        </form>
      ) : (
        <p className="flex gap-2">
          <Button busy={busy} onClick={() => onTry(advice)}>
            {says.tryInShadow}
          </Button>
          <Button look="ghost" onClick={() => setAdopting(true)}>
            {says.adopt}
          </Button>
        </p>
      )}
    </li>
  );
}

function Evidence({ share, says }: { share: ShareView; says: (of: number, all: number, interval: string) => string }) {
  const language = useLanguage();
  if (share.all === 0) return null;
  const percent = (value: number) =>
    new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(value);
  return <li>{says(share.of, share.all, `${percent(share.low)}–${percent(share.high)}`)}</li>;
}
