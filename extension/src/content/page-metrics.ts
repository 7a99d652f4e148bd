import { chooseWindow } from './choose-window.ts';
import type { FeatureContext } from './define-feature.ts';
import type { MetaPage } from './hosts/page.ts';
import { createMetricsStore, type MetricsStore } from './metrics-store.ts';

/** The page's store of figures, one for all features of a page; null when no window can be proven. */
export function pageMetrics(context: FeatureContext<MetaPage>): MetricsStore | null {
  const { page, state, ask } = context;
  const { window } = chooseWindow(state.prefs.window, page.range);
  if (window === null) return null;
  return context.shared('metrics', (signal) =>
    createMetricsStore({
      question: { accountExternalId: page.accountExternalId, level: page.level, window, basis: state.prefs.basis },
      cached: (question) => ask('overlay.cached', question),
      fresh: (question) => ask('overlay.metrics', question),
      now: () => Date.now(),
      nextFrame: (run) => requestAnimationFrame(run),
      later: (run, ms) => setTimeout(run, ms),
      signal,
    }),
  );
}
