// The brief: what somebody must know before the first word, each statement with the messages it rests on.

import type { BriefView, CitedView } from "@baton/client/wire";
import { FileText, MessageSquareQuote } from "lucide-react";
import { triggerText } from "../conversation/event-line";
import { Badge } from "../parts/marks";
import { Empty } from "../parts/screen-states";
import { useWords } from "../words/words";
import { Cite, Facts, Section } from "./section";

export function Brief({ brief, onJump }: { brief: BriefView | null; onJump: (seq: number) => void }) {
  const words = useWords();
  if (!brief) return <Empty icon={FileText} title={words.aside.noBrief} text={words.aside.noBriefText} compact />;
  return (
    <>
      {brief.transfer_note && (
        <div className="mx-4 my-3 rounded-lg border border-warn-line bg-warn-tint px-3 py-2 text-sm">
          <p className="flex items-center gap-1.5 text-xs font-medium text-warn-ink">
            <MessageSquareQuote aria-hidden="true" className="size-3.5" />
            {words.aside.transferNote}
          </p>
          <p className="mt-0.5 whitespace-pre-wrap">{brief.transfer_note}</p>
        </div>
      )}
      <Section title={words.aside.issue}>
        <p className="text-base font-medium">
          <Cited cited={brief.issue} onJump={onJump} />
        </p>
      </Section>
      <Section title={words.aside.why}>
        <p className="flex flex-wrap gap-1">
          {brief.why.map((trigger) => (
            <Badge key={`${trigger.code}-${trigger.of}`} tone="warn">
              {triggerText(trigger, words)}
            </Badge>
          ))}
        </p>
      </Section>
      {brief.summary.length > 0 && (
        <Section title={words.aside.summary}>
          <ul className="flex flex-col gap-1.5 text-sm">
            {brief.summary.map((cited) => (
              <li key={cited.text} className="border-l-2 border-line pl-2.5">
                <Cited cited={cited} onJump={onJump} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {brief.known.length > 0 && (
        <Section title={words.aside.known}>
          <Facts
            rows={brief.known.map(({ what, value, message }) => ({
              name: what,
              value: (
                <>
                  {value}
                  {message != null && <Cite seq={message} onJump={onJump} />}
                </>
              ),
            }))}
          />
        </Section>
      )}
      {brief.tried.length > 0 && (
        <Section title={words.aside.tried}>
          <ul className="flex flex-col gap-2 text-sm">
            {brief.tried.map((tried) => (
              <li key={`${tried.question}-${tried.answer}`}>
                <span className="text-soft">{tried.text}</span>
                <Cite seq={tried.answer} onJump={onJump} />{" "}
                <Badge className="align-text-bottom">{words.aside.worked[tried.worked] ?? tried.worked}</Badge>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p className="border-t border-line px-4 py-3 text-xs text-faint">
        {brief.written_by === "extractive" ? words.aside.writtenExtractive : words.aside.writtenBy(brief.written_by)}
        {" · "}
        {words.aside.covers(brief.messages)}
        {brief.truncated && (
          <>
            <br />
            {words.aside.truncated}
          </>
        )}
      </p>
    </>
  );
}

export function Cited({ cited, onJump }: { cited: CitedView; onJump?: (seq: number) => void }) {
  return (
    <>
      {cited.text}
      {onJump && cited.messages.map((seq) => <Cite key={seq} seq={seq} onJump={onJump} />)}
    </>
  );
}
