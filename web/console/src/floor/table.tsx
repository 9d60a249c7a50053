// The blocks and tables of the floor.

import type { ReactNode } from "react";
import { SideScroll } from "../parts/side-scroll";

export function Block({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-2">
        <h2 className="flex-1 text-sm font-semibold">{title}</h2>
        {aside}
      </div>
      <div className="overflow-hidden rounded-xl border border-line bg-surface shadow-card">{children}</div>
    </div>
  );
}

const head = "px-4 py-2 text-left text-xs font-medium text-faint whitespace-nowrap";
export const cell = "px-4 py-2.5 align-middle";

export function Table({ heads, children, label }: { heads: string[]; children: ReactNode; label: string }) {
  return (
    <SideScroll label={label}>
      <table className="w-full text-sm">
        <thead className="border-b border-line">
          <tr>
            {heads.map((text) =>
              text === "" ? (
                <td key={text} />
              ) : (
                <th key={text} scope="col" className={head}>
                  {text}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </SideScroll>
  );
}
