// What one is to look at: asked for once, told live, due by the server's clock. They survive restarts on the server.

import type { ReminderView } from "@baton/client/wire";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNow } from "../time";
import type { Words } from "../words/words";
import { useWords } from "../words/words";
import { useDeskContext } from "./desk";

export const REMINDERS_KEY = ["reminders"] as const;
/** How closely "due" is looked at. */
const LOOK_MS = 5_000;

/** Those whose time has come, the earliest first. */
export function dueOf(reminders: readonly ReminderView[], now: number): ReminderView[] {
  return reminders.filter(({ due }) => due <= now).sort((one, other) => one.due - other.due);
}

export function useReminders(): { due: ReminderView[]; done: (id: string) => void } {
  const { api, connection } = useDeskContext();
  const words = useWords();
  const queries = useQueryClient();
  const now = useNow(LOOK_MS);
  const listed = useQuery({
    queryKey: REMINDERS_KEY,
    queryFn: () => api("GET /v1/me/reminders"),
    refetchInterval: 60_000,
    retry: false,
  });
  useEffect(() => {
    const change = (to: (all: readonly ReminderView[]) => ReminderView[]) =>
      queries.setQueryData<ReminderView[]>(REMINDERS_KEY, (all) => to(all ?? []));
    return connection.onFrame((frame) => {
      if (frame.type === "reminder")
        change((all) => [...all.filter(({ id }) => id !== frame.reminder.id), frame.reminder]);
      if (frame.type === "reminder_done") change((all) => all.filter(({ id }) => id !== frame.reminder));
    });
  }, [connection, queries]);
  const due = dueOf(listed.data ?? [], now);
  useTold(due, words);
  return {
    due,
    done: (id) => {
      queries.setQueryData<ReminderView[]>(REMINDERS_KEY, (all) => (all ?? []).filter((one) => one.id !== id));
      api("DELETE /v1/me/reminders/{reminder}", { path: { reminder: id } }).catch(() =>
        queries.invalidateQueries({ queryKey: REMINDERS_KEY }),
      );
    },
  };
}

/** Says each once while nobody looks at the window, where the person allowed it. */
function useTold(due: readonly ReminderView[], words: Words): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const reminder of due) {
      if (told.current.has(reminder.id)) continue;
      told.current.add(reminder.id);
      if (
        document.visibilityState === "hidden" &&
        "Notification" in globalThis &&
        Notification.permission === "granted"
      ) {
        new Notification(titleOf(reminder, words), { body: reminder.note, tag: reminder.id });
      }
    }
  }, [due, words]);
}

export function titleOf(reminder: ReminderView, words: Words): string {
  return reminder.kind === "mention" ? words.reminders.mention(reminder.made_by_name) : words.reminders.followUp;
}
