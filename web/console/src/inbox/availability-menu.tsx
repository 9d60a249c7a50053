// The agent's own availability: available, away with a reason, offline.

import type { AvailabilityName, MeView } from "@baton/client/wire";
import { ChevronDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Dot } from "../parts/marks";
import { Menu, MenuItem, MenuLine } from "../parts/menu";
import { useWords } from "../words/words";
import { availabilityText } from "./away-text";

type Props = {
  me: MeView;
  busy: boolean;
  onSet: (availability: AvailabilityName, reason: string | null) => void;
};

const ReasonDialog = lazy(() => import("./reason-dialog").then(({ ReasonDialog: dialog }) => ({ default: dialog })));

const REASONS = ["break", "lunch", "meeting", "training"] as const;

export function AvailabilityMenu({ me, busy, onSet }: Props) {
  const words = useWords();
  const says = words.availability;
  const [asking, setAsking] = useState(false);
  const shown = availabilityText(me.availability, me.reason, words);
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            disabled={busy}
            aria-label={`${says.label}: ${shown}`}
            className="flex h-8 max-w-full min-w-0 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-sm font-medium shadow-card hover:bg-hover disabled:opacity-60"
          >
            <Dot availability={me.availability} />
            <span className="truncate">{shown}</span>
            <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
          </button>
        }
      >
        <MenuItem icon={<Dot availability="available" />} onSelect={() => onSet("available", null)}>
          {says.available}
          <span className="block text-xs text-faint">{says.hints.available}</span>
        </MenuItem>
        <MenuLine />
        {REASONS.map((key) => (
          <MenuItem key={key} icon={<Dot availability="away" />} onSelect={() => onSet("away", says.reasons[key])}>
            {says.awayBecause(says.reasons[key])}
          </MenuItem>
        ))}
        <MenuItem icon={<Dot availability="away" />} onSelect={() => setAsking(true)}>
          {says.otherReason}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<Dot availability="offline" />} onSelect={() => onSet("offline", null)}>
          {says.offline}
          <span className="block max-w-64 text-xs text-faint">{says.hints.offline}</span>
        </MenuItem>
      </Menu>
      {asking && (
        <Suspense>
          <ReasonDialog
            onClose={() => setAsking(false)}
            onReason={(reason) => {
              onSet("away", reason);
              setAsking(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
