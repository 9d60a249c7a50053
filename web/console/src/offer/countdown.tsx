// How long an offer still rings, as a ring that empties.

const RADIUS = 16;
const AROUND = 2 * Math.PI * RADIUS;

export function Countdown({ left_ms, ring_ms, label }: { left_ms: number; ring_ms: number; label: string }) {
  const share = ring_ms > 0 ? Math.min(1, left_ms / ring_ms) : 0;
  return (
    <span role="timer" aria-label={label} className="relative grid size-10 shrink-0 place-items-center">
      <svg viewBox="0 0 40 40" aria-hidden="true" className="absolute inset-0 -rotate-90">
        <circle cx="20" cy="20" r={RADIUS} fill="none" stroke="currentColor" strokeWidth="3" opacity="0.25" />
        <circle
          cx="20"
          cy="20"
          r={RADIUS}
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeLinecap="round"
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - share)}
        />
      </svg>
      <span aria-hidden="true" className="text-sm font-semibold tabular-nums">
        {Math.ceil(left_ms / 1000)}
      </span>
    </span>
  );
}
