// The agent's main screen: the lists on the left, the conversation in the middle, who it is on the right.

import type { ConversationPage, MeView } from "@baton/client/wire";
import { type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";
import { useEffect } from "react";
import { useLocation } from "wouter";
import { useCommands } from "../desk/commands";
import { LISTS_AGAIN_MS, listKey, useDeskContext } from "../desk/desk";
import { sentence } from "../desk/failure";
import type { ListName } from "../desk/lists";
import { AvailabilityMenu } from "../inbox/availability-menu";
import { MISSED } from "../inbox/away-text";
import { ConnectionLine, useOnline } from "../inbox/connection-line";
import { Day } from "../inbox/day";
import { InboxList, type Loadable } from "../inbox/inbox-list";
import { NotificationPrompt } from "../inbox/notification-prompt";
import { Reminders } from "../inbox/reminders";
import { Button } from "../parts/button";
import { cx } from "../parts/class-names";
import { Kbd } from "../parts/marks";
import { Empty, Failure } from "../parts/screen-states";
import type { Words } from "../words/words";
import { useWords } from "../words/words";
import { ConversationScreen } from "./conversation";

export function InboxScreen({ conversation }: { conversation: string | null }) {
  const { me } = useDeskContext();
  const words = useWords();
  const [, go] = useLocation();
  return (
    <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 outline-none">
      {!conversation && <h1 className="sr-only">{words.nav.inbox}</h1>}
      <div
        className={cx(
          "flex w-full shrink-0 flex-col border-r border-line bg-surface lg:w-76",
          conversation && "max-lg:hidden",
        )}
      >
        <Lists me={me} selected={conversation} />
      </div>
      <div className={cx("min-h-0 min-w-0 flex-1", !conversation && "max-lg:hidden")}>
        {conversation ? (
          <ConversationScreen key={conversation} id={conversation} onBack={() => go("/")} />
        ) : (
          <Empty icon={MessagesSquare} title={words.inbox.pickTitle} text={words.inbox.pickText}>
            <p className="mt-2 flex items-center gap-1 text-xs text-faint">
              <Kbd>J</Kbd> <Kbd>K</Kbd> {words.inbox.pickKeys}
            </p>
          </Empty>
        )}
      </div>
    </main>
  );
}

export function useList(view: ListName): UseQueryResult<ConversationPage> {
  const { api } = useDeskContext();
  return useQuery({
    queryKey: listKey(view),
    queryFn: () => api("GET /v1/conversations", { query: { view, limit: 100 } }),
    refetchInterval: LISTS_AGAIN_MS,
  });
}

function Lists({ me, selected }: { me: MeView; selected: string | null }) {
  const { api, setMe, connection, connectionState } = useDeskContext();
  const words = useWords();
  const online = useOnline();
  const lists = { mine: useList("mine"), queue: useList("queue"), recent: useList("recent") };
  const availability = useMutation({
    mutationFn: (body: { availability: MeView["availability"]; reason: string | null }) =>
      api("PUT /v1/me/availability", { body }),
    onSuccess: setMe,
  });
  useRowKeys(selected);
  // The connection counts by this device's clock, the screen by the server's.
  const shownState =
    connectionState.at === "waiting"
      ? { ...connectionState, until: connectionState.until + connection.serverNow() - Date.now() }
      : connectionState;
  return (
    <>
      <div className="flex h-14 shrink-0 items-center gap-2 border-b border-line px-3">
        <AvailabilityMenu
          me={me}
          busy={availability.isPending}
          onSet={(next, reason) => availability.mutate({ availability: next, reason })}
        />
      </div>
      <Reminders />
      {me.availability === "away" && me.reason === MISSED && (
        <div role="status" className="flex flex-col items-start gap-2 bg-warn-tint px-4 py-3 text-sm text-warn-ink">
          <p>{words.availability.missed}</p>
          <Button
            size="small"
            disabled={availability.isPending}
            onClick={() => availability.mutate({ availability: "available", reason: null })}
          >
            {words.availability.backAgain}
          </Button>
        </div>
      )}
      {availability.error && <Failure text={sentence(availability.error, words)} className="m-3" />}
      <InboxList
        me={me}
        mine={loadable(lists.mine, words)}
        queue={loadable(lists.queue, words)}
        recent={loadable(lists.recent, words)}
        selected={selected}
        onRetry={() => Object.values(lists).forEach((list) => void list.refetch())}
      />
      <Day />
      <NotificationPrompt />
      <ConnectionLine state={shownState} online={online} onNow={() => connection.reconnect()} />
    </>
  );
}

function loadable(query: UseQueryResult<ConversationPage>, words: Words): Loadable {
  if (query.data) return { at: "there", rows: query.data.items, more: query.data.next != null };
  return query.error ? { at: "failed", why: sentence(query.error, words) } : { at: "loading" };
}

/** J and K go through the rows in the order they are shown. */
function useRowKeys(selected: string | null): void {
  const words = useWords();
  const [, go] = useLocation();
  const step = (by: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLAnchorElement>("a[data-row]")];
    const at = rows.findIndex((row) => row.getAttribute("aria-current") === "page");
    const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    const id = next?.pathname.split("/c/")[1];
    if (id && id !== selected) go(`/c/${id}`);
    next?.scrollIntoView({ block: "nearest" });
  };
  useCommands([
    { name: words.shortcuts.next, keys: "j", run: () => step(1) },
    { name: words.shortcuts.previous, keys: "k", run: () => step(-1) },
  ]);
}

/** The window's title says how much is unread. */
export function useUnreadTitle(unread: number): void {
  const words = useWords();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${words.app}` : words.app;
  }, [unread, words]);
}
