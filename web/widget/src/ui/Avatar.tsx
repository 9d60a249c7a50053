import type { AuthorView } from "@baton/client/wire";
import { BotIcon, PersonIcon } from "./icons.tsx";

/** A bot is a rounded square with its glyph, a person a circle with initials: told apart without colour. */
export function Avatar({ kind, name }: Pick<AuthorView, "kind" | "name">) {
  if (kind === "bot") {
    return (
      <span class="avatar bot" aria-hidden="true">
        <BotIcon />
      </span>
    );
  }
  return (
    <span class="avatar person" aria-hidden="true">
      {initialsOf(name) || <PersonIcon />}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}
