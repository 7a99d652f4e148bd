import type { ManagerRow } from '../rows.ts';
import { className, el, isOwn } from '../../browser/class-names.ts';
import { columnsFor, formatsFor, type Column } from './formats.ts';
import { beHostile } from './hostile.ts';
import { readState, readSwitches, urlOf, type LevelPath, type PageState } from './page-state.ts';
import { applyStyle } from './style.ts';
import { surfacesFor } from './surfaces.ts';
import { Table } from './table.ts';
import { buildChrome, buildRail } from './toolbar.ts';
import { wordsFor } from './words.ts';

interface Data {
  account: { id: string; name: string; currency: string } | null;
  accounts: { id: string; name: string }[];
  rows: ManagerRow[];
}

const SELECTION: Record<LevelPath, 'campaigns' | 'adsets' | 'ads'> = { campaigns: 'campaigns', adsets: 'adsets', ads: 'ads' };
/** Where the page's own JSON lives, seen from this module: works under the real name and under a path. */
const DATA = new URL('../../../data', import.meta.url);

const lang = document.documentElement.lang;
const words = wordsFor(lang);
const switches = readSwitches();
const root = el('div', 'root');
applyStyle(root, className('dark'));

let state = readState();
let shown: readonly ManagerRow[] = [];
let table: Table | null = null;
let order: { key: string; up: boolean } | null = null;
let typed = '';
let loads = 0;

const go = (change: Partial<PageState>): void => {
  history.pushState(null, '', urlOf({ ...state, ...change }));
  void load();
};
const chrome = buildChrome(words, lang, {
  toLevel: (level) => go({ level }),
  toAccount: (act) => go({ act, campaigns: [], adsets: [], ads: [] }),
  toDate: (date) => go({ date }),
  search: (text) => {
    typed = text.toLowerCase();
    refill();
  },
  refresh: () => void load(),
});
root.append(buildRail(), chrome.node);
document.getElementById('mount_0')?.append(root);
addEventListener('popstate', () => void load());

const hrefOf = (row: ManagerRow): string => {
  if (state.level === 'campaigns') return urlOf({ ...state, level: 'adsets', campaigns: [row.id], adsets: [], ads: [] });
  if (state.level === 'adsets') return urlOf({ ...state, level: 'ads', adsets: [row.id], ads: [] });
  return urlOf({ ...state, ads: [row.id] }).replace('/ads?', '/ads/edit/standalone?');
};

function buildTable(currency: string): Table {
  const formats = formatsFor(lang, currency);
  const all = columnsFor(words, formats).filter(({ key }) => key !== 'object_id' || switches.idColumn);
  const columns = switches.columns === null ? all : switches.columns.flatMap((key) => all.find((column) => column.key === key) ?? []);
  const made = new Table({
    switches,
    surfaces: surfacesFor(switches),
    words,
    columns,
    label: words[state.level],
    totals: (column) => totalOf(column, formats),
    onSort: (column) => {
      order = { key: column.key, up: order?.key === column.key ? !order.up : false };
      refill(column);
    },
    actions: {
      isSelected: (id) => state[SELECTION[state.level]].includes(id),
      select: (id) => {
        const list = state[SELECTION[state.level]];
        state = { ...state, [SELECTION[state.level]]: list.includes(id) ? list.filter((one) => one !== id) : [...list, id] };
        history.replaceState(null, '', urlOf(state));
        chrome.update(state);
        table?.draw();
      },
      hrefOf,
      open: (row) => {
        if (state.level === 'campaigns') go({ level: 'adsets', campaigns: [row.id], adsets: [], ads: [] });
        else if (state.level === 'adsets') go({ level: 'ads', adsets: [row.id], ads: [] });
      },
    },
  });
  beHostile(switches.hostile, made.body, isOwn);
  return made;
}

function totalOf(column: Column, formats: ReturnType<typeof formatsFor>): string {
  const sum = (of: (row: ManagerRow) => number | null): number => shown.reduce((total, row) => total + (of(row) ?? 0), 0);
  switch (column.key) {
    case 'spend':
      return formats.money(sum((row) => row.spendMinor));
    case 'impressions':
      return formats.count(sum((row) => row.impressions));
    case 'link_click':
      return formats.count(sum((row) => row.clicks));
    case 'results':
      return formats.count(sum((row) => row.results));
    default:
      return '—';
  }
}

let loaded: readonly ManagerRow[] = [];

function refill(sortBy?: Column): void {
  let rows = typed === '' ? [...loaded] : loaded.filter((row) => row.name.toLowerCase().includes(typed) || row.id === typed);
  if (order !== null && sortBy !== undefined) {
    const sign = order.up ? 1 : -1;
    rows = rows.sort((a, b) => (sortBy.sort(a) < sortBy.sort(b) ? -sign : sortBy.sort(a) > sortBy.sort(b) ? sign : 0));
  }
  shown = rows;
  table?.setRows(rows);
}

async function load(): Promise<void> {
  const before = state;
  state = readState();
  chrome.update(state);
  loads += 1;
  const mine = loads;
  const query = new URLSearchParams({
    level: state.level,
    act: state.act,
    campaigns: state.campaigns.join(','),
    adsets: state.adsets.join(','),
  });
  if (state.date !== null) query.set('date', state.date);
  if (table === null) showMessage(words.loading);
  const data = (await (await fetch(`${DATA}?${query}`)).json()) as Data;
  if (mine !== loads) return;
  chrome.setAccounts(data.accounts, state.act);
  if (data.account === null) {
    table?.scroller.remove();
    table = null;
    showMessage(words.none);
    return;
  }
  document.querySelector('[data-own=message]')?.remove();
  // Another account or level is another table, as in the real page; a filter or range keeps the table and its row nodes.
  if (table === null || before.act !== state.act || before.level !== state.level) {
    table?.scroller.remove();
    order = null;
    table = buildTable(data.account.currency);
    chrome.card.append(table.scroller);
  }
  loaded = data.rows;
  refill();
}

function showMessage(text: string): void {
  document.querySelector('[data-own=message]')?.remove();
  chrome.card.append(el('div', 'message', { 'data-own': 'message', role: 'status' }, text));
}

/** For benches and tests in the page's own world: what each row node truly shows, and a scroll without the mouse. */
Object.assign(window, {
  __host: {
    rows: () => [...(table?.live.values() ?? [])].map((view) => ({ node: view.node, id: view.item?.id ?? null, index: view.index })),
    scrollTo: (top: number, left?: number) => {
      table?.scroller.scrollTo({ top, ...(left === undefined ? {} : { left }) });
    },
    get count() {
      return table?.rows.length ?? 0;
    },
    get rowHeight() {
      return switches.rowHeight;
    },
    get scroller() {
      return table?.scroller ?? null;
    },
  },
});

void load();
