import { expect, test } from "vitest";
import { brandColours, contrastOf } from "../src/colour.ts";

const LIGHT = "#ffffff";
const DARK = "#16181d";

test("text can be read on every brand's colour, and in it on both surfaces", () => {
  for (const part of ["00", "40", "80", "bf", "ff"]) {
    for (const other of ["00", "40", "80", "bf", "ff"]) {
      for (const colour of [`#${part}${other}80`, `#${other}80${part}`, `#80${part}${other}`]) {
        const { brand, onBrand, inkOnLight, inkOnDark } = brandColours(colour, LIGHT, DARK);
        expect(brand).toBe(colour);
        expect(contrastOf(brand, onBrand), `on ${colour}`).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(inkOnLight, LIGHT), `${colour} on light`).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(inkOnDark, DARK), `${colour} on dark`).toBeGreaterThanOrEqual(4.5);
      }
    }
  }
});

test("a colour that can be read already stays as it is", () => {
  expect(brandColours("#4f46e5", LIGHT, DARK).inkOnLight).toBe("#4f46e5");
});

test("what is no colour does no harm", () => {
  expect(brandColours("red; background: url(x)", LIGHT, DARK).brand).toBe("#4f46e5");
});
