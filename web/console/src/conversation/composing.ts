// The field while one writes: what list stands under it, and what choosing from it does.

import type { AgentView, ConversationView, MeView, QuickReplyView } from "@baton/client/wire";
import { type RefObject, useMemo, useState } from "react";
import type { DraftKind } from "../desk/drafts";
import type { Words } from "../words/words";
import { colonAt, emojiFor } from "./emoji";
import { mentionAt } from "./mentions";
import type { Choice } from "./picker";
import { filled, fitting, inserted, type Slash, slashAt } from "./quick-replies";

type Context = {
  field: RefObject<HTMLTextAreaElement | null>;
  kind: DraftKind;
  text: string;
  setText: (text: string) => void;
  state: ConversationView;
  me: MeView;
  replies: readonly QuickReplyView[];
  agents: readonly AgentView[];
  words: Words;
};

type Listing = { label: string; at: Slash; choices: readonly Choice[]; textOf: (choice: Choice) => string };

/** The list that what stands before the caret asks for, and how one is taken from it. */
export function useListing({ field, kind, text, setText, state, me, replies, agents, words }: Context) {
  const [caret, setCaret] = useState(0);
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const queue = state.handoff?.queue ?? null;
  const listing = useMemo((): Listing | null => {
    const slash = kind === "reply" ? slashAt(text, caret) : null;
    if (slash) {
      const fit = fitting(replies, slash.asked, queue);
      const choices = fit.map((reply) => ({
        key: `${reply.shared}-${reply.shortcut}`,
        name: `/${reply.shortcut}`,
        detail: filled(reply.text, state, me),
      }));
      return { label: words.quick.title, at: slash, choices, textOf: ({ detail = "" }) => detail };
    }
    const colon = colonAt(text, caret);
    if (colon) {
      const choices = emojiFor(colon.asked).map(({ mark, words: names }) => ({
        key: mark,
        mark,
        name: `:${names.split(" ")[0] ?? ""}`,
      }));
      return { label: words.quick.emoji, at: colon, choices, textOf: ({ key }) => key };
    }
    const mention = kind === "note" ? mentionAt(text, caret) : null;
    if (mention) {
      const wanted = mention.asked.toLowerCase();
      const fit = agents.filter(
        ({ agent, name }) =>
          agent !== me.agent &&
          (agent.startsWith(wanted) ||
            name
              .toLowerCase()
              .split(/\s+/)
              .some((part) => part.startsWith(wanted))),
      );
      const choices = fit.slice(0, 8).map(({ agent, name }) => ({ key: agent, name: `@${agent}`, detail: name }));
      return { label: words.quick.colleagues, at: mention, choices, textOf: ({ name }) => `${name} ` };
    }
    return null;
  }, [kind, text, caret, replies, queue, state, me, agents, words]);
  const asked = listing ? `${listing.at.from}` : null;
  const shown = listing && listing.choices.length > 0 && asked !== closedAt ? listing : null;
  return {
    shown,
    look: () => {
      setCaret(field.current?.selectionStart ?? 0);
      if (!listing) setClosedAt(null);
    },
    close: () => setClosedAt(asked),
    choose: (choice: Choice) => {
      if (!shown) return;
      const next = inserted(text, shown.at, shown.textOf(choice));
      setText(next.text);
      setCaret(next.caret);
      // The field has the text only after it was drawn.
      requestAnimationFrame(() => {
        field.current?.focus();
        field.current?.setSelectionRange(next.caret, next.caret);
      });
    },
  };
}
