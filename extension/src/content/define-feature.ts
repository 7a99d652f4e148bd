import type { OverlayState } from '../messaging/overlay-types.ts';
import type { Asker } from './ask.ts';
import type { Page } from './hosts/page.ts';
import type { OverlayRoot } from './overlay-root.ts';
import type { OverlayText } from './overlay-text.ts';
import type { Theme } from './page-theme.ts';

/** What a feature gets. Everything it starts must end with the signal it is given beside this. */
export interface FeatureContext<P extends Page = Page> {
  page: P;
  state: OverlayState;
  text: OverlayText;
  root: OverlayRoot;
  theme: Theme;
  onTheme(changed: (theme: Theme) => void): void;
  ask: Asker;
  /** Values that several features of one page share, made once per page by whoever asks first. */
  shared<T>(name: string, make: (signal: AbortSignal) => T): T;
  report(code: string, variant?: string | null): void;
}

export interface Feature<P extends Page = Page> {
  id: string;
  runsOn(page: Page, state: OverlayState): page is P;
  init(context: FeatureContext<P>, signal: AbortSignal): void;
}

/** A feature of any page, as the runner holds it. */
export interface RunnableFeature {
  id: string;
  start(context: FeatureContext, signal: AbortSignal): void;
}

/** The one call a feature file ends in: where it runs, and how it starts there. */
export function defineFeature<P extends Page>(feature: Feature<P>): RunnableFeature {
  return {
    id: feature.id,
    start(context, signal) {
      const { page } = context;
      if (feature.runsOn(page, context.state)) feature.init({ ...context, page }, signal);
    },
  };
}
