import { expect, test } from "vitest";
import { asPage, asText } from "../src/transcript.ts";
import { loadSpeech } from "../src/words/catalogue.ts";
import { NOW, SAMPLES } from "../states/samples.ts";

test("the conversation can be kept as text, with who said what", async () => {
  const conversation = SAMPLES.person?.conversation;
  if (!conversation) throw new Error("no conversation");
  const text = asText("Support", conversation, await loadSpeech(["en"], "UTC"), NOW);
  expect(text).toContain("Conversation with Support");
  expect(text).toContain("Ana Ruiz (Person):");
  expect(text).toContain("You:\nOh, that is simple.");
});

test("a page of it runs nothing, whatever was said", async () => {
  const conversation = SAMPLES.hostile?.conversation;
  if (!conversation) throw new Error("no conversation");
  const page = asPage("<script>alert(1)</script>", conversation, await loadSpeech(["ar"], "UTC"), NOW);
  expect(page).not.toMatch(/<(script|img|b)\b/);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('dir="rtl"');
});
