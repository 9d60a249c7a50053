import type { QuickReplyView } from "@baton/client/wire";
import { describe, expect, it } from "vitest";
import { conversation, ana as me } from "../test/fixtures";
import { filled, fitting, inserted, slashAt } from "./quick-replies";

const reply = (shortcut: string, text: string, more: Partial<QuickReplyView> = {}): QuickReplyView => ({
  shortcut,
  text,
  shared: true,
  queues: [],
  ...more,
});

describe("quick replies", () => {
  it("are asked for by a slash that begins a word", () => {
    expect(slashAt("/he", 3)).toEqual({ from: 0, to: 3, asked: "he" });
    expect(slashAt("Well, /", 7)).toEqual({ from: 6, to: 7, asked: "" });
    expect(slashAt("and/or", 6)).toBeNull();
    expect(slashAt("https://x", 9)).toBeNull();
    expect(slashAt("/hello there", 12)).toBeNull();
  });

  it("fit by name before words, in the queues they are for, and one's own hides the shared one", () => {
    const all = [
      reply("hello", "Good day", { shared: false }),
      reply("hello", "Hi"),
      reply("help", "I help you"),
      reply("money", "hello money", { queues: ["billing"] }),
      reply("wait", "Say hello to waiting"),
    ];
    expect(fitting(all, "hel", "support").map(({ text }) => text)).toEqual([
      "Good day",
      "I help you",
      "Say hello to waiting",
    ]);
    expect(fitting(all, "mon", "billing").map(({ shortcut }) => shortcut)).toEqual(["money"]);
    expect(fitting(all, "mon", null)).toEqual([]);
  });

  it("carry the names of those who speak, and leave what they do not know alone", () => {
    expect(
      filled("Hello {{customer.name}}, {{ agent.first_name }} of {{queue}}. {{secret}} {{", conversation, me),
    ).toBe("Hello Lucía Romero, Ana of Support. {{secret}} {{");
    const nameless = { ...conversation, customer: null };
    expect(filled("Hello {{customer.first_name}}!", nameless, me)).toBe("Hello !");
  });

  it("stand where the slash stood", () => {
    expect(inserted("Well, /he now", { from: 6, to: 9, asked: "he" }, "Hello")).toEqual({
      text: "Well, Hello now",
      caret: 11,
    });
  });
});
