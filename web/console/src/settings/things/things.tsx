// One section of the configuration as a page: what there is, a form for each, and what each can do beside.

import { ApiProblem } from "@baton/client/http";
import type { ConfigValuesView } from "@baton/client/wire";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Shapes } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useDeskContext } from "../../desk/desk";
import { sentence } from "../../desk/failure";
import { Button } from "../../parts/button";
import { Empty, Failure, Loading } from "../../parts/screen-states";
import { useWords } from "../../words/words";
import { panel, SettingsFrame, type SettingsPage } from "../settings-frame";
import { HoursPicture, Preview, Snippet } from "./extras";
import type { Draft, Edit, Field, Section, Values } from "./fields";
import { RemoveDialog, ThingForm } from "./thing-form";
import { fill, type ThingWords, useThingWords } from "./words";

export const VALUES_KEY = ["config-values"];

export function useConfigValues() {
  const { api } = useDeskContext();
  return useQuery({
    queryKey: VALUES_KEY,
    queryFn: () => api("GET /v1/config/values"),
    refetchOnWindowFocus: false,
  });
}

export function sectionOf(view: ConfigValuesView, section: Section): Record<string, Values> {
  return ((view.values as Record<string, unknown>)[section] ?? {}) as Record<string, Values>;
}

type Opened = { at: "form"; key: string | null } | { at: "remove"; key: string };

type Props = {
  page: SettingsPage;
  section: Section;
  actions?: (key: string, values: Values) => ReactNode;
  above?: ReactNode;
};

export function ThingsPage({ page, section, actions, above }: Props) {
  const { api } = useDeskContext();
  const all = useWords();
  const words = useThingWords();
  const queries = useQueryClient();
  const config = useConfigValues();
  const [opened, setOpened] = useState<Opened | null>(null);
  const save = useMutation({
    mutationFn: ({ edits, note }: { edits: Edit[]; note: string }) =>
      api("PATCH /v1/config", {
        body: { expected_version: config.data?.version ?? 0, edits, note: note.trim() === "" ? null : note },
      }),
    onSuccess: async () => {
      setOpened(null);
      await Promise.all(
        [VALUES_KEY, ["config"], ["config-versions"], ["agents"]].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  const open = (next: Opened) => {
    save.reset();
    setOpened(next);
  };
  const close = () => {
    if (save.error) void config.refetch();
    setOpened(null);
  };
  const things = config.data ? sectionOf(config.data, section) : {};
  const keys = Object.keys(things).sort();
  const says = words.sections[section];
  const choices = (field: Field): readonly string[] => {
    const from = field.from && config.data ? Object.keys(sectionOf(config.data, field.from)).sort() : [];
    return field.from ? [...(field.required ? [] : [""]), ...from] : (field.options ?? []);
  };
  const told = tell(save.error, section, opened?.key ?? null, words, (error) => sentence(error, all));
  return (
    <SettingsFrame page={page} lead={says.lead}>
      {config.error && <Failure text={sentence(config.error, all)} onRetry={() => void config.refetch()} />}
      {config.isPending && <Loading />}
      {save.data && !opened && (
        <p role="status" className="rounded-md bg-good-tint px-3 py-2 text-sm text-good-ink">
          {fill(words.saved, save.data.version)}
        </p>
      )}
      {above}
      {config.data && (
        <>
          <div>
            <Button look="primary" onClick={() => open({ at: "form", key: null })}>
              <Plus aria-hidden="true" className="size-4" />
              {says.add}
            </Button>
          </div>
          <div className={panel}>
            {keys.length === 0 ? (
              <Empty icon={Shapes} title={says.empty} text={says.emptyText} compact />
            ) : (
              <ul className="divide-y divide-line">
                {keys.map((key) => (
                  <li key={key} className="flex flex-wrap items-center gap-2 px-4 py-2.5 text-sm">
                    <span className="min-w-40 flex-1">
                      <span className="block font-medium">{nameOf(things[key] ?? {}, key)}</span>
                      <span className="block text-xs text-faint">{summaryOf(section, key, things[key] ?? {})}</span>
                    </span>
                    {actions?.(key, things[key] ?? {})}
                    <Button size="small" aria-label={`${words.edit}: ${key}`} onClick={() => open({ at: "form", key })}>
                      {words.edit}
                    </Button>
                    <Button
                      size="small"
                      look="ghost"
                      aria-label={`${words.remove}: ${key}`}
                      onClick={() => open({ at: "remove", key })}
                    >
                      {words.remove}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </>
      )}
      {opened?.at === "form" && (
        <ThingForm
          key={opened.key ?? ""}
          section={section}
          thing={opened.key === null ? null : { key: opened.key, values: things[opened.key] ?? {} }}
          taken={keys}
          choices={choices}
          faults={told.faults}
          error={told.error}
          busy={save.isPending}
          extra={(key, draft) => (
            <Extra section={section} thing={opened.key ? key : null} draft={draft} config={config.data} />
          )}
          onSave={(_, edits, note) => save.mutate({ edits, note })}
          onClose={close}
        />
      )}
      {opened?.at === "remove" && (
        <RemoveDialog
          section={section}
          name={nameOf(things[opened.key] ?? {}, opened.key)}
          busy={save.isPending}
          error={told.error ?? (Object.values(told.faults).join(" ") || null)}
          onRemove={() => save.mutate({ edits: [{ path: [section, opened.key] }], note: "" })}
          onClose={close}
        />
      )}
    </SettingsFrame>
  );
}

type ExtraProps = { section: Section; thing: string | null; draft: Draft; config: ConfigValuesView | undefined };

function Extra({ section, thing, draft, config }: ExtraProps) {
  const words = useThingWords();
  switch (section) {
    case "queues":
      return <HoursPicture draft={draft} />;
    case "channels":
      return thing === null ? null : (
        <>
          <Snippet channel={thing} />
          <Preview channel={thing} title={words.preview} hint={words.previewHint} />
        </>
      );
    case "bots": {
      if (thing === null || !config) return null;
      const channels = Object.entries(sectionOf(config, "channels"));
      const channel = channels.find(([, values]) => values.bot === thing)?.[0];
      if (!channel) return <p className="text-xs text-faint">{words.noChannel}</p>;
      return <Preview channel={channel} title={words.tryBot} hint={fill(words.tryIn, channel)} />;
    }
    case "agents":
    case "topics":
    case "rules":
      return null;
  }
}

function nameOf(values: Values, key: string): string {
  return String(values.name ?? values.title ?? key);
}

function summaryOf(section: Section, key: string, values: Values): string {
  const list = (value: unknown) => (Array.isArray(value) ? value.join(", ") : undefined);
  const told: Record<Section, unknown[]> = {
    queues: [values.hours, list(values.topics), values.delivery],
    agents: [values.role ?? "agent", values.email, list(values.queues)],
    channels: [values.bot, list(values.origins)],
    bots: [values.kind, values.url ?? values.model],
    topics: [list(values.phrases)],
    rules: [values.when, values.then],
  };
  return [key, ...told[section]].filter((one) => one !== undefined && one !== "").join(" · ");
}

/** Which field each fault belongs to; the rest is a sentence. */
export function tell(
  error: unknown,
  section: Section,
  key: string | null,
  words: ThingWords,
  inWords: (error: unknown) => string,
): { faults: Record<string, string>; error: string | null } {
  if (!error) return { faults: {}, error: null };
  if (!(error instanceof ApiProblem)) return { faults: {}, error: inWords(error) };
  if (error.problem.code === "version_conflict") return { faults: {}, error: words.conflict };
  const faults: Record<string, string> = {};
  const others: string[] = [];
  for (const { path, what } of error.problem.faults ?? []) {
    const [in_, of, ...field] = path.split(".");
    const mine = in_ === section && (key === null || of === key) && field.length > 0;
    const names = [field.slice(0, 2).join("."), field[0] ?? ""];
    const name = names.find((one) => one.startsWith("alerts.")) ?? names[1] ?? "";
    if (mine) faults[name] = what;
    else others.push(path === "" ? what : `${path}: ${what}`);
  }
  const none = Object.keys(faults).length === 0 && others.length === 0;
  return { faults, error: none ? inWords(error) : others.join(" ") || null };
}
