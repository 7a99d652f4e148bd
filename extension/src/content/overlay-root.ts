import { createStubbornness } from './stubbornness.ts';

export interface OverlayRoot {
  shadow: ShadowRoot;
  /** Puts an element into the top layer; it is a fixed box there. */
  show(layer: HTMLElement): void;
  style(css: string): CSSStyleSheet;
}

export const SHADOW_MODE: ShadowRootMode = __INLAY_TEST_BUILD__ ? 'open' : 'closed';

/**
 * Our one element at document level. Strip, hover card and contact card live in its shadow root, each a popover, so nothing of the
 * page lies over them and no rule of the page reaches them. Put back when the page removes it, until `onGiveUp`.
 */
export function createOverlayRoot(onGiveUp: () => void, signal: AbortSignal): OverlayRoot {
  const host = document.createElement('div');
  if (__INLAY_TEST_BUILD__) host.dataset['inlayRoot'] = '';
  const shadow = host.attachShadow({ mode: SHADOW_MODE });
  const base = new CSSStyleSheet();
  base.replaceSync(':host{all:initial!important;position:static!important;display:contents!important}');
  shadow.adoptedStyleSheets = [base];
  const layers = new Set<HTMLElement>();
  const open = (layer: HTMLElement): void => {
    if (layer.isConnected && !layer.matches(':popover-open')) layer.showPopover();
  };

  const tired = createStubbornness(() => performance.now());
  const keeper = new MutationObserver(() => {
    if (host.isConnected) return;
    if (tired()) {
      keeper.disconnect();
      return onGiveUp();
    }
    document.documentElement.append(host);
    for (const layer of layers) open(layer);
  });
  document.documentElement.append(host);
  keeper.observe(document.documentElement, { childList: true });
  signal.addEventListener(
    'abort',
    () => {
      keeper.disconnect();
      host.remove();
    },
    { once: true },
  );

  return {
    shadow,
    show(layer) {
      layer.popover = 'manual';
      layers.add(layer);
      if (!layer.isConnected) shadow.append(layer);
      open(layer);
    },
    style(css) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
      return sheet;
    },
  };
}
