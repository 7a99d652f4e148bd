import { expect, test } from 'vitest';
import { sortRows } from './sort-rows.ts';
import type { Column } from './table.tsx';

interface Row {
  name: string;
  roas: number | null;
}
const rows: Row[] = [
  { name: 'b', roas: null },
  { name: 'c', roas: 2 },
  { name: 'a', roas: 10 },
];
const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', cell: (row) => row.name, sortBy: (row) => row.name },
  { id: 'roas', header: 'ROAS', cell: (row) => row.roas, sortBy: (row) => row.roas },
  { id: 'note', header: 'Note', cell: () => null },
];
const names = (sort: Parameters<typeof sortRows<Row>>[2]) => sortRows(rows, columns, sort).map((row) => row.name);

test('what is unknown goes last, up and down; numbers sort as numbers', () => {
  expect(names({ id: 'roas', down: false })).toEqual(['c', 'a', 'b']);
  expect(names({ id: 'roas', down: true })).toEqual(['a', 'c', 'b']);
});

test('texts sort as texts; nothing chosen, or a column that cannot be sorted, keeps the order', () => {
  expect(names({ id: 'name', down: true })).toEqual(['c', 'b', 'a']);
  expect(names(null)).toEqual(['b', 'c', 'a']);
  expect(names({ id: 'note', down: true })).toEqual(['b', 'c', 'a']);
});
