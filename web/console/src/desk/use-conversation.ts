// One conversation, live, for as long as it is on the screen.

import { browserClock } from "@baton/client/clock";
import { type Conversation, emptyConversation } from "@baton/client/conversation";
import { type Live, openConversation } from "@baton/client/live";
import type { ConversationPage } from "@baton/client/wire";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listKey, useDeskContext } from "./desk";
import { pageRead } from "./lists";

export function useConversation(id: string): { conversation: Conversation; live: Live | null } {
  const { connection, outbox } = useDeskContext();
  const queries = useQueryClient();
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
  const { conversation } = shown;
  const read = conversation.loaded && conversation.marks.staff_read >= lastOfCustomer(conversation);
  useEffect(() => {
    if (!read) return;
    for (const view of ["mine", "queue"]) {
      queries.setQueryData<ConversationPage>(listKey(view), (page) => pageRead(page, id));
    }
  }, [queries, id, read]);
  // Between two conversations, the last one's text must not show under the next one's name.
  return shown.conversation.id === id ? shown : { conversation: emptyConversation(id), live: null };
}

function lastOfCustomer({ events }: Conversation): number {
  return events.findLast((event) => event.type === "message_posted" && event.author.kind === "customer")?.seq ?? 0;
}
