// The admin's pages, each wired to its calls.

import { ApiProblem } from "@baton/client/http";
import type { Applied, ConfigDifferenceView, ConfigPlanView } from "@baton/client/wire";
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { ShieldX } from "lucide-react";
import { useState } from "react";
import { useDeskContext } from "../desk/desk";
import { sentence } from "../desk/failure";
import { Empty, Failure, Loading } from "../parts/screen-states";
import { Audit } from "../settings/audit";
import { BotKeys } from "../settings/bot-keys";
import { Configuration, type Outcome } from "../settings/configuration";
import { SETTINGS_PAGES, SettingsFrame, type SettingsPage } from "../settings/settings-frame";
import { PeoplePage } from "../settings/things/people-page";
import { StartPage } from "../settings/things/start";
import { ThingsPage } from "../settings/things/things";
import { type Compared, Versions } from "../settings/versions";
import { useWords, type Words } from "../words/words";

export function SettingsScreen({ page }: { page: string | undefined }) {
  const { me } = useDeskContext();
  const words = useWords();
  if (me.role !== "admin") return <Empty icon={ShieldX} title={words.settings.forbidden} heading />;
  const shown: SettingsPage = SETTINGS_PAGES.find((one) => one === page) ?? "start";
  switch (shown) {
    case "configuration":
      return <ConfigurationPage />;
    case "start":
      return <StartPage />;
    case "people":
      return <PeoplePage />;
    case "queues":
    case "channels":
    case "bots":
    case "topics":
    case "rules":
      return <ThingsPage key={shown} page={shown} section={shown} />;
    case "keys":
      return <KeysPage />;
    case "audit":
      return <AuditPage />;
  }
}

function ConfigurationPage() {
  const { api, floor } = useDeskContext();
  const agents = floor?.agents ?? [];
  const words = useWords();
  const queries = useQueryClient();
  const config = useQuery({ queryKey: ["config"], queryFn: () => api("GET /v1/config"), refetchOnWindowFocus: false });
  const versions = useQuery({ queryKey: ["config-versions"], queryFn: () => api("GET /v1/config/versions") });
  const [looked, setLooked] = useState<number | null>(null);
  const compared = useQuery({
    queryKey: ["config-difference", looked],
    queryFn: () => api("GET /v1/config/difference", { query: { to: looked ?? 0 } }),
    enabled: looked !== null,
  });
  const reload = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["config"] }),
      queries.invalidateQueries({ queryKey: ["config-versions"] }),
    ]);
  const expected = config.data ? { expected_version: config.data.version } : {};
  const apply = useMutation({
    mutationFn: (body: { document: string; note: string | null }) =>
      api("PUT /v1/config", { body: { ...body, ...expected } }),
    onSuccess: reload,
  });
  const plan = useMutation({
    mutationFn: (document: string) => api("POST /v1/config/plan", { body: { document } }),
    onMutate: () => apply.reset(),
  });
  const rollBack = useMutation({
    mutationFn: (body: { version: number; note: string | null }) =>
      api("POST /v1/config/rollback", { body: { ...body, ...expected } }),
    onSuccess: reload,
  });
  const outcome = outcomeOf(plan, apply, words);
  return (
    <SettingsFrame page="configuration" lead={words.settings.configLead}>
      {config.error && <Failure text={sentence(config.error, words)} onRetry={() => void config.refetch()} />}
      {config.isPending && <Loading />}
      {config.data && (
        <Configuration
          config={config.data}
          agents={agents}
          busy={apply.isPending || plan.isPending}
          outcome={outcome}
          onPlan={(document) => plan.mutate(document)}
          onApply={(document, note) => apply.mutate({ document, note })}
          onReload={() => void reload()}
          aside={
            <Versions
              inForce={config.data.version}
              versions={versions.data ?? []}
              agents={agents}
              compared={looked === null ? null : comparedOf(compared, words)}
              busy={rollBack.isPending}
              error={rollBack.error && sentence(rollBack.error, words)}
              onCompare={setLooked}
              onRollBack={(version, note, done) => rollBack.mutate({ version, note }, { onSuccess: done })}
            />
          }
        />
      )}
    </SettingsFrame>
  );
}

type Planning = UseMutationResult<ConfigPlanView, Error, string>;
type Applying = UseMutationResult<Applied, Error, { document: string; note: string | null }>;

function outcomeOf(plan: Planning, apply: Applying, words: Words): Outcome {
  if (apply.data) return { at: "applied", ...apply.data };
  const failure = apply.error ?? plan.error;
  if (failure) {
    const meanwhile = failure instanceof ApiProblem && failure.status === 409;
    return { at: "refused", detail: sentence(failure, words), meanwhile };
  }
  return plan.data ? { at: "planned", document: plan.variables, plan: plan.data } : null;
}

function comparedOf({ data, error }: UseQueryResult<ConfigDifferenceView>, words: Words): Compared {
  if (data) return { at: "there", difference: data };
  return error ? { at: "failed", why: sentence(error, words) } : { at: "loading" };
}

function KeysPage() {
  const { api } = useDeskContext();
  const words = useWords();
  const queries = useQueryClient();
  const keys = useQuery({ queryKey: ["bot-keys"], queryFn: () => api("GET /v1/bot-keys") });
  const again = () => queries.invalidateQueries({ queryKey: ["bot-keys"] });
  const create = useMutation({
    mutationFn: (body: { bot: string; label: string }) => api("POST /v1/bot-keys", { body }),
    onSuccess: again,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => api("DELETE /v1/bot-keys/{id}", { path: { id } }),
    onSuccess: again,
  });
  const failure = create.error ?? revoke.error ?? keys.error;
  return (
    <SettingsFrame page="keys" lead={words.settings.keysLead}>
      {keys.isPending && <Loading />}
      {(keys.data || keys.error) && (
        <BotKeys
          keys={keys.data ?? []}
          made={create.data ?? null}
          busy={create.isPending || revoke.isPending}
          error={failure && sentence(failure, words)}
          onCreate={(bot, label) => create.mutate({ bot, label })}
          onRevoke={(id) => revoke.mutate(id)}
        />
      )}
    </SettingsFrame>
  );
}

function AuditPage() {
  const { api, floor } = useDeskContext();
  const words = useWords();
  const audit = useQuery({ queryKey: ["audit"], queryFn: () => api("GET /v1/audit") });
  return (
    <SettingsFrame page="audit" lead={words.settings.auditLead}>
      {audit.error && <Failure text={sentence(audit.error, words)} onRetry={() => void audit.refetch()} />}
      {audit.isPending && <Loading />}
      {audit.data && <Audit entries={audit.data} agents={floor?.agents ?? []} />}
    </SettingsFrame>
  );
}
