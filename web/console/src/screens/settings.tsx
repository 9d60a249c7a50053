// The admin's pages, each wired to its calls.

import { ApiProblem } from "@baton/client/http";
import type { AgentView } from "@baton/client/wire";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldX } from "lucide-react";
import { useDeskContext } from "../desk/desk";
import { sentence } from "../desk/failure";
import { Empty, Failure, Loading } from "../parts/screen-states";
import { Audit } from "../settings/audit";
import { BotKeys } from "../settings/bot-keys";
import { Configuration, type Outcome } from "../settings/configuration";
import { People } from "../settings/people";
import { SETTINGS_PAGES, SettingsFrame, type SettingsPage } from "../settings/settings-frame";
import { useWords } from "../words/words";

export function SettingsScreen({ page }: { page: string | undefined }) {
  const { me } = useDeskContext();
  const words = useWords();
  if (me.role !== "admin") return <Empty icon={ShieldX} title={words.settings.forbidden} heading />;
  const shown: SettingsPage = SETTINGS_PAGES.find((one) => one === page) ?? "configuration";
  switch (shown) {
    case "configuration":
      return <ConfigurationPage />;
    case "people":
      return <PeoplePage />;
    case "keys":
      return <KeysPage />;
    case "audit":
      return <AuditPage />;
  }
}

function ConfigurationPage() {
  const { api, floor } = useDeskContext();
  const words = useWords();
  const queries = useQueryClient();
  const config = useQuery({ queryKey: ["config"], queryFn: () => api("GET /v1/config"), refetchOnWindowFocus: false });
  const versions = useQuery({ queryKey: ["config-versions"], queryFn: () => api("GET /v1/config/versions") });
  const reload = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["config"] }),
      queries.invalidateQueries({ queryKey: ["config-versions"] }),
    ]);
  const apply = useMutation({
    mutationFn: (document: string) =>
      api("PUT /v1/config", { body: { document, ...(config.data ? { expected_version: config.data.version } : {}) } }),
    onSuccess: reload,
  });
  const outcome: Outcome = apply.data
    ? { at: "applied", ...apply.data }
    : apply.error
      ? {
          at: "refused",
          detail: sentence(apply.error, words),
          meanwhile: apply.error instanceof ApiProblem && apply.error.status === 409,
        }
      : null;
  return (
    <SettingsFrame page="configuration" lead={words.settings.configLead}>
      {config.error && <Failure text={sentence(config.error, words)} onRetry={() => void config.refetch()} />}
      {config.isPending && <Loading />}
      {config.data && (
        <Configuration
          config={config.data}
          versions={versions.data ?? []}
          agents={floor?.agents ?? []}
          busy={apply.isPending}
          outcome={outcome}
          onApply={(document) => apply.mutate(document)}
          onReload={() => void reload()}
        />
      )}
    </SettingsFrame>
  );
}

function PeoplePage() {
  const { api } = useDeskContext();
  const words = useWords();
  const agents = useQuery({ queryKey: ["agents"], queryFn: () => api("GET /v1/agents") });
  const set = useMutation({
    mutationFn: ({ agent, password }: { agent: AgentView; password: string }) =>
      api("PUT /v1/agents/{agent}/password", { path: { agent: agent.agent }, body: { password } }),
  });
  return (
    <SettingsFrame page="people" lead={words.settings.peopleLead}>
      {agents.error && <Failure text={sentence(agents.error, words)} onRetry={() => void agents.refetch()} />}
      {agents.isPending && <Loading />}
      {agents.data && (
        <People
          agents={agents.data}
          busy={set.isPending}
          error={set.error && sentence(set.error, words)}
          done={set.isSuccess ? set.variables.agent : null}
          onSet={(agent, password) => set.mutate({ agent, password })}
        />
      )}
    </SettingsFrame>
  );
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
