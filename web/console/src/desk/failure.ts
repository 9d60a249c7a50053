// What a failed call says to the person who made it.

import { ApiProblem, NetworkFailure } from "@baton/client/http";
import type { Words } from "../words/words";

/** A sentence: the problem's own where there is one. */
export function sentence(failure: unknown, words: Words): string {
  if (failure instanceof ApiProblem) {
    if (failure.problem.detail) return failure.problem.detail;
    return failure.status >= 500 || !failure.problem.title ? words.wentWrong : failure.problem.title;
  }
  return failure instanceof NetworkFailure ? words.unreachable : words.wentWrong;
}
