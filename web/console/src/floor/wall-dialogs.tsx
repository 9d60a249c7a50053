// From the wall: set somebody away, open or close a queue for a while. Each asks for its reason.

import type { AgentView, QueueView } from "@baton/client/wire";
import { useState } from "react";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/field";
import { useWords } from "../words/words";

type Common = { busy: boolean; error: string | null; onClose: () => void };

type AwayProps = Common & {
  agent: AgentView;
  availability: "away" | "offline";
  onDone: (reason: string) => void;
};

export function AwayDialog({ agent, availability, onDone, ...rest }: AwayProps) {
  const words = useWords();
  const says = words.wall;
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === "";
  return (
    <Dialog
      {...rest}
      title={availability === "away" ? says.awayTitle(agent.name) : says.offlineTitle(agent.name)}
      lead={says.awayLead}
      submit={says.submit[availability]}
      onSubmit={() => {
        setTried(true);
        if (!missing) onDone(reason.trim());
      }}
    >
      <TextField
        label={says.reason}
        maxLength={REASON_CHARACTERS_MAX}
        value={reason}
        error={tried && missing ? says.reasonNeeded : null}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}

/** The server keeps 100 bytes of it with the agent. */
const REASON_CHARACTERS_MAX = 50;
const HOUR_MS = 3_600_000;
const AHEAD_MAX_MS = 31 * 24 * HOUR_MS;

type ExceptionProps = Common & {
  queue: QueueView;
  open: boolean;
  now: number;
  onDone: (until: number, reason: string) => void;
};

export function ExceptionDialog({ queue, open, now, onDone, ...rest }: ExceptionProps) {
  const words = useWords();
  const says = words.wall;
  const [until, setUntil] = useState(() => local(now + HOUR_MS));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const at = new Date(until).getTime();
  const wrong = !(at > now && at <= now + AHEAD_MAX_MS);
  const missing = reason.trim() === "";
  return (
    <Dialog
      {...rest}
      title={open ? says.openTitle(queue.name) : says.closeTitle(queue.name)}
      lead={says.exceptionLead}
      submit={open ? says.submit.open : says.submit.close}
      onSubmit={() => {
        setTried(true);
        if (!wrong && !missing) onDone(at, reason.trim());
      }}
    >
      <TextField
        label={says.until}
        type="datetime-local"
        value={until}
        error={tried && wrong ? says.untilNeeded : null}
        onChange={(event) => setUntil(event.target.value)}
      />
      <TextField
        label={says.reason}
        maxLength={150}
        value={reason}
        error={tried && missing ? says.reasonNeeded : null}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}

/** As the field wants it: the wall's clock where the supervisor sits, to the minute. */
function local(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
