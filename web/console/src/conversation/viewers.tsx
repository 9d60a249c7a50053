// Who else has this conversation in front of them.

import type { AgentView } from "@baton/client/wire";
import { Eye } from "lucide-react";
import { useEffect, useState } from "react";
import { useDeskContext } from "../desk/desk";
import { useWords } from "../words/words";

export function Viewers({ conversation, agents }: { conversation: string; agents: readonly AgentView[] }) {
  const words = useWords();
  const { connection, connectionState, me } = useDeskContext();
  const [here, setHere] = useState<readonly string[]>([]);
  useEffect(
    () =>
      connection.onFrame((frame) => {
        if (frame.type === "viewers" && frame.conversation === conversation) setHere(frame.agents);
      }),
    [connection, conversation],
  );
  // Without a connection nobody tells us who left.
  if (connectionState.at !== "live") return null;
  const others = here.filter((agent) => agent !== me.agent);
  if (others.length === 0) return null;
  const names = others.map((key) => agents.find(({ agent }) => agent === key)?.name ?? key);
  return (
    <p role="status" className="flex items-center gap-1.5 border-b border-line bg-surface px-5 py-1 text-xs text-soft">
      <Eye aria-hidden="true" className="size-3.5" />
      {words.viewers(names.join(", "))}
    </p>
  );
}
