import { NetworkFailure } from "@baton/client/http";
import { expect, test } from "vitest";
import { problem } from "../test/fake-desk";
import { en } from "../words/en";
import { es } from "../words/es";
import { sentence } from "./failure";

test("a refusal is a whole sentence, in the server's words or in the person's language", () => {
  const full = problem(409, "agent_full", "ana holds as much as she can");
  expect(sentence(full, en)).toBe("Ana holds as much as she can.");
  expect(sentence(full, es)).toBe("Ese agente no tiene ninguna plaza libre.");
});

test("a network that fails and our own mistakes are told apart", () => {
  expect(sentence(new NetworkFailure("GET /v1/me: no answer"), en)).toBe(en.unreachable);
  expect(sentence(new TypeError("undefined is not a function"), en)).toBe(en.wentWrong);
});
