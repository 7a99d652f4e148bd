import { expect, test } from 'vitest';
import { brandCss } from './brand-css.ts';
import { inlayBrand, withAccent, type Palette } from './tokens.ts';

const TEXT_ON: [keyof Palette, (keyof Palette)[]][] = [
  ['text', ['surface', 'surfaceSunken', 'surfaceRaised', 'surfaceHover', 'accentSoft', 'goodSoft', 'fairSoft', 'poorSoft']],
  ['textSoft', ['surface', 'surfaceSunken', 'surfaceRaised', 'surfaceHover', 'accentSoft']],
  ['textFaint', ['surface', 'surfaceSunken', 'surfaceRaised', 'surfaceHover']],
  ['accent', ['surface', 'surfaceSunken', 'surfaceRaised', 'surfaceHover', 'accentSoft']],
  ['accentText', ['accent', 'accentHover']],
  ['good', ['surface', 'surfaceSunken', 'surfaceHover', 'surfaceRaised', 'goodSoft']],
  ['fair', ['surface', 'surfaceSunken', 'surfaceHover', 'surfaceRaised', 'fairSoft']],
  ['poor', ['surface', 'surfaceSunken', 'surfaceHover', 'surfaceRaised', 'poorSoft']],
];

for (const theme of ['light', 'dark'] as const) {
  test(`every text colour of the ${theme} palette reads on its surfaces (4.5:1)`, () => {
    const palette = inlayBrand[theme];
    const faint = TEXT_ON.flatMap(([ink, papers]) =>
      papers.map((paper) => ({ ink, paper, ratio: contrast(palette[ink], palette[paper]) })),
    ).filter((pair) => pair.ratio < 4.5);
    expect(faint).toEqual([]);
  });
  test(`outlines of the ${theme} palette can be seen (3:1)`, () => {
    const palette = inlayBrand[theme];
    for (const paper of ['surface', 'surfaceSunken', 'surfaceRaised'] as const)
      expect(contrast(palette.lineStrong, palette[paper])).toBeGreaterThanOrEqual(3);
  });
}

test('dark comes by the system and by choice, for pages and for shadow roots', () => {
  expect(brandCss(inlayBrand)).toContain(`:root[data-theme="dark"]{color-scheme:dark;--surface:${inlayBrand.dark.surface};`);
  expect(brandCss(inlayBrand, ':host')).toContain('@media (prefers-color-scheme:dark){:host{');
});

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test('another brand changes the accent and nothing else', () => {
  const theirs = { accent: '#7a2048', accentHover: '#641838', accentText: '#ffffff', accentSoft: '#f9e8ef' };
  const brand = withAccent(inlayBrand, 'Theirs', { light: theirs, dark: theirs });
  expect(brand.light).toEqual({ ...inlayBrand.light, ...theirs });
});
