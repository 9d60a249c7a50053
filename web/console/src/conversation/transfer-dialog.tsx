// To another queue or agent, seeing who is there before anything is promised.

import type { AgentView, FloorView, QueueView, Transfer } from "@baton/client/wire";
import { useState } from "react";
import { availabilityText } from "../inbox/away-text";
import { Dialog } from "../parts/dialog";
import { TextArea, TextField } from "../parts/field";
import { Badge, Dot } from "../parts/marks";
import { Slots } from "../parts/slots";
import { useFormats, useWords } from "../words/words";

type Target = { queue: string } | { agent: string };

type Props = {
  floor: FloorView | null;
  me: string;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onTransfer: (transfer: Omit<Transfer, "epoch">) => void;
};

export function TransferDialog({ floor, me, busy, error, onClose, onTransfer }: Props) {
  const words = useWords();
  const [target, setTarget] = useState<Target | null>(null);
  const [search, setSearch] = useState("");
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const wanted = search.trim().toLowerCase();
  const fits = (name: string) => name.toLowerCase().includes(wanted);
  const queues = (floor?.queues ?? []).filter(({ name }) => fits(name));
  const agents = (floor?.agents ?? []).filter(({ agent, name }) => agent !== me && fits(name)).sort(byAvailability);

  const submit = () => {
    if (!target) return setMissing(true);
    onTransfer(note.trim() === "" ? target : { ...target, note: note.trim() });
  };

  return (
    <Dialog
      title={words.transfer.title}
      lead={words.transfer.lead}
      submit={words.transfer.submit}
      busy={busy}
      error={error ?? (missing && !target ? words.transfer.pick : null)}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextField label={words.transfer.search} value={search} onChange={(event) => setSearch(event.target.value)} />
      <div role="radiogroup" aria-label={words.transfer.to} className="flex flex-col gap-3">
        {queues.length > 0 && (
          <Group title={words.transfer.queues}>
            {queues.map((queue) => (
              <Choice
                key={queue.queue}
                checked={target !== null && "queue" in target && target.queue === queue.queue}
                onCheck={() => setTarget({ queue: queue.queue })}
              >
                <QueueLine queue={queue} />
              </Choice>
            ))}
          </Group>
        )}
        {agents.length > 0 && (
          <Group title={words.transfer.agents}>
            {agents.map((agent) => (
              <Choice
                key={agent.agent}
                checked={target !== null && "agent" in target && target.agent === agent.agent}
                onCheck={() => setTarget({ agent: agent.agent })}
              >
                <AgentLine agent={agent} />
              </Choice>
            ))}
          </Group>
        )}
        {queues.length + agents.length === 0 && <p className="text-sm text-faint">{words.transfer.nothing}</p>}
      </div>
      <TextArea
        label={words.transfer.note}
        optional={words.optional}
        placeholder={words.transfer.notePlaceholder}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </Dialog>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <p className="mb-1 text-xs font-medium text-soft">{title}</p>
      <div className="flex flex-col overflow-hidden rounded-md border border-line">{children}</div>
    </div>
  );
}

function Choice({ checked, onCheck, children }: { checked: boolean; onCheck: () => void; children: React.ReactNode }) {
  return (
    <label className="flex min-h-10 items-center gap-2.5 border-line px-3 py-1.5 text-sm not-first:border-t hover:bg-hover has-checked:bg-accent-tint has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name="transfer-to"
        checked={checked}
        onChange={onCheck}
        className="size-4 shrink-0 accent-accent outline-none"
      />
      {children}
    </label>
  );
}

function QueueLine({ queue }: { queue: QueueView }) {
  const words = useWords();
  const formats = useFormats();
  return (
    <>
      <span className="min-w-0 flex-1 truncate font-medium">{queue.name}</span>
      {queue.open ? (
        <span className="text-xs text-faint">
          {queue.agents_available > 0
            ? words.transfer.free(queue.agents_free, queue.agents_available)
            : words.transfer.noneAvailable}
          {queue.waiting > 0 && ` · ${words.transfer.waiting(queue.waiting)}`}
          {queue.wait && ` · ${formats.durations(queue.wait.likely_s, queue.wait.at_most_s)}`}
        </span>
      ) : (
        <Badge>
          {queue.opens_at ? words.transfer.opens(formats.moment(queue.opens_at, Date.now())) : words.transfer.shut}
        </Badge>
      )}
    </>
  );
}

function AgentLine({ agent }: { agent: AgentView }) {
  const words = useWords();
  const availability = agent.connected ? agent.availability : "offline";
  return (
    <>
      <Dot availability={availability} />
      <span className="min-w-0 flex-1 truncate font-medium">{agent.name}</span>
      <span className="text-xs text-faint">{availabilityText(availability, agent.reason, words)}</span>
      <Slots load={agent.load} capacity={agent.capacity} />
    </>
  );
}

export function byAvailability(one: AgentView, other: AgentView): number {
  const rank = ({ connected, availability, load, capacity }: AgentView) =>
    !connected ? 3 : availability === "available" ? (load < capacity ? 0 : 1) : 2;
  return rank(one) - rank(other) || one.name.localeCompare(other.name);
}
