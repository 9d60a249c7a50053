// The floor, fed by the socket; the conversations by pages.

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FLOOR_KEY, LISTS_AGAIN_MS, listKey, useDeskContext } from "../desk/desk";
import { sentence } from "../desk/failure";
import { type FloorFilter, FloorScreen } from "../floor/floor-view";
import { useWords } from "../words/words";

export function FloorPage() {
  const { api, me, floor } = useDeskContext();
  const words = useWords();
  const queries = useQueryClient();
  const [filter, setFilter] = useState<FloorFilter>("all");
  const overseer = me.role !== "agent";
  const all = useInfiniteQuery({
    queryKey: listKey("all"),
    queryFn: ({ pageParam }) =>
      api("GET /v1/conversations", { query: { view: "all", limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LISTS_AGAIN_MS,
    enabled: overseer,
  });
  const estimates = useQuery({
    queryKey: ["estimates"],
    queryFn: () => api("GET /v1/reports/estimates"),
    refetchInterval: LISTS_AGAIN_MS,
    enabled: overseer,
  });
  const floorError = queries.getQueryState(FLOOR_KEY)?.error ?? null;
  return (
    <FloorScreen
      floor={floor}
      error={floor ? null : floorError && sentence(floorError, words)}
      onRetry={() => {
        void queries.refetchQueries({ queryKey: FLOOR_KEY });
        void all.refetch();
      }}
      conversations={overseer ? (all.data?.pages.flatMap((page) => page.items) ?? null) : undefined}
      conversationsError={all.error && sentence(all.error, words)}
      estimates={estimates.data}
      filter={filter}
      onFilter={setFilter}
      onMore={all.hasNextPage ? () => void all.fetchNextPage() : null}
    />
  );
}
