// Today against the usual day: bars for today, a line for what is usual, and the same as a table.

import type { WallFiguresView, WallView } from "@baton/client/wire";
import { useId, useState } from "react";
import { SelectField } from "../parts/field";
import { SideScroll } from "../parts/side-scroll";
import { useLanguage, useWords } from "../words/words";
import { usePercent } from "./queues";
import { Block } from "./table";

type Measure = "requested" | "abandoned" | "service_level";

const WIDTH = 960;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 24;
const TOP = 10;

export function DayChart({ wall }: { wall: WallView }) {
  const words = useWords();
  const says = words.wall;
  const [measure, setMeasure] = useState<Measure>("requested");
  const [queue, setQueue] = useState("");
  const figures = wall.queues.find((one) => one.queue === queue)?.figures ?? wall.total;
  return (
    <Block title={says.chart}>
      <div className="flex flex-col gap-3 p-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <SelectField
            label={says.measure}
            value={measure}
            onChange={(event) => setMeasure(event.target.value as Measure)}
          >
            {(Object.keys(says.measures) as Measure[]).map((one) => (
              <option key={one} value={one}>
                {says.measures[one]}
              </option>
            ))}
          </SelectField>
          <SelectField label={says.of} value={queue} onChange={(event) => setQueue(event.target.value)}>
            <option value="">{says.allQueues}</option>
            {wall.queues.map((one) => (
              <option key={one.queue} value={one.queue}>
                {one.name}
              </option>
            ))}
          </SelectField>
        </div>
        <Chart wall={wall} figures={figures} measure={measure} />
        <p className="text-xs text-faint">
          {figures.usual ? says.usualOf(wall.usual_days) : says.noUsual} {says.zone(wall.time_zone)}.
        </p>
        <AsTable wall={wall} figures={figures} measure={measure} />
      </div>
    </Block>
  );
}

type Shown = { wall: WallView; figures: WallFiguresView; measure: Measure };

/** Of slots that have not begun nothing is said; of those in which nobody asked there is no service level. */
export function valuesOf({ wall, figures, measure }: Shown) {
  return figures.today.map((slot, place) => {
    const at = wall.day_starts + place * wall.slot_s * 1000;
    return {
      at,
      today: at > wall.at ? null : (slot[measure] ?? null),
      usual: figures.usual?.[place]?.[measure] ?? null,
    };
  });
}

function Chart(shown: Shown) {
  const { wall, measure } = shown;
  const words = useWords();
  const clock = useClock(wall.time_zone);
  const percent = usePercent();
  const title = useId();
  const values = valuesOf(shown);
  const highest = Math.max(...values.flatMap(({ today, usual }) => [today ?? 0, usual ?? 0]));
  const top = measure === "service_level" ? 1 : niceAbove(highest);
  const x = (place: number) => LEFT + (place * (WIDTH - LEFT)) / Math.max(values.length, 1);
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const slot = x(1) - x(0);
  const line = pieces(values.map(({ usual }, place) => (usual === null ? null : [x(place + 0.5), y(usual)])));
  const text = (value: number) => (measure === "service_level" ? percent(value) : String(value));
  return (
    <div className="text-faint">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={title} className="block h-auto w-full">
        <title id={title}>{`${words.wall.chart}: ${words.wall.measures[measure]}`}</title>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={LEFT} x2={WIDTH} y1={y(share * top)} y2={y(share * top)} className="stroke-line" />
            <text
              x={LEFT - 8}
              y={y(share * top) + 4}
              textAnchor="end"
              className="fill-current text-[12px] tabular-nums"
            >
              {text(share * top)}
            </text>
          </g>
        ))}
        {values.map(({ at, today }, place) =>
          today === null ? null : (
            <rect
              key={at}
              x={x(place) + slot * 0.14}
              width={slot * 0.72}
              y={y(today)}
              height={Math.max(0, y(0) - y(today))}
              rx="2"
              className="fill-accent"
            />
          ),
        )}
        {line.map((points) => (
          <polyline
            key={points}
            points={points}
            fill="none"
            strokeWidth="2.5"
            strokeDasharray="7 5"
            strokeLinecap="round"
            className="stroke-warn"
          />
        ))}
        {values.map(({ at }, place) =>
          place % 8 === 0 ? (
            <text key={at} x={x(place)} y={HEIGHT - 6} className="fill-current text-[12px] tabular-nums">
              {clock(at)}
            </text>
          ) : null,
        )}
      </svg>
      <p aria-hidden="true" className="mt-1 flex gap-4 text-xs">
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-sm bg-accent" /> {words.wall.today}
        </span>
        {shown.figures.usual && (
          <span className="flex items-center gap-1.5">
            <span className="w-4 border-t-2 border-dashed border-warn" /> {words.wall.usual}
          </span>
        )}
      </p>
    </div>
  );
}

function AsTable(shown: Shown) {
  const words = useWords();
  const language = useLanguage();
  const percent = usePercent();
  const clock = useClock(shown.wall.time_zone);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const text = (value: number | null) =>
    value === null ? words.wall.nothingYet : shown.measure === "service_level" ? percent(value) : number.format(value);
  const rows = valuesOf(shown).filter(({ today, usual }) => (today ?? 0) > 0 || (usual ?? 0) > 0);
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-xs font-medium text-soft">{words.wall.asTable}</summary>
      <SideScroll label={words.wall.asTable}>
        <table className="mt-2 w-full text-left text-xs tabular-nums">
          <thead className="text-faint">
            <tr>
              <th scope="col" className="py-1 pr-4 font-medium">
                {words.wall.from}
              </th>
              <th scope="col" className="py-1 pr-4 font-medium">
                {words.wall.today}
              </th>
              <th scope="col" className="py-1 font-medium">
                {words.wall.usual}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, today, usual }) => (
              <tr key={at} className="border-t border-line">
                <th scope="row" className="py-1 pr-4 font-normal">
                  {clock(at)}
                </th>
                <td className="py-1 pr-4">{text(today)}</td>
                <td className="py-1">{text(usual)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
    </details>
  );
}

/** Hours as they are where the queues are, not where the supervisor sits. */
function useClock(zone: string): (at: number) => string {
  const language = useLanguage();
  const format = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: zone });
  return (at) => format.format(at);
}

/** The smallest of 2, 4, 10, 20, 40, 100 … that is not below; its half is whole too. */
export function niceAbove(value: number): number {
  for (let step = 1; ; step *= 10) {
    for (const times of [2, 4, 10]) if (times * step >= value) return times * step;
  }
}

/** The points of each stretch without a gap. */
function pieces(points: (readonly [number, number] | null | undefined)[]): string[] {
  const all: string[][] = [[]];
  for (const point of points) {
    if (point) all.at(-1)?.push(`${point[0].toFixed(1)},${point[1].toFixed(1)}`);
    else all.push([]);
  }
  return all.filter((piece) => piece.length > 1).map((piece) => piece.join(" "));
}
