// What may be wider than the screen: it scrolls by itself, and the keyboard can reach it to do so.

import type { ReactNode } from "react";
import { cx } from "./class-names";

export function SideScroll({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className={cx("scroll-thin relative overflow-x-auto -outline-offset-2", className)}
    >
      {children}
    </section>
  );
}
