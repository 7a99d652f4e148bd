import { className, el, icon } from '../../browser/class-names.ts';
import { fill, type Words } from './words.ts';
import { LEVEL_PATHS, type LevelPath, type PageState } from './page-state.ts';

const PATHS = {
  menu: 'M3 5h14M3 10h14M3 15h14',
  grid: 'M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z',
  chart: 'M3 17V9M9 17V4M15 17v-6',
  people: 'M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 17c0-3 2-5 5-5s5 2 5 5M14 9a2 2 0 1 0 0-4M14 12c2 0 4 2 4 5',
  card: 'M2 5h16v10H2zM2 9h16',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1 1H4zM8 17h4',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM14 14l4 4',
  plus: 'M10 4v12M4 10h12',
  folder: 'M2 5h6l2 2h8v9H2z',
  squares: 'M3 3h14v14H3zM3 9h14M9 9v8',
  tile: 'M3 3h14v14H3z',
  down: 'M6 8l4 4 4-4',
};
const LEVEL_ICON: Record<LevelPath, string> = { campaigns: PATHS.folder, adsets: PATHS.squares, ads: PATHS.tile };

export interface Chrome {
  node: HTMLElement;
  card: HTMLElement;
  update(state: PageState): void;
  setAccounts(accounts: { id: string; name: string }[], current: string): void;
}

export interface ChromeActions {
  toLevel(level: LevelPath): void;
  toAccount(id: string): void;
  toDate(date: string | null): void;
  search(text: string): void;
  refresh(): void;
}

/** Everything around the table: rail, heading, search, tabs and tools. */
export function buildChrome(words: Words, lang: string, actions: ChromeActions): Chrome {
  const account = el('select', 'select', { 'aria-label': words.account }) as HTMLSelectElement;
  account.addEventListener('change', () => actions.toAccount(account.value));
  const date = el('select', 'select', { 'aria-label': 'Date' }) as HTMLSelectElement;
  date.addEventListener('change', () => actions.toDate(date.value === '' ? null : date.value));
  const button = (text: string, things = '', path?: string): HTMLElement =>
    el('button', `button ${things}`, { type: 'button' }, path === undefined ? null : icon(path), text);
  const refresh = button(words.refresh);
  refresh.addEventListener('click', () => actions.refresh());
  const head = el(
    'header',
    'head',
    {},
    el('h1', 'title', {}, words.title),
    account,
    el('span', 'grow'),
    el('span', '', { 'data-pagelet': 'AdsRefreshAndPublishButtons' }, refresh, ' ', button(words.review)),
    date,
  );
  const search = el('input', 'search', { type: 'search', placeholder: words.search, 'aria-label': words.search }) as HTMLInputElement;
  search.addEventListener('input', () => actions.search(search.value));
  const bar = el(
    'div',
    'searchbar',
    {},
    icon(PATHS.search),
    search,
    ...[words.all, words.active, words.had].map((text) => el('span', 'chip', {}, text)),
  );
  const pills = new Map<LevelPath, HTMLElement>();
  const tabs = LEVEL_PATHS.map((level) => {
    const pill = el('span', 'pill', { hidden: '' });
    pills.set(level, pill);
    const tab = el(
      'button',
      'tab',
      { type: 'button', role: 'tab', 'data-level': level },
      icon(LEVEL_ICON[level]),
      el('span', '', {}, words[level]),
      pill,
    );
    tab.addEventListener('click', () => actions.toLevel(level));
    return tab;
  });
  const tools = el(
    'div',
    'tools',
    { 'data-pagelet': 'AdsPEMainPaneLeftToolbar' },
    button(words.create, 'primary', PATHS.plus),
    button(words.duplicate),
    button(words.edit),
    button(words.more, '', PATHS.down),
    el('span', 'grow'),
    button(words.columns, '', PATHS.down),
    button(words.breakdown, '', PATHS.down),
    button(words.reports, '', PATHS.down),
  );
  const card = el('section', 'card', {}, el('div', 'tabs', { role: 'tablist' }, ...tabs), tools);
  return {
    node: el('div', 'main', {}, head, bar, card),
    card,
    setAccounts: (accounts, current) => {
      account.replaceChildren(...accounts.map(({ id, name }) => el('option', '', { value: id }, `${name} (${id})`)));
      account.value = current;
    },
    update: (state) => {
      const counts: Record<LevelPath, number> = { campaigns: state.campaigns.length, adsets: state.adsets.length, ads: state.ads.length };
      for (const tab of tabs) {
        const level = tab.getAttribute('data-level') as LevelPath;
        const on = level === state.level;
        tab.classList.toggle(className('tabon'), on);
        tab.setAttribute('aria-selected', String(on));
        const pill = pills.get(level) as HTMLElement;
        pill.hidden = counts[level] === 0;
        pill.textContent = fill(words.selected, counts[level]);
      }
      date.replaceChildren(...dateOptions(words, lang, state.date));
      date.value = state.date ?? '';
    },
  };
}

export const buildRail = (): HTMLElement =>
  el(
    'nav',
    'rail',
    { 'aria-label': 'Tools' },
    ...[PATHS.menu, PATHS.grid, PATHS.chart, PATHS.people, PATHS.card, PATHS.bell].map((path, place) =>
      el('span', `railitem ${place === 1 ? 'railon' : ''}`, {}, icon(path)),
    ),
  );

function dateOptions(words: Words, lang: string, current: string | null): HTMLElement[] {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const today = Date.now();
  const shown = (value: string): string => {
    const [since = '', until = ''] = value.split('_');
    const format = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
    return format.formatRange(new Date(since), new Date(until.slice(0, 10)));
  };
  const presets = [7, 14, 28, 90].map((n) => ({
    value: `${day(today - n * 86_400_000)}_${day(today - 86_400_000)}`,
    name: fill(words.last, n),
  }));
  const options = [
    { value: '', text: fill(words.last, 30) },
    ...presets.map(({ value, name }) => ({ value, text: `${name}: ${shown(value)}` })),
  ];
  if (current !== null && !presets.some(({ value }) => value === current))
    options.push({ value: current, text: /^\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}/.test(current) ? shown(current) : current });
  return options.map(({ value, text }) => el('option', '', { value }, text));
}
