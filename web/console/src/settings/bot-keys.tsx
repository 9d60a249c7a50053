// The keys with which bots speak through the API.

import type { BotKeyView } from "@baton/client/wire";
import { Copy, KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { TextField } from "../parts/field";
import { Empty, Failure } from "../parts/screen-states";
import { Ago } from "../time";
import { useWords } from "../words/words";
import { panel } from "./settings-frame";

type Props = {
  keys: readonly BotKeyView[];
  made: BotKeyView | null;
  busy: boolean;
  error: string | null;
  onCreate: (bot: string, label: string) => void;
  onRevoke: (id: string) => void;
};

export function BotKeys({ keys, made, busy, error, onCreate, onRevoke }: Props) {
  const words = useWords();
  const says = words.settings;
  const [bot, setBot] = useState("");
  const [label, setLabel] = useState("");
  const [revoking, setRevoking] = useState<BotKeyView | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (bot.trim() === "" || label.trim() === "") return;
    onCreate(bot.trim(), label.trim());
    setLabel("");
  };
  return (
    <>
      {made?.secret && <Secret secret={made.secret} />}
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
        <div className="w-48">
          <TextField label={says.bot} required value={bot} onChange={(event) => setBot(event.target.value)} />
        </div>
        <div className="w-64 max-w-full">
          <TextField
            label={says.label}
            required
            maxLength={80}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
        </div>
        <Button type="submit" look="primary" busy={busy} className="h-9">
          {says.create}
        </Button>
      </form>
      {error && <Failure text={error} />}
      <div className={panel}>
        {keys.length === 0 ? (
          <Empty icon={KeyRound} title={says.noKeys} text={says.noKeysText} compact />
        ) : (
          <ul className="divide-y divide-line">
            {keys.map((key) => (
              <li key={key.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{key.label}</span>
                  <span className="block truncate text-xs text-faint">
                    {key.bot} · {key.id}
                  </span>
                </span>
                <span className="text-xs text-faint">
                  {says.created} <Ago at={key.created_at} />
                </span>
                <Button size="small" onClick={() => setRevoking(key)}>
                  {says.revoke}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {revoking && (
        <Dialog
          title={says.revokeTitle(revoking.label)}
          lead={says.revokeText}
          submit={says.revoke}
          danger
          onClose={() => setRevoking(null)}
          onSubmit={() => {
            onRevoke(revoking.id);
            setRevoking(null);
          }}
        />
      )}
    </>
  );
}

function Secret({ secret }: { secret: string }) {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  return (
    <div role="status" className="rounded-xl border border-warn-line bg-warn-tint p-4 text-sm">
      <p className="font-medium">{words.settings.secret}</p>
      <p className="text-xs text-warn-ink">{words.settings.secretOnce}</p>
      <p className="mt-2 flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-surface px-2.5 py-1.5 font-mono text-xs break-all">{secret}</code>
        <Button
          size="small"
          onClick={() => {
            void navigator.clipboard.writeText(secret).then(() => setCopied(true));
          }}
        >
          <Copy aria-hidden="true" className="size-3.5" />
          {copied ? words.copied : words.copy}
        </Button>
      </p>
    </div>
  );
}
