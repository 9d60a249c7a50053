// Spans of a trace are byte offsets in UTF-8; the screen counts in UTF-16.

import type { SpanView } from "@baton/client/wire";

export type Piece = { text: string; marked: boolean };

/** The text in pieces, with what the spans cover marked. A span that does not fit the text marks nothing. */
export function pieces(text: string, spans: readonly SpanView[]): Piece[] {
  const bytes = new TextEncoder().encode(text);
  const fitting = spans
    .filter(
      ({ start, end }) => start < end && end <= bytes.length && isBoundary(bytes, start) && isBoundary(bytes, end),
    )
    .sort((one, other) => one.start - other.start);
  const decoder = new TextDecoder();
  const found: Piece[] = [];
  let from = 0;
  const push = (end: number, marked: boolean) => {
    if (end > from) found.push({ text: decoder.decode(bytes.subarray(from, end)), marked });
    from = Math.max(from, end);
  };
  for (const { start, end } of fitting) {
    push(start, false);
    push(end, true);
  }
  push(bytes.length, false);
  return found;
}

/** Not in the middle of a character. */
function isBoundary(bytes: Uint8Array, at: number): boolean {
  return at === bytes.length || ((bytes[at] ?? 0) & 0b1100_0000) !== 0b1000_0000;
}
