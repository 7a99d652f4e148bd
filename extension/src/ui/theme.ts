import { brandCss } from '#shared/branding/brand-css.ts';
import { inlayBrand, type Brand } from '#shared/branding/tokens.ts';

export type Theme = 'system' | 'light' | 'dark';

let sheet: CSSStyleSheet | null = null;

/** Colours of the brand as a constructed sheet: allowed under any content security policy, replaceable while the page is open. */
export function applyBrand(brand: Brand = inlayBrand): void {
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  sheet.replaceSync(brandCss(brand));
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
