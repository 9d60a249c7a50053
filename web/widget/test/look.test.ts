import { expect, test } from "vitest";
import { contrastOf } from "../src/colour.ts";
import { localised, paint } from "../src/look.ts";
import { SAMPLES } from "../states/samples.ts";

const channel = SAMPLES.form?.channel;
if (!channel) throw new Error("the form's sample has a channel");

test("a channel speaks the customer's language where it has words for it, and its own where it has not", () => {
  const texts = {
    de: { greeting: "Guten Tag", labels: { name: "Ihr Name" }, options: { topic: { order: "Bestellung" } } },
  };
  const dressed = { ...channel, widget: { ...channel.widget, texts } };
  const german = localised(dressed, "de-AT");
  expect([german.greeting, german.title]).toEqual(["Guten Tag", channel.title]);
  expect(german.widget.form.map(({ label }) => label)).toEqual(["Ihr Name", "E-mail address", "What is it about?"]);
  expect(german.widget.form[2]?.options).toEqual({ order: "Bestellung", other: "Something else" });
  expect(localised(dressed, "fr")).toBe(dressed);
});

test.each(["#ffffff", "#000000", "#ffd400", "#4f46e5", "#7f7f7f"])(
  "%s can be read as a brand, light and dark",
  (colour) => {
    const said = new Map<string, string>();
    const root = { style: { setProperty: (name: string, value: string) => said.set(name, value) }, dataset: {} };
    paint({ ...channel, colour, widget: { ...channel.widget, theme: "dark" } }, root as unknown as HTMLElement);
    const of = (name: string) => said.get(name) ?? "";
    expect(contrastOf(of("--brand-ink-light"), "#ffffff")).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf(of("--brand-ink-dark"), "#16181d")).toBeGreaterThanOrEqual(4.5);
    for (const theme of ["light", "dark"]) {
      expect(contrastOf(of(`--brand-${theme}`), of(`--on-brand-${theme}`))).toBeGreaterThanOrEqual(4.5);
    }
    expect(root.dataset).toEqual({ theme: "dark" });
  },
);
