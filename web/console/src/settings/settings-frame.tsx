// The frame of the admin's pages.

import type { ReactNode } from "react";
import { Link } from "wouter";
import { cx } from "../parts/class-names";
import { useWords } from "../words/words";

export type SettingsPage =
  | "start"
  | "queues"
  | "people"
  | "channels"
  | "bots"
  | "topics"
  | "rules"
  | "configuration"
  | "keys"
  | "audit";

export const SETTINGS_PAGES: readonly SettingsPage[] = [
  "start",
  "queues",
  "people",
  "channels",
  "bots",
  "topics",
  "rules",
  "configuration",
  "keys",
  "audit",
];

export function SettingsFrame({ page, lead, children }: { page: SettingsPage; lead: string; children: ReactNode }) {
  const words = useWords();
  return (
    <main id="main" tabIndex={-1} className="scroll-thin relative min-h-0 flex-1 overflow-y-auto outline-none">
      <div className="mx-auto flex max-w-5xl flex-col gap-5 px-4 py-6 sm:px-8">
        <header>
          <h1 className="text-xl font-semibold tracking-tight">{words.settings.title}</h1>
          <nav aria-label={words.settings.title} className="mt-3 flex gap-1 overflow-x-auto border-b border-line">
            {SETTINGS_PAGES.map((one) => (
              <Link
                key={one}
                href={`/settings/${one}`}
                aria-current={one === page ? "page" : undefined}
                className={cx(
                  "flex h-9 items-center border-b-2 px-2.5 text-sm whitespace-nowrap -outline-offset-2",
                  one === page ? "border-accent font-medium" : "border-transparent text-faint hover:text-ink",
                )}
              >
                {words.settings[one]}
              </Link>
            ))}
          </nav>
        </header>
        <p className="max-w-2xl text-sm text-faint">{lead}</p>
        {children}
      </div>
    </main>
  );
}

export const panel = "overflow-hidden rounded-xl border border-line bg-surface shadow-card";
