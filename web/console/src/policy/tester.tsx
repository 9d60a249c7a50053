// Try a message on the policy: what it would conclude, why, and what would change it.

import type { Assess, AssessedView } from "@baton/client/wire";
import { type FormEvent, useState } from "react";
import { Signals, WouldChange } from "../aside/signals";
import { Trace, tones } from "../aside/verdicts";
import { Marked } from "../conversation/message";
import { Button } from "../parts/button";
import { SelectField, TextArea } from "../parts/field";
import { Badge } from "../parts/marks";
import { Failure } from "../parts/screen-states";
import { panel } from "../settings/settings-frame";
import { languageName } from "../time";
import { useLanguage, useWords } from "../words/words";

type Props = {
  channels: readonly string[];
  busy: boolean;
  error: string | null;
  /** The last answer, with the message that it is about. */
  answer: { text: string; assessed: AssessedView } | null;
  onTry: (asked: Assess) => void;
};

const LANGUAGES = "en es fr de it pt nl pl tr ru uk ar hi id vi th zh ja ko".split(" ");

export function Tester({ channels, busy, error, answer, onTry }: Props) {
  const words = useWords();
  const language = useLanguage();
  const says = words.policy;
  const [text, setText] = useState("");
  const [spoken, setSpoken] = useState("");
  const [channel, setChannel] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    onTry({ text, history: [], language: spoken || null, channel: channel || null });
  };
  return (
    <section aria-label={says.tester} className={panel}>
      <form onSubmit={submit} className="flex flex-col gap-3 p-4">
        <h2 className="text-base font-semibold">{says.tester}</h2>
        <TextArea
          label={says.message}
          hint={says.messageHint}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="grid gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-end">
          <SelectField label={says.language} value={spoken} onChange={(event) => setSpoken(event.target.value)}>
            <option value="">{says.anyLanguage}</option>
            {LANGUAGES.map((one) => (
              <option key={one} value={one}>
                {languageName(one, language)}
              </option>
            ))}
          </SelectField>
          <SelectField label={says.channel} value={channel} onChange={(event) => setChannel(event.target.value)}>
            <option value="">{says.firstChannel}</option>
            {channels.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </SelectField>
          <Button type="submit" look="primary" className="h-9" busy={busy} disabled={text.trim() === ""}>
            {says.try}
          </Button>
        </div>
        {error && <Failure text={error} />}
      </form>
      <div role="status" className={answer ? "flex flex-col gap-3 border-t border-line p-4 text-sm" : "sr-only"}>
        {answer && <Conclusion text={answer.text} assessed={answer.assessed} />}
      </div>
    </section>
  );
}

function Conclusion({ text, assessed: { verdict, shadows } }: { text: string; assessed: AssessedView }) {
  const words = useWords();
  const spans = verdict.signals.flatMap(({ span }) => (span ? [span] : []));
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <span className="text-soft">{words.policy.verdict}</span>
        <Badge tone={tones[verdict.kind]}>{words.verdicts[verdict.kind]}</Badge>
        {shadows.map(({ shadow, kind }) => (
          <Badge key={shadow} tone={tones[kind]}>
            {words.policy.inShadow(shadow)}: {words.verdicts[kind]}
          </Badge>
        ))}
      </p>
      <p className="rounded-lg bg-sunken px-3 py-2 [overflow-wrap:anywhere]">
        <Marked text={text} spans={spans} />
      </p>
      {verdict.signals.length === 0 ? (
        <p className="text-faint">{words.policy.noSignals}</p>
      ) : (
        <Signals signals={verdict.signals} />
      )}
      <WouldChange verdict={verdict} />
      <Trace verdict={{ ...verdict, would_change: [], counterfactuals: [] }} />
    </>
  );
}
