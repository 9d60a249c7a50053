// Shortcuts. Single keys only where nobody writes, and only while the person has them on.

import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import { isWriting } from "../offer/offer-card";
import { useStored } from "./stored";

export type Keys = Record<string, () => void>;

const ON_OFF = ["on", "off"] as const;

export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [value, setValue] = useStored("keys", ON_OFF, "on");
  return [value === "on", (on) => setValue(on ? "on" : "off")];
}

export function useKeys(keys: Keys, enabled = true): void {
  const [single] = useSingleKeys();
  const present = useRef(keys);
  useEffect(() => {
    present.current = keys;
  });
  const names = Object.keys(keys).join(" | ");
  useEffect(() => {
    if (!enabled) return;
    const bindings = Object.fromEntries(
      names.split(" | ").map((name) => [
        name,
        (event: KeyboardEvent) => {
          const isSingle = !/^F\d|\+/.test(name) || name.startsWith("Shift+");
          if (isSingle && (!single || isWriting(event.target as Element) || inDialog(event.target))) return;
          event.preventDefault();
          present.current[name]?.();
        },
      ]),
    );
    return tinykeys(window, bindings);
  }, [names, enabled, single]);
}

/** A dialog, a menu or the ringing card has keys of its own. */
function inDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}
