import { element } from './element.ts';
import { SHADOW_MODE } from './overlay-root.ts';
import { paletteCss } from './palette-css.ts';
import type { Theme } from './page-theme.ts';
import { WAITING, type BadgeView } from './present-figure.ts';

/** Sign beside the colour, never colour alone. */
const SIGN: Record<BadgeView['dot'], string> = { good: '▲', fair: '◆', poor: '▼', none: '○', waiting: '', blank: '' };

const CSS = `
:host{all:initial!important;position:absolute!important;inset:0!important;display:flex!important;justify-content:flex-end!important;align-items:center!important;pointer-events:none!important;z-index:1!important;visibility:inherit!important}
.b{position:sticky;contain:strict;inset-inline-end:8px;box-sizing:border-box;inline-size:196px;block-size:24px;display:flex;align-items:center;gap:6px;padding-inline:8px;pointer-events:auto;cursor:default;
font:500 12px/16px system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums;color:var(--text);background:var(--surface-raised);border:1px solid var(--line);border-radius:6px;white-space:nowrap}
.b:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.s{inline-size:10px;flex:none;font-size:9px;text-align:center;color:var(--text-faint)}
.m{flex:1;overflow:hidden;text-align:end}.r{min-inline-size:52px;text-align:end;font-weight:650}.b[dir=rtl] .r{text-align:left}.w{color:var(--text-faint);font-weight:400;font-size:11px}.w:empty{display:none}
.good .s,.good .r{color:var(--good)}.fair .s,.fair .r{color:var(--fair)}.poor .s,.poor .r{color:var(--poor)}
.none .r{color:var(--text-soft);font-weight:500}.waiting,.blank{color:var(--text-faint)}
.young{border-style:dashed}.idle{inline-size:26px;padding-inline:7px}.idle .m,.idle .r,.idle .w{display:none}.off{display:none}
@media (forced-colors:active){.b{border-color:CanvasText}}
`;

/** One sheet for all badges: a change of theme is one write. */
export function createBadgeSheet(theme: Theme): { sheet: CSSStyleSheet; setTheme(theme: Theme): void } {
  const sheet = new CSSStyleSheet();
  const setTheme = (next: Theme): void => sheet.replaceSync(paletteCss('.b', next) + CSS);
  setTheme(theme);
  return { sheet, setTheme };
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
