import { PNG } from 'pngjs';

export type ArtRatio = '1x1' | '9x16';
/** Pixels of the two renderings, as Meta advises them. */
export const ART_SIZE: Record<ArtRatio, [width: number, height: number]> = { '1x1': [1080, 1080], '9x16': [1080, 1920] };

type Rgb = readonly [number, number, number];
/** Signed distance to a shape's edge in pixels, negative inside; painted over what is below it. */
type Shape = { colour: Rgb; distance: (x: number, y: number) => number };

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const circle =
  (cx: number, cy: number, r: number) =>
  (x: number, y: number): number =>
    Math.hypot(x - cx, y - cy) - r;
const ring =
  (cx: number, cy: number, r: number, half: number) =>
  (x: number, y: number): number =>
    Math.abs(Math.hypot(x - cx, y - cy) - r) - half;
const box =
  (cx: number, cy: number, w: number, h: number, round = 0) =>
  (x: number, y: number): number => {
    const [dx, dy] = [Math.abs(x - cx) - w / 2 + round, Math.abs(y - cy) - h / 2 + round];
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
  };
const below =
  (edge: (x: number) => number) =>
  (x: number, y: number): number =>
    edge(x) - y;
const inside =
  (a: Shape['distance'], b: Shape['distance']) =>
  (x: number, y: number): number =>
    Math.max(a(x, y), b(x, y));

const PALETTES: readonly (readonly [string, string, string, string])[] = [
  ['#f3e9dc', '#c08552', '#5e3023', '#895737'],
  ['#e4f0ec', '#4f9d85', '#1f4e46', '#f2b880'],
  ['#fbe9e7', '#e57b62', '#7a2e2a', '#f4b6a6'],
  ['#e7ecf5', '#5b7fb8', '#1e2f52', '#f0c05a'],
  ['#f6f1d9', '#d9a441', '#5b4412', '#7c9a6d'],
  ['#ece6f3', '#8d6fb5', '#3a2756', '#e3a7c0'],
  ['#e3eff4', '#4d9bb8', '#143f4f', '#f08a5d'],
  ['#f4e8ee', '#c25b83', '#561833', '#f0b99b'],
  ['#e9efe0', '#7f9f57', '#33451c', '#d97b4f'],
  ['#efeae4', '#8a8178', '#2c2926', '#d6604d'],
];

/** Ten compositions of a few shapes each; `w` and `h` in pixels, so that nothing is stretched between the ratios. */
const COMPOSITIONS: readonly ((w: number, h: number, a: Rgb, b: Rgb, c: Rgb) => Shape[])[] = [
  (w, h, a, b, c) => [
    { colour: a, distance: circle(w / 2, h * 0.42, w * 0.27) },
    { colour: b, distance: below((x) => h * 0.72 + Math.sin(x / 170) * 28) },
    { colour: c, distance: below((x) => h * 0.83 + Math.sin(x / 130 + 2) * 24) },
  ],
  (w, h, a, b, c) => [
    { colour: a, distance: box(w / 2, h * 0.56, w * 0.46, h * 0.5, w * 0.23) },
    { colour: b, distance: box(w / 2, h * 0.62, w * 0.26, h * 0.38, w * 0.13) },
    { colour: c, distance: circle(w * 0.76, h * 0.2, w * 0.09) },
  ],
  (w, h, a, b, c) =>
    [0, 1, 2, 3, 4].map((i) => ({
      colour: [a, b, c, a, b][i] as Rgb,
      distance: (x: number, y: number) => Math.abs((x + y) / Math.SQRT2 - (w + h) * (0.19 + i * 0.085)) - w * 0.028,
    })),
  (w, h, a, b, c) => [
    { colour: c, distance: circle(w * 0.7, h * 0.3, w * 0.13) },
    { colour: a, distance: (x, y) => Math.abs(x - w * 0.4) * 0.86 - (y - h * 0.34) * 0.6 },
    { colour: b, distance: (x, y) => Math.abs(x - w * 0.76) * 0.86 - (y - h * 0.52) * 0.6 },
  ],
  (w, h, a, b, c) =>
    Array.from({ length: 9 }, (_, i) => ({
      colour: [a, b, c][(i + Math.floor(i / 3)) % 3] as Rgb,
      distance: box(
        w * (0.28 + (i % 3) * 0.22),
        h / 2 + (Math.floor(i / 3) - 1) * w * 0.22,
        w * 0.18,
        w * 0.18,
        i % 2 === 0 ? w * 0.09 : w * 0.02,
      ),
    })),
  (w, h, a, b, c) => [0.36, 0.25, 0.14].map((r, i) => ({ colour: [a, b, c][i] as Rgb, distance: ring(w / 2, h / 2, w * r, w * 0.035) })),
  (w, h, a, b, c) => [
    { colour: a, distance: box(w / 2, h * 0.55, w * 0.3, w * 0.58, w * 0.06) },
    { colour: b, distance: box(w / 2, h * 0.55 - w * 0.345, w * 0.16, w * 0.11, w * 0.025) },
    { colour: c, distance: box(w / 2, h * 0.57, w * 0.3, w * 0.16) },
  ],
  (w, h, a, b, c) => [
    { colour: a, distance: circle(w * 0.38, h * 0.42, w * 0.24) },
    { colour: b, distance: circle(w * 0.62, h * 0.58, w * 0.24) },
    { colour: c, distance: inside(circle(w * 0.38, h * 0.42, w * 0.24), circle(w * 0.62, h * 0.58, w * 0.24)) },
  ],
  (w, h, a, b, c) => [
    { colour: a, distance: inside(circle(w * 0.26, h * 0.5, w * 0.4), circle(w * 0.74, h * 0.5, w * 0.4)) },
    { colour: b, distance: box(w / 2, h * 0.56, w * 0.018, w * 0.56) },
    { colour: c, distance: circle(w * 0.78, h * 0.24, w * 0.07) },
  ],
  (w, h, a, b, c) =>
    [0, 1, 2, 3].map((i) => ({
      colour: [b, a, a, c][i] as Rgb,
      distance: box(w * (0.26 + i * 0.16), h * 0.72 - w * (0.08 + i * 0.07), w * 0.12, w * (0.16 + i * 0.14), w * 0.02),
    })),
];

/** A flat picture of one concept, drawn by code: `concept` 1 to 10 differ in colours and composition, the two ratios in layout. */
export function drawConcept(concept: number, ratio: ArtRatio): Uint8Array {
  const [width, height] = ART_SIZE[ratio];
  const [ground, a, b, c] = (PALETTES[(concept - 1) % PALETTES.length] as (typeof PALETTES)[number]).map(rgb) as [Rgb, Rgb, Rgb, Rgb];
  const shapes = (COMPOSITIONS[(concept - 1) % COMPOSITIONS.length] as (typeof COMPOSITIONS)[number])(width, height, a, b, c);
  const png = new PNG({ width, height, colorType: 2 });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue] = ground as readonly number[] as [number, number, number];
      for (const { colour, distance } of shapes) {
        // One pixel of soft edge; everything else is flat, so the file stays small.
        const cover = Math.min(1, Math.max(0, 0.5 - distance(x + 0.5, y + 0.5)));
        if (cover === 0) continue;
        red += (colour[0] - red) * cover;
        green += (colour[1] - green) * cover;
        blue += (colour[2] - blue) * cover;
      }
      png.data.set([Math.round(red), Math.round(green), Math.round(blue), 255], (y * width + x) * 4);
    }
  }
  return new Uint8Array(PNG.sync.write(png, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 }));
}
