import type { StateChanged } from '../messaging/messages.ts';
import type { OverlayState } from '../messaging/overlay-types.ts';
import { ask, extensionLives } from './ask.ts';
import type { FeatureContext, RunnableFeature } from './define-feature.ts';
import { contextOf, detectPage, type Page } from './hosts/page.ts';
import { createOverlayRoot } from './overlay-root.ts';
import { createOverlayText } from './overlay-text.ts';
import { watchLocation } from './page-location.ts';
import { watchPageTheme, type Theme } from './page-theme.ts';

/** Starts the features a page is for, stops them when the page, the session or a preference changes, and for good when the extension is gone. */
export function runFeatures(features: readonly RunnableFeature[], whole: AbortController): void {
  const { signal } = whole;
  let state: OverlayState | null = null;
  let running: { key: string; stop: AbortController } | null = null;
  let asked = 0;
  const reported = new Set<string>();

  const align = (): void => {
    const page = detectPage(location.href);
    const ready = page !== null && state !== null && state.consented && !state.prefs.hidden[page.platform] ? state : null;
    const key = ready === null ? '' : JSON.stringify([page, ready]);
    if (running?.key === key) return;
    running?.stop.abort();
    running = null;
    if (page === null || ready === null) return;
    const stop = new AbortController();
    running = { key, stop };
    start(page, ready, AbortSignal.any([signal, stop.signal]));
  };
  const start = (page: Page, ready: OverlayState, ends: AbortSignal): void => {
    const themes = new Set<(theme: Theme) => void>();
    const made = new Map<string, unknown>();
    const theme = watchPageTheme((next) => {
      for (const changed of themes) changed(next);
    }, ends);
    const report: FeatureContext['report'] = (code, variant = null) => {
      if (reported.has(code)) return;
      reported.add(code);
      void ask('overlay.health', { feature: 'overlay', variant, code, count: 1 });
    };
    const root = createOverlayRoot(() => {
      report('page_removes_layer');
      whole.abort();
    }, ends);
    const context: FeatureContext = {
      page,
      state: ready,
      root,
      theme,
      ask,
      report,
      text: createOverlayText(ready.organization?.locale ?? 'en'),
      onTheme: (changed) => themes.add(changed),
      shared: <T>(name: string, make: (of: AbortSignal) => T): T => {
        if (!made.has(name)) made.set(name, make(ends));
        return made.get(name) as T;
      },
    };
    for (const feature of features) {
      const own = new AbortController();
      try {
        feature.start(context, AbortSignal.any([ends, own.signal]));
      } catch (cause) {
        // One feature's error stops that feature, is counted once, and leaves the others and the page alone.
        own.abort(cause);
        report(`${feature.id}_failed`);
      }
    }
  };
  const refreshState = async (): Promise<void> => {
    const mine = (asked += 1);
    const page = detectPage(location.href);
    const outcome = await ask('overlay.state', { page: page === null ? null : contextOf(page) });
    if (signal.aborted || mine !== asked) return;
    if (outcome.ok) state = outcome.value;
    align();
  };

  watchLocation(() => {
    align();
    void refreshState();
  }, signal);
  const onMessage = (message: unknown): void => {
    if ((message as StateChanged).kind === 'overlay.stateChanged') void refreshState();
  };
  chrome.runtime.onMessage.addListener(onMessage);
  // A session may have begun or ended while this tab was away.
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') void refreshState();
    },
    { signal },
  );
  const pulse = setInterval(() => {
    if (!extensionLives()) whole.abort();
  }, 2000);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(pulse);
      if (extensionLives()) chrome.runtime.onMessage.removeListener(onMessage);
    },
    { once: true },
  );
  void refreshState();
}
