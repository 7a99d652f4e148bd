import type { Switches } from './page-state.ts';

/** Attributes the page carries for its own analytics; whose shape differs from account to account. */
export interface Surfaces {
  row(id: string, index: number): string;
  cell(id: string, index: number, key: string): string;
  header(key: string): string;
}

export function surfacesFor({ variant, unit }: Switches): Surfaces {
  const suffix = (index: number): string => (unit === 'present' || (unit === 'mixed' && index % 2 === 0) ? 'unit' : '');
  const row = (id: string, index: number): string =>
    variant === 'c' ? '/am/table/table_row' : `/am/table/table_row:${id}${suffix(index)}`;
  return { row, cell: (id, index, key) => `${row(id, index)}/table_cell:${key}`, header: (key) => `/am/table/table_column_header:${key}` };
}
