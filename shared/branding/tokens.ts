/** One set of colours. Every text colour meets WCAG 2.2 AA (4.5:1) on every surface it is used on; brand-css.test.ts proves it. */
export interface Palette {
  /** Page, raised or inset surface, hovered or selected row. */
  surface: string;
  surfaceSunken: string;
  surfaceRaised: string;
  surfaceHover: string;
  /** Hairlines between things, and the outline of what can be typed into or pressed (3:1). */
  line: string;
  lineStrong: string;
  text: string;
  textSoft: string;
  textFaint: string;
  accent: string;
  accentHover: string;
  accentText: string;
  accentSoft: string;
  good: string;
  goodSoft: string;
  fair: string;
  fairSoft: string;
  poor: string;
  poorSoft: string;
  /** Second series of a chart; never a judgement. */
  series: string;
  shadow: string;
  scrim: string;
}

export interface Brand {
  name: string;
  light: Palette;
  dark: Palette;
}

export const inlayBrand: Brand = {
  name: 'Inlay',
  light: {
    surface: '#ffffff',
    surfaceSunken: '#f6f7f9',
    surfaceRaised: '#ffffff',
    surfaceHover: '#eef1f5',
    line: '#e2e6eb',
    lineStrong: '#848d9a',
    text: '#15181d',
    textSoft: '#454c57',
    textFaint: '#5f6773',
    accent: '#2c53cc',
    accentHover: '#2346b3',
    accentText: '#ffffff',
    accentSoft: '#e9eefc',
    good: '#17693b',
    goodSoft: '#e4f3ea',
    fair: '#7c5100',
    fairSoft: '#fbf0d9',
    poor: '#ab231c',
    poorSoft: '#fdebe9',
    series: '#5f6773',
    shadow: '0 1px 2px rgb(16 24 40 / 6%), 0 8px 24px rgb(16 24 40 / 12%)',
    scrim: 'rgb(16 22 32 / 40%)',
  },
  dark: {
    surface: '#14171b',
    surfaceSunken: '#0f1114',
    surfaceRaised: '#1c2025',
    surfaceHover: '#252a31',
    line: '#2b3038',
    lineStrong: '#717a88',
    text: '#eceff3',
    textSoft: '#bcc3cd',
    textFaint: '#98a1ae',
    accent: '#8ba8ff',
    accentHover: '#a5bbff',
    accentText: '#0c1533',
    accentSoft: '#1d2848',
    good: '#72d39b',
    goodSoft: '#152b1f',
    fair: '#e7b85c',
    fairSoft: '#2e2411',
    poor: '#ff9d94',
    poorSoft: '#361c1a',
    series: '#98a1ae',
    shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 50%)',
    scrim: 'rgb(0 0 0 / 60%)',
  },
};

/** A brand of somebody else's: their name and accent, our neutrals. */
export function withAccent(brand: Brand, name: string, accent: { light: Pick<Palette, AccentKey>; dark: Pick<Palette, AccentKey> }): Brand {
  return { name, light: { ...brand.light, ...accent.light }, dark: { ...brand.dark, ...accent.dark } };
}
type AccentKey = 'accent' | 'accentHover' | 'accentText' | 'accentSoft';
