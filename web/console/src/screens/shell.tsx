// The frame around every screen: the main navigation at the side, on a phone at the bottom.

import { Activity, Inbox, Scale, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { cx } from "../parts/class-names";
import { Demonstration } from "../parts/demonstration";
import { Count } from "../parts/marks";
import { Mark } from "../session/sign-in";
import { useWords } from "../words/words";

type Props = {
  role: string;
  unread: number;
  account: ReactNode;
  /** On a phone an open conversation takes the whole screen. */
  bare: boolean;
  demonstration: boolean;
  children: ReactNode;
};

export function Shell({ role, unread, account, bare, demonstration, children }: Props) {
  const words = useWords();
  const [at] = useLocation();
  const places = [
    { href: "/", icon: Inbox, name: words.nav.inbox, here: at === "/" || at.startsWith("/c/"), count: unread },
    { href: "/floor", icon: Activity, name: words.nav.floor, here: at === "/floor", count: 0 },
    ...(role !== "agent"
      ? [{ href: "/policy", icon: Scale, name: words.nav.policy, here: at === "/policy", count: 0 }]
      : []),
    ...(role === "admin"
      ? [{ href: "/settings", icon: Settings, name: words.nav.settings, here: at.startsWith("/settings"), count: 0 }]
      : []),
  ];
  return (
    <div className="relative flex h-dvh flex-col overflow-hidden md:flex-row-reverse">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {words.skip}
      </a>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {demonstration && <Demonstration />}
        {children}
      </div>
      <nav
        aria-label={words.nav.label}
        className={cx(
          "flex shrink-0 items-center border-line bg-canvas max-md:border-t md:w-14 md:flex-col md:border-r md:py-3",
          bare && "max-lg:hidden",
        )}
      >
        <Mark className="mb-4 size-7 max-md:hidden" />
        <ul className="flex flex-1 max-md:justify-around md:flex-col md:gap-1.5">
          {places.map(({ href, icon: Icon, name, here, count }) => (
            <li key={href}>
              <Link
                href={href}
                title={name}
                aria-current={here ? "page" : undefined}
                className={cx(
                  "relative grid place-items-center rounded-lg max-md:h-14 max-md:w-20 max-md:content-center max-md:gap-0.5 md:size-10",
                  here ? "text-accent-ink md:bg-accent-tint" : "text-faint hover:bg-sunken hover:text-ink",
                )}
              >
                <Icon aria-hidden="true" className="size-5" strokeWidth={1.75} />
                <span className="text-2xs font-medium md:sr-only">{name}</span>
                {count > 0 && (
                  <span className="absolute top-0.5 right-0.5 max-md:right-4">
                    <Count value={count} label={words.inbox.unread(count)} />
                  </span>
                )}
              </Link>
            </li>
          ))}
        </ul>
        <div className="max-md:px-3">{account}</div>
      </nav>
    </div>
  );
}
