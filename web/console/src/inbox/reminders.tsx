// What one is to look at now: colleagues who ask, and one's own follow-ups.

import { AtSign, CheckCheck, Clock } from "lucide-react";
import { Link } from "wouter";
import { customerNameOf } from "../desk/lists";
import { titleOf, useReminders } from "../desk/reminders";
import { IconButton } from "../parts/button";
import { useWords } from "../words/words";

export function Reminders() {
  const words = useWords();
  const { due, done } = useReminders();
  if (due.length === 0) return null;
  return (
    <section aria-label={words.reminders.title} className="border-b border-line bg-accent-tint px-2 py-1.5">
      <p role="status" className="sr-only">
        {words.reminders.open(due.length)}
      </p>
      <ul className="scroll-thin flex max-h-48 flex-col overflow-y-auto">
        {due.map((reminder) => (
          <li key={reminder.id} className="flex items-start gap-1">
            <Link
              href={`/c/${reminder.conversation}`}
              className="flex min-w-0 flex-1 items-start gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover"
            >
              {reminder.kind === "mention" ? (
                <AtSign aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent-ink" />
              ) : (
                <Clock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent-ink" />
              )}
              <span className="min-w-0">
                <span className="block truncate font-medium">
                  {titleOf(reminder, words)} ·{" "}
                  <bdi>{customerNameOf(reminder.customer_name, reminder.conversation, words)}</bdi>
                </span>
                {reminder.note && <span className="block truncate text-xs text-soft">{reminder.note}</span>}
              </span>
            </Link>
            <IconButton label={words.reminders.done} onClick={() => done(reminder.id)}>
              <CheckCheck aria-hidden="true" className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
