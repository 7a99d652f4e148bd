import { chooseWindow } from '../choose-window.ts';
import { defineFeature } from '../define-feature.ts';
import { createHoverCard } from '../hover-card.ts';
import { findTable, rowsOf, type FoundTable } from '../hosts/meta/find-table.ts';
import { META_PACKS } from '../hosts/meta/selectors.ts';
import type { MetaPage } from '../hosts/page.ts';
import type { Entry } from '../metrics-store.ts';
import { observeElement } from '../observe-element.ts';
import { timed } from '../own-time.ts';
import { pageMetrics } from '../page-metrics.ts';
import { arithmetic, blankView, detailLines, presentAnswer, type BadgeView } from '../present-figure.ts';
import { createBadgeSheet, createRowBadge, type RowBadge } from '../row-badge.ts';
import { createRowLevel } from '../row-level.ts';
import { createStubbornness } from '../stubbornness.ts';
import { windowLabel } from '../window-label.ts';

/** What we know of one pooled row: the badge in it and the object it was last given to. */
interface Slot { badge: RowBadge; mark: string | null; id: string | null }

/** Ids answered as unknown, of those answered, beyond which the rows are not what we take them for. */
const SAMPLE = 20;
const KNOWN_SHARE = 0.95;

/** Tracked revenue and ROAS in each row of the Ads Manager table. */
export const rowBadges = defineFeature<MetaPage>({
  id: 'row-badges',
  runsOn: (page, state): page is MetaPage => page.platform === 'meta' && state.signedIn,
  init(context, signal) {
    const { page, state, text, root } = context;
    const level = context.shared('row-level', createRowLevel);
    const store = pageMetrics(context);
    if (!state.prefs.rowFigures) return level.set('why.hidden');
    if (store === null) return level.set('why.window');

    const { sheet, setTheme } = createBadgeSheet(context.theme);
    const card = createHoverCard(root, context.theme, text.t('byInlay'), text.direction, signal);
    context.onTheme((theme) => { setTheme(theme); card.setTheme(theme); });
    const label = windowLabel(chooseWindow(state.prefs.window, page.range), text);
    const waiting = blankView(text.t('loading'), 'waiting');
    const offline = blankView(text.t('blank.offline'));
    const views = new WeakMap<Entry, { view: BadgeView; definition: unknown }>();
    const viewOf = (id: string): BadgeView => {
      const entry = store.get(id);
      if (entry === undefined) return store.failure === 'offline' ? offline : waiting;
      const held = views.get(entry);
      if (held !== undefined && held.definition === store.definition) return held.view;
      const view = presentAnswer(entry, store, text);
      views.set(entry, { view, definition: store.definition });
      return view;
    };

    const stand = (table: FoundTable, gone: AbortSignal): void => {
      const { group, reader, pack } = table;
      const slots = new Map<Element, Slot>();
      const byHost = new WeakMap<EventTarget, Slot>();
      const tired = createStubbornness(() => performance.now());
      let rows = rowsOf(group, pack);
      let removed = false;

      const takeDown = (): void => {
        observer.disconnect();
        card.hide();
        for (const { badge } of slots.values()) badge.host.remove();
        slots.clear();
        level.focusRows = null;
      };
      const seat = (row: Element): Slot => {
        const badge = createRowBadge(sheet, label, text.direction);
        const slot: Slot = { badge, mark: null, id: null };
        slots.set(row, slot);
        byHost.set(badge.host, slot);
        row.append(badge.host);
        return slot;
      };
      /** Every row is asked who it is in the frame it is painted; a row that cannot say gets nothing. */
      const paint = (force: boolean): void => {
        let unknown = false;
        for (const row of rows) {
          const mark = reader.mark(row);
          let slot = slots.get(row);
          if (slot === undefined) {
            if (mark === null || reader.id(row) === null) continue;
            slot = seat(row);
          } else if (slot.badge.host.parentNode !== row) {
            if (row.isConnected) { removed = true; row.append(slot.badge.host); }
          }
          if (force || mark !== slot.mark) {
            slot.mark = mark;
            slot.id = reader.id(row);
          }
          if (slot.id === null) { slot.badge.paint(null, null); continue; }
          const view = viewOf(slot.id);
          if (view === waiting || view === offline) unknown = true;
          slot.badge.paint(view, slot.id);
        }
        // What we wrote ourselves is not news.
        observer.takeRecords();
        if (unknown) store.want();
        if (removed) {
          removed = false;
          if (tired()) { takeDown(); level.set('why.removed'); context.report('page_removes_badges', pack.variant); }
        }
      };
      const observer = new MutationObserver(timed((records: MutationRecord[]) => {
        if (gone.aborted) return;
        if (records.some((record) => record.type === 'childList' && (record.target === group || !slots.has(record.target as Element)))) refreshRows();
        paint(false);
      }));
      const refreshRows = (): void => {
        rows = rowsOf(group, pack);
        const present = new Set(rows);
        for (const row of slots.keys()) if (!present.has(row)) slots.delete(row);
      };

      observer.observe(group, { childList: true, subtree: true, attributes: true, attributeFilter: [...pack.observed] });
      gone.addEventListener('abort', takeDown, { once: true });
      store.watch(() => [...slots.values()].flatMap(({ id }) => (id === null ? [] : [id])));
      store.onChange(timed(() => {
        if (gone.aborted || level.why === 'why.removed') return;
        if (!idsAreOurs()) { takeDown(); level.set('why.ids'); context.report('ids_unknown', pack.variant); return; }
        paint(true);
      }));
      const idsAreOurs = (): boolean => {
        const answers = [...slots.values()].flatMap(({ id }) => { const entry = id === null ? undefined : store.get(id); return entry === undefined ? [] : [entry.answer]; });
        const known = answers.filter((answer) => !('blank' in answer) || answer.blank !== 'unknown_id').length;
        return answers.length < SAMPLE || known >= answers.length * KNOWN_SHARE;
      };

      const explain = (slot: Slot): void => {
        const { id, badge } = slot;
        const entry = id === null ? undefined : store.get(id);
        const { definition, totals, freshness } = store;
        const box = badge.host.getBoundingClientRect();
        const shown = new DOMRect(Math.max(box.left, 0), box.top, Math.min(box.right, innerWidth) - Math.max(box.left, 0), box.height);
        if (entry === undefined || 'blank' in entry.answer || definition === null) return card.show(shown, badge.view === null ? '' : badge.view.label, []);
        const { figure } = entry.answer;
        card.show(shown, arithmetic(figure, definition.currency, text), detailLines(figure, { definition, totals, freshness }, text, Date.now()));
      };
      const over = (event: Event): Slot | undefined => (event.target === null ? undefined : byHost.get(event.target));
      const listen = { signal: gone };
      group.addEventListener('pointerover', (event) => { const slot = over(event); if (slot === undefined) card.hide(); else explain(slot); }, listen);
      group.addEventListener('pointerleave', () => card.hide(), listen);
      group.addEventListener('focusin', (event) => { const slot = over(event); if (slot !== undefined) explain(slot); }, listen);
      group.addEventListener('focusout', () => card.hide(), listen);
      document.addEventListener('scroll', () => card.hide(), { capture: true, passive: true, signal: gone });
      group.addEventListener('keydown', (event) => {
        const slot = over(event);
        const step = (event as KeyboardEvent).key === 'ArrowDown' ? 1 : (event as KeyboardEvent).key === 'ArrowUp' ? -1 : 0;
        if (slot === undefined || step === 0) return;
        const seated = inOrder(slots);
        seated[seated.indexOf(slot) + step]?.badge.focus();
        event.preventDefault();
        event.stopPropagation();
      }, listen);
      level.focusRows = () => inOrder(slots)[0]?.badge.focus();
      level.set(null);
      paint(true);
      store.want();
    };

    observeElement(() => findTable(document, META_PACKS, page.level), (table) => table.group, (table, gone) => timed(stand)(table, gone), signal);
    const patience = setTimeout(() => { if (level.why === 'why.starting') { level.set('why.page'); context.report('no_pack_fits'); } }, 10_000);
    const refresh = setInterval(() => { if (document.visibilityState === 'visible') store.want(); }, 30_000);
    signal.addEventListener('abort', () => { clearTimeout(patience); clearInterval(refresh); }, { once: true });
  },
});

/** Seats with a figure, top to bottom: by the index the table gives its rows, not by the order of recycled nodes. */
function inOrder(slots: Map<Element, Slot>): Slot[] {
  return [...slots].filter(([, slot]) => slot.id !== null).toSorted(([a], [b]) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex'))).map(([, slot]) => slot);
}
