// The policy for those who supervise: try a message, compare the shadows, follow what the marks suggest.

import type { AdviceView, Assess } from "@baton/client/wire";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldX } from "lucide-react";
import { useState } from "react";
import { useDeskContext } from "../desk/desk";
import { sentence } from "../desk/failure";
import { Empty, Failure, Loading } from "../parts/screen-states";
import { AdviceList } from "../policy/advice";
import { Shadows } from "../policy/shadows";
import { Tester } from "../policy/tester";
import { useWords } from "../words/words";

type Turn = { advice: AdviceView; shadow: string | null; note: string };

export function PolicyScreen() {
  const { me, api } = useDeskContext();
  const words = useWords();
  const queries = useQueryClient();
  const allowed = me.role !== "agent";
  const [opened, setOpened] = useState<string | null>(null);
  const policy = useQuery({ queryKey: ["policy"], queryFn: () => api("GET /v1/policy"), enabled: allowed });
  const advice = useQuery({ queryKey: ["advice"], queryFn: () => api("GET /v1/policy/advice"), enabled: allowed });
  const examples = useQuery({
    queryKey: ["shadow-examples", opened],
    queryFn: () => api("GET /v1/policy/shadows/{shadow}/examples", { path: { shadow: opened ?? "" } }),
    enabled: opened !== null,
  });
  const tried = useMutation({ mutationFn: (body: Assess) => api("POST /v1/assess", { body }) });
  const turn = useMutation({
    mutationFn: ({ advice: { key, to }, shadow, note }: Turn) =>
      api("PUT /v1/policy/thresholds/{key}", {
        path: { key },
        body: { value: to, shadow, note, expected_version: policy.data?.version ?? null },
      }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["policy"] }),
        queries.invalidateQueries({ queryKey: ["advice"] }),
        queries.invalidateQueries({ queryKey: ["config"] }),
      ]),
  });
  const says = words.policy;
  if (!allowed) return <Empty icon={ShieldX} title={words.settings.forbidden} heading />;
  const failure = policy.error ?? advice.error;
  return (
    <main id="main" tabIndex={-1} className="scroll-thin relative min-h-0 flex-1 overflow-y-auto outline-none">
      <div className="mx-auto flex max-w-5xl flex-col gap-5 px-4 py-6 sm:px-8">
        <header>
          <h1 className="text-xl font-semibold tracking-tight">{says.title}</h1>
          <p className="mt-1 max-w-2xl text-sm text-faint">{says.lead}</p>
        </header>
        {failure && <Failure text={sentence(failure, words)} onRetry={() => void policy.refetch()} />}
        {policy.isPending && <Loading />}
        {policy.data && (
          <>
            <Tester
              channels={policy.data.channels}
              busy={tried.isPending}
              error={tried.error && sentence(tried.error, words)}
              answer={tried.data ? { text: tried.variables.text, assessed: tried.data } : null}
              onTry={(asked) => tried.mutate(asked)}
            />
            {advice.data && (
              <AdviceList
                list={advice.data}
                busy={turn.isPending}
                error={turn.error && sentence(turn.error, words)}
                onTry={(one) => turn.mutate({ advice: one, shadow: shadowName(one), note: says.triedNote })}
                onAdopt={(one, note) => turn.mutate({ advice: one, shadow: null, note })}
              />
            )}
            <Shadows
              shadows={policy.data.shadows}
              opened={opened}
              examples={examples.data ?? null}
              onOpen={setOpened}
            />
          </>
        )}
      </div>
    </main>
  );
}

/** A key for the shadow in which one piece of advice is tried. */
function shadowName({ key }: AdviceView): string {
  return `try-${key.replaceAll("_", "-")}`;
}
