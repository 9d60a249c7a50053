// The floor, fed by the socket; the conversations by pages.

import type { AgentView, QueueView } from "@baton/client/wire";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FLOOR_KEY, LISTS_AGAIN_MS, listKey, useDeskContext } from "../desk/desk";
import { sentence } from "../desk/failure";
import { type FloorFilter, FloorScreen } from "../floor/floor-view";
import type { Exception } from "../floor/queues";
import { useWall, WALL_KEY } from "../floor/use-wall";
import { AwayDialog, ExceptionDialog } from "../floor/wall-dialogs";
import { useWords } from "../words/words";

type Asked =
  | { at: "away"; agent: AgentView; availability: "away" | "offline" }
  | { at: "exception"; queue: QueueView; open: boolean };

export function FloorPage() {
  const { api, me, floor, connection } = useDeskContext();
  const words = useWords();
  const queries = useQueryClient();
  const [filter, setFilter] = useState<FloorFilter>("all");
  const [asked, setAsked] = useState<Asked | null>(null);
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
  const wall = useWall(overseer);
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: () => {
      setAsked(null);
      void queries.invalidateQueries({ queryKey: WALL_KEY });
    },
  });
  const ask = (next: Asked) => {
    act.reset();
    setAsked(next);
  };
  const except = (queue: QueueView, what: Exception) => {
    if (what === "end") act.mutate(() => api("DELETE /v1/queues/{queue}/exception", { path: { queue: queue.queue } }));
    else ask({ at: "exception", queue, open: what === "open" });
  };
  const floorError = queries.getQueryState(FLOOR_KEY)?.error ?? null;
  const failed = act.error && sentence(act.error, words);
  const common = { busy: act.isPending, error: failed, onClose: () => setAsked(null) };
  return (
    <>
      <FloorScreen
        floor={floor}
        error={asked ? null : (failed ?? (floor ? null : floorError && sentence(floorError, words)))}
        onRetry={() => {
          act.reset();
          void queries.refetchQueries({ queryKey: FLOOR_KEY });
          void all.refetch();
        }}
        conversations={overseer ? (all.data?.pages.flatMap((page) => page.items) ?? null) : undefined}
        conversationsError={all.error && sentence(all.error, words)}
        estimates={estimates.data}
        wall={wall.data}
        onAway={overseer ? (agent, availability) => ask({ at: "away", agent, availability }) : undefined}
        onExcept={overseer ? except : undefined}
        filter={filter}
        onFilter={setFilter}
        onMore={all.hasNextPage ? () => void all.fetchNextPage() : null}
      />
      {asked?.at === "away" && (
        <AwayDialog
          {...common}
          agent={asked.agent}
          availability={asked.availability}
          onDone={(reason) =>
            act.mutate(() =>
              api("PUT /v1/agents/{agent}/availability", {
                path: { agent: asked.agent.agent },
                body: { availability: asked.availability, reason },
              }),
            )
          }
        />
      )}
      {asked?.at === "exception" && (
        <ExceptionDialog
          {...common}
          queue={asked.queue}
          open={asked.open}
          now={connection.serverNow()}
          onDone={(until, reason) =>
            act.mutate(() =>
              api("PUT /v1/queues/{queue}/exception", {
                path: { queue: asked.queue.queue },
                body: { open: asked.open, until, reason },
              }),
            )
          }
        />
      )}
    </>
  );
}
