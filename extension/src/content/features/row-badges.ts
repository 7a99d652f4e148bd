import { chooseWindow } from '../choose-window.ts';
import { defineFeature } from '../define-feature.ts';
import { createHoverCard } from '../hover-card.ts';
import { findTable } from '../hosts/meta/find-table.ts';
import { META_PACKS } from '../hosts/meta/selectors.ts';
import type { MetaPage } from '../hosts/page.ts';
import type { Entry } from '../metrics-store.ts';
import { observeElement } from '../observe-element.ts';
import { pageMetrics } from '../page-metrics.ts';
import { NO_FIGURE, presentAnswer, WAITING, type BadgeView } from '../present-figure.ts';
import { createBadgeSheet, createRowBadge } from '../row-badge.ts';
import { createRowLevel } from '../row-level.ts';
import { standBadges } from '../stand-badges.ts';
import { windowLabel } from '../window-label.ts';

/** After this long without a table that a pack can read, the page is one we do not know. */
const PATIENCE_MS = 10_000;
const REFRESH_MS = 30_000;

/** Tracked revenue and ROAS in each row of the Ads Manager table. */
export const rowBadges = defineFeature<MetaPage>({
  id: 'row-badges',
  runsOn: (page, state): page is MetaPage => page.platform === 'meta' && state.signedIn,
  init(context, signal) {
    const { page, state, text, root, report } = context;
    const level = context.shared('row-level', createRowLevel);
    const store = pageMetrics(context);
    if (!state.prefs.rowFigures) return level.set('why.hidden');
    // No window can be proven, so there is no figure that could be right.
    if (store === null) return level.set('why.window');

    const { sheet, setTheme, setPlace } = createBadgeSheet(context.theme);
    const card = createHoverCard(root, context.theme, text.t('byInlay'), text.direction, signal);
    context.onTheme((theme) => {
      setTheme(theme);
      card.setTheme(theme);
    });
    const label = windowLabel(chooseWindow(state.prefs.window, page.range), text);
    const views = new WeakMap<Entry, { view: BadgeView; definition: unknown }>();
    const viewOf = (id: string): BadgeView => {
      const entry = store.get(id);
      if (entry === undefined) return store.failure === 'offline' ? NO_FIGURE : WAITING;
      const held = views.get(entry);
      if (held !== undefined && held.definition === store.definition) return held.view;
      const view = presentAnswer(entry, store, text);
      views.set(entry, { view, definition: store.definition });
      return view;
    };

    observeElement(
      () => findTable(document, META_PACKS, page.level),
      (table) => table.group,
      (table, gone) => {
        standBadges(
          table,
          {
            store,
            viewOf,
            card,
            text,
            level,
            report,
            setPlace,
            hasTarget: state.organization?.hasTarget === true,
            createBadge: () => createRowBadge(sheet, label, text.direction),
          },
          gone,
        );
      },
      signal,
    );
    const patience = setTimeout(() => {
      if (level.why === 'why.starting') {
        level.set('why.page');
        report('no_pack_fits');
      }
    }, PATIENCE_MS);
    const refresh = setInterval(() => {
      if (document.visibilityState === 'visible') store.want();
    }, REFRESH_MS);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(patience);
        clearInterval(refresh);
      },
      { once: true },
    );
  },
});
