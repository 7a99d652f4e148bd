export type Theme = 'light' | 'dark';

/** Follows the page, not the system: the overlay must look laid in. Looks at painted colour only when the page may have switched. */
export function watchPageTheme(changed: (theme: Theme) => void, signal: AbortSignal): Theme {
  let theme = readTheme();
  const check = (): void => {
    const next = readTheme();
    if (next !== theme) changed((theme = next));
  };
  const observer = new MutationObserver(check);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, {
      attributes: true,
      attributeFilter: ['class', 'style', 'data-theme', 'data-color-scheme', 'data-color-mode'],
    });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', check, { signal });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  return theme;
}

function readTheme(): Theme {
  for (const element of [document.body, document.documentElement]) {
    const [r, g, b, a = 1] = (getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (r !== undefined && g !== undefined && b !== undefined && a > 0.5)
      return (r * 299 + g * 587 + b * 114) / 1000 < 128 ? 'dark' : 'light';
  }
  return getComputedStyle(document.documentElement).colorScheme === 'dark' ? 'dark' : 'light';
}
