// The handoffs that this agent may take themselves. Pure; those that are shown to everybody ring until somebody has
// them or this agent has said that it is not for them.

import type { TakeableView } from "@baton/client/wire";

export type Takeable = {
  there: readonly TakeableView[];
  /** Handoffs that this desk has silenced. */
  silenced: ReadonlySet<string>;
};

export type TakeableInput =
  | { type: "listed"; takeable: readonly TakeableView[] }
  | { type: "shown"; takeable: TakeableView }
  | { type: "gone"; handoff: string }
  | { type: "silenced"; handoff: string };

export const NOTHING_TO_TAKE: Takeable = { there: [], silenced: new Set() };

export function reduceTakeable({ there, silenced }: Takeable, input: TakeableInput): Takeable {
  switch (input.type) {
    case "listed": {
      const listed = new Set(input.takeable.map(({ handoff }) => handoff));
      return { there: input.takeable, silenced: new Set([...silenced].filter((handoff) => listed.has(handoff))) };
    }
    case "shown": {
      const others = there.filter(({ handoff }) => handoff !== input.takeable.handoff);
      return { there: [...others, input.takeable], silenced };
    }
    case "gone":
      return {
        there: there.filter(({ handoff }) => handoff !== input.handoff),
        silenced: new Set([...silenced].filter((handoff) => handoff !== input.handoff)),
      };
    case "silenced":
      return { there, silenced: new Set([...silenced, input.handoff]) };
  }
}

/** What rings at everybody who could take it, longest waiting first. */
export function shownToAll({ there, silenced }: Takeable): TakeableView[] {
  return there
    .filter(({ broadcast, handoff }) => broadcast && !silenced.has(handoff))
    .sort((one, other) => one.since - other.since);
}
