import { element } from './element.ts';
import type { OverlayRoot } from './overlay-root.ts';
import { paletteCss } from './palette-css.ts';
import type { Theme } from './page-theme.ts';

const CSS = `
.card{position:fixed;margin:0;border:1px solid var(--line);border-radius:8px;padding:10px 12px;max-inline-size:340px;inset:auto;background:var(--surface-raised);color:var(--text);box-shadow:var(--shadow);
font:13px/18px system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums;pointer-events:none;overflow:visible}
.card p{margin:0 0 4px}.card .lead{font-weight:600}.card .soft{color:var(--text-soft);font-size:12px}.card .by{color:var(--text-faint);font-size:11px;margin:6px 0 0}
`;
const GAP = 6;

export interface HoverCard {
  show(at: DOMRect, lead: string, lines: readonly string[]): void;
  hide(): void;
  setTheme(theme: Theme): void;
}

/** The arithmetic of a figure, beside it. Never catches the pointer, so it is never in the page's way. */
export function createHoverCard(
  root: OverlayRoot,
  theme: Theme,
  byInlay: string,
  direction: 'ltr' | 'rtl',
  signal: AbortSignal,
): HoverCard {
  const card = element('div', 'card');
  card.setAttribute('role', 'tooltip');
  card.dir = direction;
  let shown = false;
  const sheet = root.style('');
  const setTheme = (next: Theme): void => sheet.replaceSync(paletteCss('.card', next) + CSS);
  setTheme(theme);
  signal.addEventListener('abort', () => card.remove(), { once: true });
  const hide = (): void => {
    if (!shown) return;
    shown = false;
    card.hidePopover();
    document.removeEventListener('scroll', hide, { capture: true });
  };
  return {
    setTheme,
    show(at, lead, lines) {
      // Listened to only while there is a card to hide: scrolling itself costs nothing.
      if (!shown) document.addEventListener('scroll', hide, { capture: true, passive: true, once: true, signal });
      shown = true;
      card.replaceChildren(element('p', 'lead', lead), ...lines.map((line) => element('p', 'soft', line)), element('p', 'by', byInlay));
      root.show(card);
      // A layout read on hover, never while scrolling.
      const size = card.getBoundingClientRect();
      const below = at.bottom + GAP + size.height <= innerHeight;
      const top = below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - size.height);
      const aligned = direction === 'rtl' ? at.left : at.right - size.width;
      const left = Math.min(Math.max(GAP, aligned), innerWidth - size.width - GAP);
      Object.assign(card.style, { top: `${top}px`, left: `${left}px` });
    },
    hide,
  };
}
