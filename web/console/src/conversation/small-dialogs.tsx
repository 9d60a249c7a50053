// Close, assign, change priority: one question each.

import type { AgentView, DispositionView } from "@baton/client/wire";
import { useState } from "react";
import { Dialog } from "../parts/dialog";
import { SelectField, TextField } from "../parts/field";
import { useWords } from "../words/words";
import { byAvailability } from "./transfer-dialog";

type Common = { busy: boolean; error: string | null; onClose: () => void };

export function CloseDialog({
  dispositions,
  onDone,
  ...rest
}: Common & { dispositions: readonly DispositionView[]; onDone: (disposition: string | null) => void }) {
  const words = useWords();
  const [disposition, setDisposition] = useState("");
  return (
    <Dialog
      {...rest}
      title={words.closing.title}
      lead={words.closing.lead}
      submit={words.closing.submit}
      onSubmit={() => onDone(disposition || null)}
    >
      <SelectField
        label={words.closing.disposition}
        value={disposition}
        onChange={(event) => setDisposition(event.target.value)}
      >
        <option value="">{words.closing.none}</option>
        {dispositions.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}

export function AssignDialog({
  agents,
  onDone,
  ...rest
}: Common & { agents: readonly AgentView[]; onDone: (agent: string) => void }) {
  const words = useWords();
  const connected = agents.filter((agent) => agent.connected).sort(byAvailability);
  const [agent, setAgent] = useState(connected[0]?.agent ?? "");
  if (connected.length === 0) {
    return (
      <Dialog {...rest} title={words.assign.title} lead={words.assign.lead}>
        <p className="text-sm text-soft">{words.assign.none}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      {...rest}
      title={words.assign.title}
      lead={words.assign.lead}
      submit={words.assign.submit}
      onSubmit={() => onDone(agent)}
    >
      <SelectField label={words.assign.agent} value={agent} onChange={(event) => setAgent(event.target.value)}>
        {connected.map((one) => (
          <option key={one.agent} value={one.agent}>
            {one.name} · {words.availability[one.availability]} · {words.floor.loadOf(one.load, one.capacity)}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}

const PRIORITY_MIN = -10;
const PRIORITY_MAX = 10;

export function PriorityDialog({
  present,
  onDone,
  ...rest
}: Common & { present: number; onDone: (priority: number, reason: string) => void }) {
  const words = useWords();
  const [priority, setPriority] = useState(present);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  return (
    <Dialog
      {...rest}
      title={words.priority.title}
      lead={words.priority.lead}
      submit={words.priority.submit}
      onSubmit={() => (reason.trim() === "" ? setMissing(true) : onDone(priority, reason.trim()))}
    >
      <TextField
        label={words.priority.value}
        type="number"
        min={PRIORITY_MIN}
        max={PRIORITY_MAX}
        value={priority}
        onChange={(event) => {
          const value = event.target.valueAsNumber;
          if (Number.isFinite(value)) setPriority(Math.round(Math.min(PRIORITY_MAX, Math.max(PRIORITY_MIN, value))));
        }}
      />
      <TextField
        label={words.priority.reason}
        value={reason}
        error={missing && reason.trim() === "" ? words.priority.needReason : null}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}
