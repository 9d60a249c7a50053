// Today in one row of figures, and what is to be alerted above it.

import type { AlertView, WallView } from "@baton/client/wire";
import { TriangleAlert } from "lucide-react";
import { span } from "../time";
import { useLanguage, useWords } from "../words/words";
import { usePercent } from "./queues";

export function Today({ wall }: { wall: WallView }) {
  const words = useWords();
  const language = useLanguage();
  const percent = usePercent();
  const says = words.wall;
  const { total } = wall;
  const decided = total.within + total.late;
  const tiles = [
    { name: says.requested, value: String(total.requested), of: `${says.inProgress}: ${total.in_progress}` },
    {
      name: says.serviceLevel,
      value: total.service_level == null ? says.nothingYet : percent(total.service_level),
      of: says.serviceLevelOf(total.within, decided),
    },
    {
      name: says.abandonment,
      value: total.abandonment == null ? says.nothingYet : percent(total.abandonment),
      of: says.abandonedOf(total.abandoned, total.requested),
    },
    {
      name: says.answer,
      value: total.answer_p50_s == null ? says.nothingYet : span(total.answer_p50_s * 1000, language),
      of: total.answer_p90_s == null ? "" : says.answerOf(span(total.answer_p90_s * 1000, language)),
    },
    {
      name: says.handle,
      value: total.handle_mean_s == null ? says.nothingYet : span(total.handle_mean_s * 1000, language),
      of: "",
    },
    {
      name: says.rating,
      value:
        total.rating_mean == null
          ? says.nothingYet
          : new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(total.rating_mean),
      of: says.ratingOf(total.ratings),
    },
  ];
  return (
    <section aria-label={says.today}>
      <h2 className="mb-2 text-sm font-semibold">{says.today}</h2>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line shadow-card sm:grid-cols-3 lg:grid-cols-6">
        {tiles.map(({ name, value, of }) => (
          <div key={name} className="flex flex-col bg-surface px-4 py-3">
            <dt className="text-xs text-faint">{name}</dt>
            <dd className="mt-0.5 text-xl font-semibold tabular-nums">{value}</dd>
            <dd className="min-h-4 text-xs text-faint">{of}</dd>
          </div>
        ))}
      </dl>
      {wall.truncated && <p className="mt-2 text-xs text-warn-ink">{says.truncated}</p>}
    </section>
  );
}

/** Every threshold that is passed, in words. */
export function Alerts({ wall }: { wall: WallView }) {
  const words = useWords();
  const tell = useAlertText();
  const alerts = alertsOf(wall);
  if (alerts.length === 0) return null;
  return (
    <section aria-label={words.wall.alerts}>
      <ul className="flex flex-col gap-1.5">
        {alerts.map(({ queue, name, alert }) => (
          <li
            key={`${queue} ${alert.kind}`}
            className="flex items-center gap-2.5 rounded-lg border border-bad-line bg-bad-tint px-3 py-2 text-sm font-medium text-bad-ink"
          >
            <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
            {tell(name, alert)}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function alertsOf(wall: WallView): { queue: string; name: string; alert: AlertView }[] {
  return wall.queues.flatMap(({ queue, name, alerts }) => alerts.map((alert) => ({ queue, name, alert })));
}

export function useAlertText(): (queue: string, alert: AlertView) => string {
  const words = useWords();
  const language = useLanguage();
  const percent = usePercent();
  return (queue, { kind, value, threshold }) => {
    switch (kind) {
      case "waiting":
        return words.wall.alert.waiting(queue, String(value), String(threshold));
      case "longest_wait":
        return words.wall.alert.longest_wait(queue, span(value * 1000, language), span(threshold * 1000, language));
      case "service_level":
        return words.wall.alert.service_level(queue, percent(value), percent(threshold));
    }
  };
}
