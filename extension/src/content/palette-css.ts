import { inlayBrand, type Palette } from '#shared/branding/tokens.ts';
import type { Theme } from './page-theme.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Brand colours on an element inside our own shadow tree, where no rule of the page can reach them. */
export function paletteCss(selector: string, theme: Theme): string {
  const palette: Palette = inlayBrand[theme];
  return `${selector}{color-scheme:${theme};${Object.entries(palette)
    .map(([name, value]) => `--${kebab(name)}:${value}`)
    .join(';')}}`;
}
