// Colleagues who are named in a note. Pure.

import type { Slash } from "./quick-replies";

/** An `@` that begins a word, and the letters up to where one writes. */
export function mentionAt(text: string, caret: number): Slash | null {
  const found = /(?:^|\s)@([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const asked = found[1] ?? "";
  return { from: caret - asked.length - 1, to: caret, asked };
}

/** The keys of those whom a text names, each once, in order. */
export function mentionsIn(text: string, known: readonly string[]): string[] {
  const named = [...text.matchAll(/(?:^|[^\p{L}\p{N}_@])@([a-z0-9][a-z0-9_-]*)/gu)].map(([, key]) => key ?? "");
  return [...new Set(named)].filter((key) => known.includes(key));
}

/** The text in pieces, with the names of colleagues marked. */
export function withMentions(
  text: string,
  mentions: readonly string[],
): { text: string; named: boolean; at: number }[] {
  if (mentions.length === 0) return [{ text, named: false, at: 0 }];
  const pattern = new RegExp(
    `(@(?:${mentions.map((key) => key.replace(/[^a-z0-9_-]/g, "")).join("|")})(?![\\w-]))`,
    "gu",
  );
  let at = 0;
  return text.split(pattern).flatMap((piece, index) => {
    const from = at;
    at += piece.length;
    return piece === "" ? [] : [{ text: piece, named: index % 2 === 1, at: from }];
  });
}
