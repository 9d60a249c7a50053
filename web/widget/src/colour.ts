// The brand's colour, made readable: what to write on it, and how to write with it.

type Rgb = readonly [number, number, number];

const FALLBACK: Rgb = [79, 70, 229];
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** More than the 4.5 that WCAG asks of text, because it also stands on surfaces tinted with the brand's colour. */
const READABLE = 5.5;

export type BrandColours = {
  brand: string;
  /** Text on the brand's colour. */
  onBrand: string;
  /** The brand's colour as text on a light and on a dark surface: darkened or lightened until it can be read. */
  inkOnLight: string;
  inkOnDark: string;
};

/** `light` and `dark` are the surfaces on which the brand's colour is used as text. */
export function brandColours(colour: string, light: string, dark: string): BrandColours {
  const brand = parse(colour) ?? FALLBACK;
  const onBrand = contrast(brand, WHITE) >= contrast(brand, BLACK) ? WHITE : BLACK;
  return {
    brand: format(brand),
    onBrand: format(onBrand),
    inkOnLight: format(readable(brand, parse(light) ?? WHITE, BLACK)),
    inkOnDark: format(readable(brand, parse(dark) ?? BLACK, WHITE)),
  };
}

export function contrastOf(one: string, other: string): number {
  return contrast(parse(one) ?? BLACK, parse(other) ?? BLACK);
}

/** Mixed with `towards` in steps until it stands out from the surface. */
function readable(colour: Rgb, surface: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(colour, towards, share);
    if (contrast(mixed, surface) >= READABLE) return mixed;
  }
  return towards;
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => Math.round(one[at] + (other[at] - one[at]) * share);
  return [part(0), part(1), part(2)];
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(colour: string): Rgb | null {
  if (!/^#[\da-f]{6}$/i.test(colour)) return null;
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function format(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
