// The people: the same forms, and an invitation or a password for each.

import type { AgentView, InvitationView } from "@baton/client/wire";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useDeskContext } from "../../desk/desk";
import { sentence } from "../../desk/failure";
import { Button } from "../../parts/button";
import { Badge } from "../../parts/marks";
import { Failure } from "../../parts/screen-states";
import { useFormats, useWords } from "../../words/words";
import { PasswordFor } from "../people";
import { ThingsPage } from "./things";
import { fill, useThingWords } from "./words";

const INVITATIONS_KEY = ["invitations"];

export function PeoplePage() {
  const { api, connection } = useDeskContext();
  const all = useWords();
  const words = useThingWords();
  const formats = useFormats();
  const queries = useQueryClient();
  const agents = useQuery({ queryKey: ["agents"], queryFn: () => api("GET /v1/agents") });
  const open = useQuery({ queryKey: INVITATIONS_KEY, queryFn: () => api("GET /v1/invitations") });
  const [chosen, setChosen] = useState<AgentView | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: INVITATIONS_KEY });
  const invite = useMutation({
    mutationFn: (agent: string) => api("POST /v1/agents/{agent}/invitations", { path: { agent } }),
    onSuccess: again,
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => api("DELETE /v1/invitations/{id}", { path: { id } }),
    onSuccess: again,
  });
  const set = useMutation({
    mutationFn: ({ agent, password }: { agent: AgentView; password: string }) =>
      api("PUT /v1/agents/{agent}/password", { path: { agent: agent.agent }, body: { password } }),
    onSuccess: () => setChosen(null),
  });
  const failure = invite.error ?? withdraw.error ?? open.error;
  return (
    <>
      <ThingsPage
        page="people"
        section="agents"
        above={
          <>
            {failure && <Failure text={sentence(failure, all)} />}
            {invite.data && <Made invitation={invite.data} />}
            {set.isSuccess && (
              <p role="status" className="rounded-md bg-good-tint px-3 py-2 text-sm text-good-ink">
                {all.settings.passwordSet(set.variables.agent.name)}
              </p>
            )}
          </>
        }
        actions={(key, values) => {
          const invited = open.data?.find(({ agent }) => agent === key);
          const agent = agents.data?.find((one) => one.agent === key);
          return (
            <>
              {invited && (
                <Badge tone="accent">
                  {fill(words.invited, formats.moment(invited.expires_at, connection.serverNow()))}
                </Badge>
              )}
              {invited && (
                <Button size="small" look="ghost" onClick={() => withdraw.mutate(invited.id)}>
                  {words.withdraw}
                </Button>
              )}
              <Button
                size="small"
                aria-label={`${words.invite}: ${String(values.name ?? key)}`}
                busy={invite.isPending}
                onClick={() => invite.mutate(key)}
              >
                {words.invite}
              </Button>
              {agent && (
                <Button
                  size="small"
                  aria-label={`${words.password}: ${agent.name}`}
                  onClick={() => {
                    set.reset();
                    setChosen(agent);
                  }}
                >
                  {words.password}
                </Button>
              )}
            </>
          );
        }}
      />
      {chosen && (
        <PasswordFor
          agent={chosen}
          busy={set.isPending}
          error={set.error && sentence(set.error, all)}
          onSet={(password) => set.mutate({ agent: chosen, password })}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}

function Made({ invitation }: { invitation: InvitationView }) {
  const words = useThingWords();
  const [copied, setCopied] = useState(false);
  if (!invitation.link) return null;
  const link = invitation.link;
  return (
    <section role="status" className="flex flex-col gap-1.5 rounded-lg border border-accent-line bg-accent-tint p-3">
      <h2 className="text-sm font-semibold">{fill(words.inviteLink, invitation.agent)}</h2>
      <p className="text-xs text-soft">{words.inviteOnce}</p>
      <p className="flex flex-wrap items-center gap-3">
        <code className="min-w-0 flex-1 rounded-md bg-surface px-2 py-1.5 text-xs break-all">{link}</code>
        <Button size="small" onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
          {copied ? words.copied : words.copy}
        </Button>
      </p>
    </section>
  );
}
