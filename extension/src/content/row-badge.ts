import { element } from './element.ts';
import { SHADOW_MODE } from './overlay-root.ts';
import { paletteCss } from './palette-css.ts';
import type { Theme } from './page-theme.ts';
import { WAITING, type BadgeView } from './present-figure.ts';

/** Sign beside the colour, never colour alone. */
const SIGN: Record<BadgeView['dot'], string> = { good: '▲', fair: '◆', poor: '▼', none: '○', waiting: '', blank: '' };

/** Widest form, in pixels; two short lines take less of a name than one long one. */
export const BADGE_WIDTH = 112;

/** Where badges end, in pixels from the row's start, or from the scroller's where `pinned`; `layer` is the cell's own. */
export interface BadgePlace {
  end: number;
  side: 'left' | 'right';
  pinned: boolean;
  layer: number;
}

const CSS = `
:host{all:initial!important;position:absolute!important;inset:0!important;display:flex!important;justify-content:flex-start!important;align-items:center!important;pointer-events:none!important;visibility:inherit!important}
.b{--w:${BADGE_WIDTH}px;contain:strict;flex:none;box-sizing:border-box;inline-size:var(--w);block-size:32px;display:grid;grid-template:14px 14px/auto 1fr;align-content:center;column-gap:4px;padding-inline:5px;pointer-events:auto;cursor:default;
font:500 11px/14px system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums;color:var(--text);background:var(--surface-raised);border:1px solid var(--line);border-radius:6px;white-space:nowrap}
.b:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.s{grid-area:1/1;font-size:9px;color:var(--text-faint)}
.r{grid-area:1/2;text-align:end;font-size:12px;font-weight:650}.b[dir=rtl] .r{text-align:left}.m{grid-area:2/2;overflow:hidden;text-align:end;color:var(--text-soft)}.w{grid-area:2/1;color:var(--text-faint);font-weight:400}
.good .s,.good .r{color:var(--good)}.fair .s,.fair .r{color:var(--fair)}.poor .s,.poor .r{color:var(--poor)}
.none .r{color:var(--text-soft);font-weight:500}
.young{border-style:dashed}.idle,.waiting,.blank{--w:26px;block-size:24px;grid-template:auto/1fr;text-align:center;color:var(--text-faint)}
.idle .s,.waiting .m,.blank .m{grid-area:1/1;text-align:center;color:inherit}.idle>:not(.s),.waiting>:not(.m),.blank>:not(.m){display:none}.off{display:none}
@media (forced-colors:active){.b{border-color:CanvasText}}
`;

/** The same distance moves the box in the unscrolled row and holds it in the scrolled one. Nothing is painted without a place. */
function placeCss(place: BadgePlace | null): string {
  if (place === null) return '.b{display:none}';
  const { end, side, pinned, layer } = place;
  const start = `calc(${end}px - var(--w))`;
  return `:host{z-index:${layer}!important}.b{margin-${side}:${start};${pinned ? `position:sticky;${side}:${start}` : ''}}`;
}

export interface BadgeSheet {
  sheet: CSSStyleSheet;
  setTheme(theme: Theme): void;
  setPlace(place: BadgePlace | null): void;
}

/** One sheet for all badges: a change of theme or of place is one write. */
export function createBadgeSheet(theme: Theme): BadgeSheet {
  const sheet = new CSSStyleSheet();
  let place: BadgePlace | null = null;
  const write = (): void => sheet.replaceSync(paletteCss('.b', theme) + CSS + placeCss(place));
  write();
  return {
    sheet,
    setTheme(next) {
      theme = next;
      write();
    },
    setPlace(next) {
      if (JSON.stringify(next) === JSON.stringify(place)) return;
      place = next;
      write();
    },
  };
}

export interface RowBadge {
  host: HTMLElement;
  view: BadgeView | null;
  /** Where the badge stands on screen; a layout read, for hover and focus only. */
  place(): DOMRect;
  /** Paints a view, or nothing for null. `id` is whose it is; only test builds show it, to their oracle. */
  paint(view: BadgeView | null, id: string | null): void;
  /** Takes focus with the whole sentence as its name; the name goes with the next repaint. */
  focus(sentence: string): void;
}

/** A badge for one pooled row: made once, repainted as the row is given to other objects. It takes no room in the row's layout. */
export function createRowBadge(sheet: CSSStyleSheet, windowLabel: string, direction: 'ltr' | 'rtl'): RowBadge {
  const host = document.createElement('span');
  if (__INLAY_TEST_BUILD__) host.dataset['inlayBadge'] = '';
  const shadow = host.attachShadow({ mode: SHADOW_MODE });
  shadow.adoptedStyleSheets = [sheet];
  const [box, sign, money, ratio, label] = ['b off', 's', 'm', 'r', 'w'].map((name) => element('span', name)) as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  box.tabIndex = -1;
  box.dir = direction;
  sign.ariaHidden = 'true';
  // Digits and their sign keep their order among right-to-left words.
  ratio.dir = 'auto';
  const [signText, moneyText, ratioText] = [sign, money, ratio].map((part) => part.appendChild(document.createTextNode(''))) as [
    Text,
    Text,
    Text,
  ];
  label.textContent = windowLabel;
  box.append(sign, money, ratio, label);
  shadow.append(box);
  let named = false;
  let before: BadgeView = WAITING;
  let className = 'b off';
  const dress = (next: string): void => {
    if (next !== className) box.className = className = next;
  };
  const badge: RowBadge = {
    host,
    view: null,
    place: () => box.getBoundingClientRect(),
    paint(view, id) {
      if (__INLAY_TEST_BUILD__) box.setAttribute('data-for', id ?? '');
      if (badge.view === view) return;
      badge.view = view;
      if (named) {
        named = false;
        box.role = null;
        box.ariaLabel = null;
      }
      if (view === null) return dress('b off');
      // Writes only what differs: most rows keep their sign and class.
      if (view.dot !== before.dot) signText.data = SIGN[view.dot];
      if (view.money !== before.money || moneyText.data === '') moneyText.data = view.money;
      if (view.ratio !== before.ratio) ratioText.data = view.ratio;
      before = view;
      dress(`b ${view.dot}${view.young ? ' young' : ''}${view.idle ? ' idle' : ''}`);
    },
    focus(sentence) {
      named = true;
      box.role = 'note';
      box.ariaLabel = sentence;
      box.focus();
    },
  };
  return badge;
}
