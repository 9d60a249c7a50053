// First steps: a checklist that looks at what there is, and ends with the widget on one's own page.

import { useQuery } from "@tanstack/react-query";
import { Check, Circle } from "lucide-react";
import { Link } from "wouter";
import { useDeskContext } from "../../desk/desk";
import { sentence } from "../../desk/failure";
import { cx } from "../../parts/class-names";
import { Failure, Loading } from "../../parts/screen-states";
import { useWords } from "../../words/words";
import { panel, SettingsFrame } from "../settings-frame";
import { Preview, Snippet } from "./extras";
import type { Values } from "./fields";
import { sectionOf, useConfigValues } from "./things";
import { fill, useThingWords } from "./words";

/** Addresses that are not a page of one's own yet. */
const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

type Step = "organisation" | "bot" | "queue" | "people" | "origin" | "widget";

const PLACES: Record<Step, string> = {
  organisation: "/settings/configuration",
  bot: "/settings/bots",
  queue: "/settings/queues",
  people: "/settings/people",
  origin: "/settings/channels",
  widget: "/settings/channels",
};

type House = {
  organisation: unknown;
  bots: Record<string, Values>;
  queues: Record<string, Values>;
  agents: Record<string, Values>;
  channels: Record<string, Values>;
  conversations: number;
};

/** What is done, step by step, as the configuration and the conversations say. */
export function stepsOf(house: House): { step: Step; done: boolean }[] {
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  const people = Object.values(house.agents);
  const worked = (queue: string) => people.some((agent) => list(agent.queues).includes(queue));
  const origins = Object.values(house.channels).flatMap((channel) => list(channel.origins));
  return [
    { step: "organisation", done: typeof house.organisation === "string" && house.organisation !== "" },
    { step: "bot", done: Object.keys(house.bots).length > 0 },
    { step: "queue", done: Object.keys(house.queues).some(worked) },
    { step: "people", done: people.length > 1 },
    { step: "origin", done: origins.some((origin) => !LOCAL.test(origin)) },
    { step: "widget", done: house.conversations > 0 },
  ];
}

export function StartPage() {
  const { api } = useDeskContext();
  const all = useWords();
  const words = useThingWords();
  const config = useConfigValues();
  const first = useQuery({
    queryKey: ["first-conversation"],
    queryFn: () => api("GET /v1/conversations", { query: { view: "all", limit: 1 } }),
    refetchInterval: 5_000,
  });
  const says = words.start;
  if (!config.data) {
    return (
      <SettingsFrame page="start" lead={says.lead}>
        {config.error ? (
          <Failure text={sentence(config.error, all)} onRetry={() => void config.refetch()} />
        ) : (
          <Loading />
        )}
      </SettingsFrame>
    );
  }
  const view = config.data;
  const channels = sectionOf(view, "channels");
  const steps = stepsOf({
    organisation: (view.values as Values).organisation,
    bots: sectionOf(view, "bots"),
    queues: sectionOf(view, "queues"),
    agents: sectionOf(view, "agents"),
    channels,
    conversations: first.data?.items.length ?? 0,
  });
  const next = steps.find(({ done }) => !done)?.step;
  const channel = Object.keys(channels).sort()[0];
  return (
    <SettingsFrame page="start" lead={says.lead}>
      <p role="status" className="text-sm font-medium">
        {fill(says.progress, steps.filter(({ done }) => done).length, steps.length)}
      </p>
      <ol className={cx(panel, "divide-y divide-line")}>
        {steps.map(({ step, done }) => (
          <li key={step} className="flex items-start gap-3 px-4 py-3">
            {done ? (
              <Check aria-hidden="true" className="mt-0.5 size-5 text-good" />
            ) : (
              <Circle
                aria-hidden="true"
                className={cx("mt-0.5 size-5", step === next ? "text-accent" : "text-faint")}
              />
            )}
            <span className="min-w-0 flex-1">
              <span className={cx("block text-sm font-medium", done && "text-faint")}>
                {says[step].title} <span className="sr-only">({done ? says.done : says.todo})</span>
              </span>
              <span className="block text-xs text-faint">{says[step].text}</span>
            </span>
            <Link
              href={PLACES[step]}
              className="text-sm font-medium text-accent-ink underline-offset-2 hover:underline"
            >
              {says[step].go}
            </Link>
          </li>
        ))}
      </ol>
      {channel && (
        <div className={cx(panel, "flex flex-col gap-4 p-4")}>
          <Snippet channel={channel} />
          <Preview channel={channel} title={words.preview} hint={words.previewHint} />
        </div>
      )}
    </SettingsFrame>
  );
}
