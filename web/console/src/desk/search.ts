// What was written in conversations, by what somebody types: words, and `is:closed`, `in:queue`, `by:agent`.

import type { Api } from "@baton/client/http";
import type { FoundView } from "@baton/client/wire";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

export type Asked = { q: string; queue?: string; agent?: string; closed?: boolean };

const FILTER = /(^|\s)(is|in|by):([a-z0-9_-]+)(?=\s|$)/gi;
const QUIET_MS = 200;
const LETTERS_MIN = 2;
const SHOWN = 10;

/** The words and the filters of what was typed. */
export function askedOf(typed: string): Asked {
  const asked: Asked = { q: "" };
  const words = typed.replace(FILTER, (written, space: string, name: string, value: string) => {
    switch (name.toLowerCase()) {
      case "in":
        asked.queue = value;
        return space;
      case "by":
        asked.agent = value;
        return space;
      default:
        if (value !== "open" && value !== "closed") return written;
        asked.closed = value === "closed";
        return space;
    }
  });
  asked.q = words.trim();
  return asked;
}

export function useFound(api: Api, typed: string): readonly FoundView[] {
  const quiet = useQuiet(typed);
  const asked = askedOf(quiet);
  const found = useQuery({
    queryKey: ["found", asked],
    queryFn: ({ signal }) => api("GET /v1/search", { query: { ...asked, limit: SHOWN }, signal }),
    enabled: asked.q.length >= LETTERS_MIN,
    placeholderData: (before) => before,
    staleTime: 10_000,
    retry: false,
  });
  return asked.q.length >= LETTERS_MIN ? (found.data?.items ?? []) : [];
}

/** What was typed, once the typing pauses. */
function useQuiet(typed: string): string {
  const [quiet, setQuiet] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(typed), QUIET_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return quiet;
}
