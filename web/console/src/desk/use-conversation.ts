// One conversation, live, for as long as it is on the screen.

import { browserClock } from "@baton/client/clock";
import { type Conversation, emptyConversation } from "@baton/client/conversation";
import { type Live, openConversation } from "@baton/client/live";
import { useEffect, useState } from "react";
import { useDeskContext } from "./desk";

export function useConversation(id: string): { conversation: Conversation; live: Live | null } {
  const { connection, outbox } = useDeskContext();
  const [shown, setShown] = useState<{ conversation: Conversation; live: Live | null }>({
    conversation: emptyConversation(id),
    live: null,
  });
  useEffect(() => {
    const live = openConversation({
      id,
      connection,
      outbox,
      clock: browserClock,
      newId: () => crypto.randomUUID(),
      side: "staff",
    });
    const show = (conversation: Conversation) => setShown({ conversation, live });
    show(live.current());
    const stop = live.onChange(show);
    return () => {
      stop();
      live.close();
    };
  }, [id, connection, outbox]);
  // Between two conversations, the last one's text must not show under the next one's name.
  return shown.conversation.id === id ? shown : { conversation: emptyConversation(id), live: null };
}
