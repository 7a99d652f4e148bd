import type { ManagerRow } from '../rows.ts';
import type { Words } from './words.ts';

export interface Formats {
  money(minor: number | null): string;
  count(value: number | null): string;
  percent(share: number | null): string;
}

const NOTHING = '—';

/** Numbers as this locale writes them; Arabic keeps its own digits, so nothing can be parsed back by accident. */
export function formatsFor(lang: string, currency: string): Formats {
  const tag = lang.startsWith('ar') ? `${lang}-u-nu-arab` : lang;
  const money = new Intl.NumberFormat(tag, { style: 'currency', currency });
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
  const count = new Intl.NumberFormat(tag);
  const percent = new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return {
    money: (minor) => (minor === null ? NOTHING : money.format(minor / 10 ** digits)),
    count: (value) => (value === null ? NOTHING : count.format(value)),
    percent: (share) => (share === null ? NOTHING : percent.format(share)),
  };
}

export interface Column {
  key: string;
  title: string;
  width: number;
  numeric: boolean;
  main(row: ManagerRow): string;
  note(row: ManagerRow): string;
  sort(row: ManagerRow): number | string;
}

const ratio = (top: number | null, bottom: number | null): number | null =>
  top === null || bottom === null || bottom === 0 ? null : top / bottom;
const perThousand = (value: number | null): number | null => (value === null ? null : value * 1000);
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value));

/** The scrolling columns in the page's usual order; the pinned ones (select, switch, name) are not among them. */
export function columnsFor(words: Words, formats: Formats): Column[] {
  const number = (
    key: string,
    title: string,
    width: number,
    value: (row: ManagerRow) => number | null,
    show: (value: number | null) => string,
    note: (row: ManagerRow) => string = () => '',
  ): Column => ({ key, title, width, numeric: true, main: (row) => show(value(row)), note, sort: (row) => value(row) ?? -1 });
  const status = (row: ManagerRow): string =>
    row.delivery === 'ACTIVE' ? words.ACTIVE : row.delivery.includes('PAUSED') ? words.PAUSED : words.OTHER;
  const perResult = (row: ManagerRow): number | null => rounded(ratio(row.spendMinor, row.results));
  const perClick = (row: ManagerRow): number | null => rounded(ratio(row.spendMinor, row.clicks));
  return [
    { key: 'delivery', title: words.delivery, width: 150, numeric: false, main: status, note: () => '', sort: status },
    number('results', words.result, 120, (row) => row.results, formats.count),
    number('cost_per_result', words.cost, 150, perResult, formats.money),
    number(
      'budget',
      words.budget,
      140,
      (row) => row.budgetMinor,
      formats.money,
      (row) => (row.budgetMinor === null ? '' : words.daily),
    ),
    number('spend', words.spend, 150, (row) => row.spendMinor, formats.money),
    number('impressions', words.impressions, 140, (row) => row.impressions, formats.count),
    number('link_click', words.clicks, 130, (row) => row.clicks, formats.count),
    number('ctr', words.ctr, 110, (row) => ratio(row.clicks, row.impressions), formats.percent),
    number('cpc', words.cpc, 120, perClick, formats.money),
    number('cpm', words.cpm, 120, (row) => rounded(perThousand(ratio(row.spendMinor, row.impressions))), formats.money),
    {
      key: 'attribution_setting',
      title: words.attribution,
      width: 190,
      numeric: false,
      main: () => words.attributionValue,
      note: () => '',
      sort: () => 0,
    },
    { key: 'object_id', title: words.id, width: 190, numeric: false, main: (row) => row.id, note: () => '', sort: (row) => row.id },
  ];
}
