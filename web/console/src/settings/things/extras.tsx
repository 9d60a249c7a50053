// What stands beside the fields: a picture of the hours, a channel's snippet and looks, a bot to try.

import { ApiProblem } from "@baton/client/http";
import type { HoursView } from "@baton/client/wire";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useDeskContext } from "../../desk/desk";
import { problemSentence } from "../../desk/failure";
import { Button } from "../../parts/button";
import { cx } from "../../parts/class-names";
import { Failure } from "../../parts/screen-states";
import { useLanguage, useWords } from "../../words/words";
import { asValue, type Draft, FIELDS } from "./fields";
import { fill, useThingWords } from "./words";

const DAY_MINUTES = 24 * 60;

/** Drawn by the server from what stands in the form, before it is saved. */
export function HoursPicture({ draft }: { draft: Draft }) {
  const { api } = useDeskContext();
  const all = useWords();
  const words = useThingWords();
  const value = (key: string) => {
    const field = FIELDS.queues.find((one) => one.key === key);
    return field ? asValue(field, draft[key] ?? "") : undefined;
  };
  const hours = value("hours");
  const asked = useDeferredValue(
    JSON.stringify({
      hours,
      time_zone: value("time_zone") ?? "UTC",
      holidays: value("holidays") ?? [],
      exceptional_days: value("exceptional_days") ?? {},
    }),
  );
  const drawn = useQuery({
    queryKey: ["hours", asked],
    queryFn: () => api("POST /v1/config/hours", { body: JSON.parse(asked) }),
    enabled: hours !== undefined,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (hours === undefined) return <p className="text-xs text-faint">{words.noHours}</p>;
  if (drawn.error) {
    const said = drawn.error instanceof ApiProblem ? problemSentence(drawn.error.problem, all) : all.wentWrong;
    return <Failure text={said} />;
  }
  return drawn.data ? <Weeks view={drawn.data} /> : null;
}

export function Weeks({ view }: { view: HoursView }) {
  const words = useThingWords();
  const language = useLanguage();
  const name = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return (
    <section aria-label={words.week} className="rounded-lg border border-line p-3">
      <p className="mb-2 text-xs font-medium text-soft">{words.week}</p>
      <ul className="flex flex-col gap-1 text-xs">
        {view.days.map(({ date, holiday, exceptional, open }) => (
          <li key={date} className="grid grid-cols-[5.5rem_1fr] items-center gap-2 sm:grid-cols-[5.5rem_1fr_11rem]">
            <span className={cx("tabular-nums", holiday && "text-bad-ink")}>
              {name.format(new Date(`${date}T00:00:00Z`))}
            </span>
            <svg viewBox={`0 0 ${DAY_MINUTES} 60`} preserveAspectRatio="none" aria-hidden="true" className="h-3 w-full">
              <rect width={DAY_MINUTES} height="60" className="fill-sunken" />
              {open.map(([from, until]) => (
                <rect
                  key={from}
                  x={from}
                  width={(until ?? DAY_MINUTES) - (from ?? 0)}
                  height="60"
                  className={exceptional ? "fill-warn" : "fill-good"}
                />
              ))}
            </svg>
            <span className="text-faint max-sm:col-start-2 tabular-nums">
              {open.length === 0
                ? holiday
                  ? words.weekHoliday
                  : words.weekClosed
                : open.map(([from, until]) => `${clock(from ?? 0)}–${clock(until ?? DAY_MINUTES)}`).join(", ")}
              {exceptional && ` · ${words.weekExceptional}`}
            </span>
          </li>
        ))}
      </ul>
      {view.holidays.length > 0 && (
        <p className="mt-2 text-xs text-faint">{fill(words.nextHolidays, view.holidays.join(", "))}</p>
      )}
    </section>
  );
}

export function snippetOf(channel: string, origin: string): string {
  return `<script src="${origin}/widget/baton.js" data-channel="${channel}" async></script>`;
}

export function Snippet({ channel }: { channel: string }) {
  const words = useThingWords();
  const [copied, setCopied] = useState(false);
  const text = snippetOf(channel, location.origin);
  return (
    <section aria-label={words.snippet} className="flex flex-col gap-1.5">
      <p className="text-xs font-medium text-soft">{words.snippet}</p>
      <code className="block rounded-md border border-line bg-sunken px-3 py-2 text-xs break-all">{text}</code>
      <p className="flex items-center gap-3 text-xs text-faint">
        <span className="flex-1">{words.snippetHint}</span>
        <Button size="small" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
          {copied ? words.copied : words.copy}
        </Button>
      </p>
    </section>
  );
}

/** The widget itself, in a frame of its own. */
export function Preview({ channel, title, hint }: { channel: string; title: string; hint: string }) {
  const [shown, setShown] = useState(false);
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <p className="flex items-center gap-3 text-xs text-faint">
        <span className="flex-1">{hint}</span>
        <Button size="small" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {title}
        </Button>
      </p>
      {shown && (
        <iframe
          title={title}
          src={`/widget/frame?channel=${encodeURIComponent(channel)}`}
          className="h-112 w-full rounded-lg border border-line"
        />
      )}
    </section>
  );
}
