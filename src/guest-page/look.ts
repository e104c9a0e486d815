import type { Theme } from '#booking/fleet.ts';

/** The colours of a page in one light, CSS hex. Every pair that carries text has at least the contrast WCAG 2.2 AA asks for. */
export type Palette = {
  /** Behind everything. */
  readonly water: string;
  /** What text stands on. */
  readonly sheet: string;
  readonly line: string;
  readonly text: string;
  readonly soft: string;
  /** Links, small headings, the focus ring: on `sheet` and on `water`. */
  readonly accent: string;
  /** The face of the boarding card, and what is written on it. */
  readonly face: string;
  readonly onFace: string;
};

/** A brand's two colours as a light and a dark page. Whatever an operator configures, the result can be read. */
export function lookOf(theme: Theme): { readonly light: Palette; readonly dark: Palette } {
  const accent = parsed(theme.accent) ?? [11, 95, 122];
  const ink = parsed(theme.ink) ?? [18, 33, 47];
  return { light: light(accent, ink), dark: dark(accent) };
}

type Colour = readonly [number, number, number];

const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];

function light(accent: Colour, ink: Colour): Palette {
  const water = mixed(accent, white, 0.92);
  const text = until(ink, black, colour => contrast(colour, water) >= 9);
  const face = until(accent, black, colour => contrast(colour, white) >= 6);
  return written({
    water,
    sheet: white,
    line: mixed(text, white, 0.84),
    text,
    soft: until(mixed(text, white, 0.35), black, colour => contrast(colour, water) >= 5),
    accent: until(accent, black, colour => contrast(colour, water) >= 5),
    face,
    onFace: white,
  });
}

function dark(accent: Colour): Palette {
  const night: Colour = [9, 14, 19];
  const water = mixed(accent, night, 0.95);
  const sheet = until(mixed(accent, [20, 27, 34], 0.9), black, colour => contrast(colour, white) >= 14);
  const text = mixed(accent, white, 0.92);
  return written({
    water,
    sheet,
    line: mixed(white, sheet, 0.84),
    text,
    soft: until(mixed(text, sheet, 0.3), white, colour => contrast(colour, sheet) >= 6),
    accent: until(accent, white, colour => contrast(colour, sheet) >= 6),
    face: until(accent, black, colour => contrast(colour, white) >= 8),
    onFace: white,
  });
}

/** Moves a colour towards another in small steps until it will do. */
function until(colour: Colour, towards: Colour, enough: (colour: Colour) => boolean): Colour {
  for (let step = 0; step < 50; step++) {
    const tried = rounded(mixed(colour, towards, step / 50));
    if (enough(tried)) return tried;
  }
  return towards;
}

/** The contrast ratio of WCAG 2.2, 1 to 21, of two CSS hex colours. */
export const contrastOf = (a: string, b: string): number => contrast(parsed(a) ?? black, parsed(b) ?? black);

function contrast(a: Colour, b: Colour): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Colour): number {
  const [r, g, b] = colour.map(part => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const mixed = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

const rounded = (colour: Colour): Colour => colour.map(Math.round) as unknown as Colour;

function parsed(hex: string): Colour | null {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) return null;
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

const written = (palette: Readonly<Record<keyof Palette, Colour>>): Palette =>
  Object.fromEntries(
    Object.entries(palette).map(([name, colour]) => [
      name,
      `#${rounded(colour)
        .map(part => part.toString(16).padStart(2, '0'))
        .join('')}`,
    ]),
  ) as Palette;
