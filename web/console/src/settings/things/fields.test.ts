import { describe, expect, it } from "vitest";
import { asValue, draftOf, editsOf, FIELDS, missingOf } from "./fields";

const general = {
  name: "General",
  topics: ["loans"],
  skills: { law: 2 },
  ring_s: 25,
  alerts: { waiting: 4 },
  exceptional_days: { "2026-12-24": "09:00-12:00" },
};

describe("a form of the configuration", () => {
  it("says what stands there, and changes nothing when nothing is changed", () => {
    const draft = draftOf("queues", general);
    expect(draft.skills).toBe("law: 2");
    expect(draft["alerts.waiting"]).toBe("4");
    expect(draft.exceptional_days).toBe("2026-12-24: 09:00-12:00");
    expect(editsOf("queues", "general", draft, draft)).toEqual([]);
  });

  it("touches only what was changed, and takes out what was emptied", () => {
    const before = draftOf("queues", general);
    const draft = { ...before, ring_s: "40", topics: "", "alerts.waiting": "9", language_required: true };
    expect(editsOf("queues", "general", before, draft)).toEqual([
      { path: ["queues", "general", "topics"] },
      { path: ["queues", "general", "ring_s"], value: 40 },
      { path: ["queues", "general", "language_required"], value: true },
      { path: ["queues", "general", "alerts", "waiting"], value: 9 },
    ]);
  });

  it("writes a new thing as one, with nothing that was not said", () => {
    const draft = { ...draftOf("agents", {}), name: "Ben", email: "ben@example.org", queues: "general\n billing " };
    expect(editsOf("agents", "ben", null, draft)).toEqual([
      { path: ["agents", "ben"], value: { name: "Ben", email: "ben@example.org", queues: ["general", "billing"] } },
    ]);
  });

  it("drops a bot's fields of another kind", () => {
    const before = draftOf("bots", { kind: "webhook", name: "B", url: "https://b", secret: "env:S" });
    expect(editsOf("bots", "b", before, { ...before, kind: "knowledge" })).toEqual([
      { path: ["bots", "b", "kind"], value: "knowledge" },
      { path: ["bots", "b", "url"] },
      { path: ["bots", "b", "secret"] },
    ]);
    expect(missingOf("bots", { ...draftOf("bots", {}), kind: "webhook" })).toEqual(["name", "url", "secret"]);
  });

  it("leaves it to the server to say that something is no number", () => {
    const ring = FIELDS.queues.find(({ key }) => key === "ring_s");
    expect(ring && asValue(ring, "soon")).toBe("soon");
  });
});
