// What a failed call says to the person who made it.

import { ApiProblem, NetworkFailure } from "@baton/client/http";
import type { Problem } from "@baton/client/wire";
import type { Words } from "../words/words";

/** A sentence: the problem's own where there is one. */
export function sentence(failure: unknown, words: Words): string {
  if (failure instanceof ApiProblem) return problemSentence(failure.problem, words);
  return failure instanceof NetworkFailure ? words.unreachable : words.wentWrong;
}

export function problemSentence(problem: Problem, words: Words): string {
  return words.problems[problem.code] ?? asSentence(problem.detail || problem.title || words.wentWrong);
}

/** With a capital at its beginning and a full stop at its end. */
function asSentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
