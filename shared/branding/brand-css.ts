import type { Brand, Palette } from './tokens.ts';

/**
 * The brand as CSS custom properties. Light by default, dark by the system's wish, either one by `data-theme` on the scope element.
 * @param scope selector that carries the variables: ':root' in our own pages, ':host' inside a shadow root
 */
export function brandCss(brand: Brand, scope: ':root' | ':host' = ':root'): string {
  const forced = (theme: string) => (scope === ':host' ? `:host([data-theme="${theme}"])` : `:root[data-theme="${theme}"]`);
  const light = `color-scheme:light;${variables(brand.light)}`;
  const dark = `color-scheme:dark;${variables(brand.dark)}`;
  return `${scope}{${light}}@media (prefers-color-scheme:dark){${scope}{${dark}}}${forced('light')}{${light}}${forced('dark')}{${dark}}`;
}

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${kebab(name)}:${value};`)
    .join('');
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
