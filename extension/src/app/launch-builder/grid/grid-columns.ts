import { columnOf, type SheetColumn } from '#shared/rules/sheet/columns.ts';

/** Room for what usually stands in a column, px; the others get OTHER. */
const WIDTHS: Partial<Record<SheetColumn, number>> = {
  item_path: 180,
  campaign: 140,
  ad_set: 160,
  daily_budget: 110,
  country: 100,
  age_min: 80,
  age_max: 80,
  concept: 150,
  lang: 70,
  headline: 220,
  primary_text: 320,
  description: 200,
  link: 240,
  media: 200,
  ratio: 90,
};
const OTHER = 130;
const ROW_NUMBER = 56;

/** All columns as CSS lays them, that of the row numbers first. */
export function columnTemplate(header: readonly string[]): { template: string; width: number } {
  const widths = header.map((cell) => {
    const column = columnOf(cell);
    return (column === null ? undefined : WIDTHS[column]) ?? OTHER;
  });
  return {
    template: [ROW_NUMBER, ...widths].map((width) => `${width}px`).join(' '),
    width: widths.reduce((sum, width) => sum + width, ROW_NUMBER),
  };
}

/** Codes, amounts and addresses run from left to right in every language. */
const LEFT_TO_RIGHT: readonly SheetColumn[] = [
  'item_path',
  'daily_budget',
  'country',
  'age_min',
  'age_max',
  'link',
  'media',
  'thumbnail',
  'ratio',
];

export function directionOfColumn(header: string): 'ltr' | 'auto' {
  const column = columnOf(header);
  return column !== null && LEFT_TO_RIGHT.includes(column) ? 'ltr' : 'auto';
}
