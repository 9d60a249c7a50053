// Today's figures: asked again when the socket says that the floor changed, not more often than they change.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useDeskContext } from "../desk/desk";

export const WALL_KEY = ["wall"];

/** Time passes also where nothing happens: a wait grows over its threshold. */
const AGAIN_MS = 10_000;
/** A burst of changes is one look. */
const TOGETHER_MS = 2_000;

export function useWall(enabled: boolean) {
  const { api, floor } = useDeskContext();
  const queries = useQueryClient();
  const told = floor?.at;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each frame of the floor is a reason to look again
  useEffect(() => {
    if (!enabled) return;
    const age = Date.now() - (queries.getQueryState(WALL_KEY)?.dataUpdatedAt ?? 0);
    const timer = setTimeout(
      () => void queries.invalidateQueries({ queryKey: WALL_KEY }),
      Math.max(0, TOGETHER_MS - age),
    );
    return () => clearTimeout(timer);
  }, [told, enabled, queries]);
  return useQuery({
    queryKey: WALL_KEY,
    queryFn: () => api("GET /v1/wall"),
    refetchInterval: AGAIN_MS,
    enabled,
  });
}
