import type { AvailabilityName } from "@baton/client/wire";
import type { Words } from "../words/words";

/** Why the server itself sets an agent away. */
export const MISSED = "missed";

/** An availability in words, with its reason where there is one. */
export function availabilityText(
  availability: AvailabilityName,
  reason: string | null | undefined,
  words: Words,
): string {
  const says = words.availability;
  return availability === "away" && reason ? says.awayBecause(says.codes[reason] ?? reason) : says[availability];
}
