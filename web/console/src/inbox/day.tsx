// One's own day in a line: handled, handle time, what customers said.

import { useQuery } from "@tanstack/react-query";
import { useDeskContext } from "../desk/desk";
import { useFormats, useWords } from "../words/words";

const AGAIN_MS = 60_000;

/** Midnight where the person is. */
export function dayBegan(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}

export function Day() {
  const words = useWords();
  const formats = useFormats();
  const { api, connection } = useDeskContext();
  const since = dayBegan(connection.serverNow());
  const day = useQuery({
    queryKey: ["day", since],
    queryFn: () => api("GET /v1/me/day", { query: { since } }),
    refetchInterval: AGAIN_MS,
    retry: false,
  });
  if (!day.data || day.data.accepted === 0) return null;
  const { handled, handle_time_s: time, rating, surveys } = day.data;
  return (
    <p className="flex flex-wrap gap-x-2 border-t border-line px-4 py-2 text-xs text-faint">
      <span className="font-medium">{words.day.title}</span>
      <span>{words.day.handled(handled)}</span>
      {time != null && <span>{words.day.time(formats.duration(time))}</span>}
      {rating != null && <span>{words.day.rating(formats.number(Math.round(rating * 10) / 10), surveys)}</span>}
    </p>
  );
}
