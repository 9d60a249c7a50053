// The queues as they stand, with what today came to.

import type { QueueView, WallQueueView, WallView } from "@baton/client/wire";
import { Ellipsis } from "lucide-react";
import { IconButton } from "../parts/button";
import { cx } from "../parts/class-names";
import { Badge } from "../parts/marks";
import { Menu, MenuItem } from "../parts/menu";
import { Elapsed, useNow } from "../time";
import { useFormats, useLanguage, useWords } from "../words/words";
import { cell, Table } from "./table";

/** What is done to a queue for a while: opened, closed, or left to its hours again. */
export type Exception = "open" | "close" | "end";

type Props = {
  queues: readonly QueueView[];
  wall: WallView | null;
  onExcept: ((queue: QueueView, what: Exception) => void) | null;
};

export function Queues({ queues, wall, onExcept }: Props) {
  const words = useWords();
  const says = words.floor;
  const today = wall ? [words.wall.serviceLevel, words.wall.abandonment] : [];
  return (
    <Table
      label={says.queues}
      heads={[says.queue, says.waiting, says.longest, says.estimate, ...today, says.people, says.freeNow, says.status]}
    >
      {queues.map((queue) => (
        <Row
          key={queue.queue}
          queue={queue}
          wall={wall?.queues.find((one) => one.queue === queue.queue) ?? null}
          withToday={wall !== null}
          onExcept={onExcept}
        />
      ))}
    </Table>
  );
}

type RowProps = {
  queue: QueueView;
  wall: WallQueueView | null;
  withToday: boolean;
  onExcept: Props["onExcept"];
};

function Row({ queue, wall, withToday, onExcept }: RowProps) {
  const words = useWords();
  const formats = useFormats();
  const percent = usePercent();
  const now = useNow();
  const says = words.floor;
  const late = queue.longest_since != null && now - queue.longest_since > queue.service_level_s * 1000;
  const alerted = (kind: string) => wall?.alerts.some((alert) => alert.kind === kind) ?? false;
  return (
    <tr>
      <th scope="row" className={cx(cell, "text-left font-medium")}>
        <span className="flex items-center gap-1">
          {onExcept && wall && <Actions queue={queue} onExcept={onExcept} />}
          {queue.name}
        </span>
        {queue.delivery && queue.delivery !== "offer" && (
          <Badge className="ml-2">{says.delivery[queue.delivery] ?? queue.delivery}</Badge>
        )}
      </th>
      <td className={cx(cell, "tabular-nums")}>
        <span
          className={cx(
            queue.waiting > 0 ? "text-base font-semibold" : "text-faint",
            alerted("waiting") && "text-bad-ink",
          )}
        >
          {queue.waiting}
        </span>
        {queue.limit != null && <span className="text-faint"> / {queue.limit}</span>}
      </td>
      <td className={cx(cell, "whitespace-nowrap tabular-nums")}>
        {queue.longest_since != null ? (
          <span className={cx("inline-flex items-center gap-2", late && "font-medium text-bad-ink")}>
            <Elapsed since={queue.longest_since} />
            {late && <Badge tone="bad">{says.late}</Badge>}
          </span>
        ) : (
          <span className="text-faint">–</span>
        )}
      </td>
      <td className={cx(cell, "whitespace-nowrap")}>
        {queue.wait ? (
          formats.durations(queue.wait.likely_s, queue.wait.at_most_s)
        ) : (
          <span className="text-faint">{says.noEstimate}</span>
        )}
        {wall?.coverage != null && (
          <span className="block text-xs text-faint" title={words.wall.coverageTitle}>
            {words.wall.coverage(percent(wall.coverage))}
          </span>
        )}
      </td>
      {withToday && (
        <>
          <td className={cx(cell, "whitespace-nowrap tabular-nums")}>
            {wall?.figures.service_level == null ? (
              <span className="text-faint">{words.wall.nothingYet}</span>
            ) : (
              <span className={cx("font-medium", alerted("service_level") && "text-bad-ink")}>
                {percent(wall.figures.service_level)}
                <span className="block text-xs font-normal text-faint">
                  {words.wall.serviceLevelOf(wall.figures.within, wall.figures.within + wall.figures.late)}
                </span>
              </span>
            )}
          </td>
          <td className={cx(cell, "whitespace-nowrap tabular-nums")}>
            {wall?.figures.abandonment == null ? (
              <span className="text-faint">{words.wall.nothingYet}</span>
            ) : (
              <span className="font-medium">
                {percent(wall.figures.abandonment)}
                <span className="block text-xs font-normal text-faint">
                  {words.wall.abandonedOf(wall.figures.abandoned, wall.figures.requested)}
                </span>
              </span>
            )}
          </td>
        </>
      )}
      <td className={cx(cell, "tabular-nums")}>
        {queue.agents_available}
        <span className="text-faint">/{queue.agents_connected}</span>
      </td>
      <td className={cx(cell, "tabular-nums")}>
        <span className={queue.agents_free > 0 ? "font-medium text-good-ink" : "text-faint"}>{queue.agents_free}</span>
      </td>
      <td className={cx(cell, "whitespace-nowrap")}>
        {queue.exception_until != null ? (
          <Badge tone={queue.open ? "good" : "warn"}>
            {words.wall.exceptUntil(queue.open, formats.moment(queue.exception_until, now))}
          </Badge>
        ) : queue.open ? (
          <Badge tone="good">{says.open}</Badge>
        ) : (
          <Badge>{queue.opens_at != null ? says.opens(formats.moment(queue.opens_at, now)) : says.shut}</Badge>
        )}
      </td>
    </tr>
  );
}

function Actions({ queue, onExcept }: { queue: QueueView; onExcept: NonNullable<Props["onExcept"]> }) {
  const words = useWords();
  return (
    <Menu
      trigger={
        <IconButton label={words.wall.actions(queue.name)} className="-ml-2">
          <Ellipsis aria-hidden="true" className="size-4" />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onExcept(queue, queue.open ? "close" : "open")}>
        {queue.open ? words.wall.closeNow : words.wall.openNow}
      </MenuItem>
      {queue.exception_until != null && (
        <MenuItem onSelect={() => onExcept(queue, "end")}>{words.wall.hoursAgain}</MenuItem>
      )}
    </Menu>
  );
}

export function usePercent(): (share: number) => string {
  const language = useLanguage();
  const format = new Intl.NumberFormat(language, { style: "percent" });
  return (share) => format.format(share);
}
