// What can be done from where the person is: each command has a name, perhaps a key, and is found in the palette.

import { createContext, use, useEffect, useId, useRef } from "react";
import { type Keys, useKeys } from "./keys";

export type Command = {
  /** What is said in the palette. */
  name: string;
  /** As for tinykeys: `t`, `g i`, `Shift+X`, `F8`. */
  keys?: string;
  /** Heard by the key, and not listed: it means nothing without looking, like the next row. */
  unlisted?: boolean;
  run: () => void;
};

/** The commands of every screen that is open, the innermost last. */
export type CommandBook = {
  put: (owner: string, commands: () => readonly Command[]) => () => void;
  all: () => Command[];
};

export function createCommandBook(): CommandBook {
  const owners = new Map<string, () => readonly Command[]>();
  return {
    put: (owner, commands) => {
      owners.set(owner, commands);
      return () => owners.delete(owner);
    },
    // What belongs to the screen in front comes first.
    all: () => [...owners.values()].reverse().flatMap((commands) => commands().filter(({ unlisted }) => !unlisted)),
  };
}

export const CommandsContext = createContext<CommandBook | null>(null);

/** Offers commands while this component is there: by their keys and in the palette. */
export function useCommands(commands: readonly Command[]): void {
  const book = use(CommandsContext);
  const owner = useId();
  const present = useRef(commands);
  useEffect(() => {
    present.current = commands;
  });
  useEffect(() => book?.put(owner, () => present.current), [book, owner]);
  const keys: Keys = {};
  for (const { keys: chord, run } of commands) if (chord) keys[chord] = run;
  useKeys(keys);
}

/** A chord as caps to show: `g i` is G, then, I. */
export function capsOf(keys: string, then: string): string[] {
  return keys.split(" ").flatMap((chord, index) => {
    const caps = chord.split("+").map((key) => CAPS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
    return index > 0 ? [then, ...caps] : caps;
  });
}

const CAPS: Record<string, string> = { Shift: "⇧", $mod: "⌃", Enter: "↵" };

/** Everything that has all the words asked for, those that begin with them first. */
export function found<T>(things: readonly T[], textOf: (thing: T) => string, asked: string): T[] {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...things];
  return things
    .map((thing) => ({ thing, text: plain(textOf(thing)) }))
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .map((one) => ({ ...one, rank: one.text.startsWith(words[0] ?? "") ? 0 : 1 }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ thing }) => thing);
}

/** Lower case and without accents: who looks for `lucia` means Lucía. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}
