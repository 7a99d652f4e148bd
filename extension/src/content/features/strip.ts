import type { Definition, Freshness, OverlayPrefs } from '../../messaging/overlay-types.ts';
import { UNKNOWN } from '#shared/messages/format.ts';
import { reachByKeyboard } from '../bar-focus.ts';
import { chooseWindow, UNSTATED_DAYS } from '../choose-window.ts';
import { button, element, iconButton, nameIcon } from '../element.ts';
import { defineFeature, type FeatureContext } from '../define-feature.ts';
import { META_TOTALS } from '../hosts/meta/selectors.ts';
import type { MetaPage } from '../hosts/page.ts';
import type { MetricsStore } from '../metrics-store.ts';
import { observeElement } from '../observe-element.ts';
import { pageMetrics } from '../page-metrics.ts';
import type { OverlayText } from '../overlay-text.ts';
import { createRowLevel, type RowLevel } from '../row-level.ts';
import { blankWords, revenueGapWords } from '../gap-words.ts';
import { arithmetic } from '../present-figure.ts';
import { selectChip } from '../select-chip.ts';
import { stripCss } from '../strip-css.ts';

/** How often the platform's spend is read. At six times that the Worker answers no figure at all. */
const SPEND_READ_EVERY_MS = 15 * 60_000;
const DAYS = [1, 7, 14, 28, 30, 60, 90] as const;

/** One bar with the account's totals, the choices behind every figure, their age, and the way to the side panel. */
export const strip = defineFeature<MetaPage>({
  id: 'strip',
  runsOn: (page): page is MetaPage => page.platform === 'meta',
  init(context, signal) {
    const { state, text, root } = context;
    const bar = element('section', 'strip');
    bar.dir = text.direction;
    bar.setAttribute('role', 'region');
    bar.ariaLabel = text.t('overlay');
    bar.title = text.t('keyboardHint');
    const sheet = root.style(stripCss(context.theme));
    context.onTheme((theme) => sheet.replaceSync(stripCss(theme)));
    signal.addEventListener('abort', () => bar.remove(), { once: true });

    const openPanel = button('open', text.t('openPanel'), () => {
      void context.ask('overlay.openPanel', null);
    });
    const hide = iconButton('×', text.t('hide'), () => setPrefs(context, { hidden: { ...state.prefs.hidden, meta: true } }));
    const level = context.shared('row-level', createRowLevel);
    if (!state.signedIn) {
      bar.append(element('span', 'mark', 'Inlay'), element('span', 'say', text.t('signIn')), openPanel, hide);
    } else {
      const store = pageMetrics(context);
      const dot = element('span', 'dot');
      const figures = element('span', 'figures');
      const fold = iconButton('–', text.t('fold'), () => {
        const folded = bar.classList.toggle('folded');
        nameIcon(fold, folded ? '+' : '–', text.t(folded ? 'unfold' : 'fold'));
      });
      const { rowFigures } = state.prefs;
      const rows = iconButton(rowFigures ? '▤' : '▢', text.t(rowFigures ? 'hideRows' : 'showRows'), () =>
        setPrefs(context, { rowFigures: !rowFigures }),
      );
      bar.append(
        element('span', 'mark', dot, 'Inlay'),
        figures,
        windowChip(context),
        basisChip(context),
        element('span', 'chip still', text.t('model.last')),
        openPanel,
        rows,
        fold,
        hide,
      );
      const paint = (): void => {
        paintLevel(dot, level, text);
        paintFigures(figures, store, text);
        const since = state.prefs.window === 'lifetime' ? store?.definition?.since : undefined;
        if (since !== undefined) figures.append(element('span', 'name', text.t('window.since', { date: text.day(since) })));
      };
      level.onChange(paint, signal);
      store?.onChange(paint, signal);
      store?.want();
      paint();
    }
    root.show(bar);
    keepAboveTotals(bar, signal);
    reachByKeyboard(bar, () => level.rows, signal);
  },
});

/** The page's own totals stay readable: the bar stands on them. Measured when the table appears and when the window changes size. */
function keepAboveTotals(bar: HTMLElement, signal: AbortSignal): void {
  observeElement(
    () => document.querySelector(META_TOTALS),
    (totals) => totals,
    (totals, gone) => {
      const place = (): void => {
        const { top, height } = totals.getBoundingClientRect();
        const free = innerHeight - top;
        bar.style.insetBlockEnd = height > 0 && free > 0 && free < innerHeight / 2 ? `${Math.round(free) + 8}px` : '';
      };
      place();
      window.addEventListener('resize', place, { signal: gone, passive: true });
    },
    signal,
  );
}

function setPrefs(context: FeatureContext<MetaPage>, change: Partial<OverlayPrefs>): void {
  // The background tells every tab, this one too, that its state changed.
  void context.ask('overlay.setPrefs', change);
}

function windowChip(context: FeatureContext<MetaPage>): HTMLSelectElement {
  const { page, state, text } = context;
  const { window, follows } = chooseWindow('follow', page.range);
  const unstated = (): string => text.t('window.unstated', { days: text.t('window.daysShort', { count: UNSTATED_DAYS }) });
  const follow = follows ? text.t('window.follow') : window === null ? text.t('window.unreadable') : unstated();
  const choices = [
    ['follow', follow],
    ...DAYS.map((count) => [String(count), text.t('window.days', { count })]),
    ['lifetime', text.t('window.lifetime')],
  ] as [string, string][];
  const chip = selectChip(text.t('window'), choices, String(state.prefs.window), (value) => {
    setPrefs(context, { window: value === 'follow' || value === 'lifetime' ? value : (Number(value) as (typeof DAYS)[number]) });
  });
  if (state.prefs.window === 'follow' && page.range.kind === 'absent')
    chip.title = text.t('window.unstatedLong', { days: text.t('window.days', { count: UNSTATED_DAYS }) });
  return chip;
}

function basisChip(context: FeatureContext<MetaPage>): HTMLSelectElement {
  const { state, text } = context;
  const choices = (['accrual', 'cash'] as const).map((value) => [value, text.t(`basis.${value}`)] as const);
  return selectChip(text.t('basis'), choices, state.prefs.basis, (basis) => setPrefs(context, { basis }));
}

function paintLevel(dot: HTMLElement, level: RowLevel, text: OverlayText): void {
  const { why } = level;
  dot.className = why === null ? 'dot on' : why === 'why.hidden' || why === 'why.starting' ? 'dot' : 'dot less';
  dot.textContent = why === null ? '●' : why === 'why.starting' ? '◌' : '◐';
  const words = why === null ? text.t('level3') : text.t('level2', { why: text.t(why) });
  dot.title = words;
  dot.setAttribute('role', 'img');
  dot.ariaLabel = words;
}

/** Totals of the account from the same call as the rows; the page's own filter is not claimed to be known. */
function paintFigures(into: HTMLElement, store: MetricsStore | null, text: OverlayText): void {
  if (store === null) return into.replaceChildren(element('span', 'say', text.t('blank.window')));
  const { totals, definition, freshness, failure } = store;
  if (totals === null || definition === null) {
    into.title = '';
    return into.replaceChildren(element('span', 'say', whyNoTotal(store, text)));
  }
  const { figure } = totals;
  const { roas } = figure;
  into.title = `${text.t('accountTotal')} · ${text.day(definition.since)} – ${text.day(definition.until)} · ${definition.currency} · ${definition.timezone} · ${text.t('model.last')} · ${arithmetic(figure, definition.currency, text)}`;
  const pair = (name: string, value: string, more = ''): HTMLElement =>
    element(
      'span',
      'pair',
      element('span', 'name', name),
      ' ',
      number('b', '', value),
      ...(more === '' ? [] : [' ', number('span', 'name', more)]),
    );
  const likely = roas === null || roas.low80 === null || roas.high80 === null ? '' : `${text.roas(roas.low80)}–${text.roas(roas.high80)}`;
  into.replaceChildren(
    element('span', 'name', text.t('accountTotal')),
    pair(text.t('spend'), text.money(figure.spendMinor, definition.currency)),
    pair(text.t('revenue'), text.money(figure.revenueMinor, definition.currency)),
    pair(
      text.t('roas'),
      figure.revenueMinor === null ? UNKNOWN : roas === null ? text.t('noSpend') : figure.tooFew ? text.t('tooFew') : text.roas(roas.point),
      figure.tooFew ? '' : likely,
    ),
    element('span', 'name', text.t('unmatchedShort', { share: text.permille(totals.unmatchedPermille) })),
    ...(figure.revenueMinor === null ? [element('span', 'say', revenueGapWords(freshness, text))] : []),
    ...(freshness === null ? [] : [readAge(freshness, definition, text)]),
    ...(failure === 'offline' ? [element('span', 'say', text.t('blank.offline'))] : []),
  );
}

/** In full words; "asking" only while an answer is on its way. */
function whyNoTotal({ connected, failure, noTotal, freshness }: MetricsStore, text: OverlayText): string {
  if (connected === false) return text.t('blank.not_connected');
  if (failure !== null) return text.t('blank.offline');
  if (noTotal === null) return text.t('loading');
  return noTotal === 'unsaid' ? text.t('noTotals') : blankWords(noTotal, freshness, text);
}

const ageOf = (at: string | null, text: OverlayText): string => (at === null ? text.t('neverRead') : text.ago(at, Date.now()));

/**
 * The older of the two ages that are known, with both on hover. Marked when a window that is still being spent in was last read
 * longer ago than twice the usual time; by a sign as well as by colour.
 */
function readAge({ spendAt, revenueAt }: Freshness, { until }: Definition, text: OverlayText): HTMLElement {
  const late = spendAt !== null && Date.now() - Date.parse(spendAt) > 2 * SPEND_READ_EVERY_MS && spendAt.slice(0, 10) <= until;
  const older = [spendAt, revenueAt].filter((at) => at !== null).toSorted()[0] ?? null;
  const words = older === null ? text.t('neverRead') : text.t('readAge', { age: ageOf(older, text) });
  const made = element('span', late ? 'name late' : 'name', late ? `◐ ${words}` : words);
  made.title = [text.t('spendAge', { age: ageOf(spendAt, text) }), text.t('revenueAge', { age: ageOf(revenueAt, text) })].join(' · ');
  return made;
}

/** Digits with their sign in one order, among words of either direction. */
function number(tag: 'b' | 'span', className: string, value: string): HTMLElement {
  const made = element(tag, className, value);
  made.dir = 'auto';
  return made;
}
