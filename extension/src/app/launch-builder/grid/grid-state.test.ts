import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridState, openGrid, selectionOf, type GridEvent, type GridState } from './grid-state.ts';
import { keyInGrid, type Key } from './grid-keys.ts';

const HEADER = ['item_path', 'ad_set', 'headline'];
const ROWS = [HEADER, ['c/a/x/1x1', 'Broad', 'One'], ['c/b/x/1x1', 'Narrow', 'Two'], ['', 'Wide', '']];
const run = (events: GridEvent[], from: GridState = openGrid(ROWS)) => events.reduce(gridState, from);
const at = (row: number, column: number): GridEvent => ({ type: 'move', to: { row, column } });
const to = (row: number, column: number): GridEvent => ({ type: 'move', to: { row, column }, extend: true });
const press = (key: string, more: Partial<Key> = {}): Key => ({ key, shift: false, command: false, alt: false, ...more });
const VIEW = { rightToLeft: false, pageRows: 10 };

test('a written cell changes its row alone; the others stay the very same lists', () => {
  const { rows } = run([at(1, 2), { type: 'edit', text: 'T' }, { type: 'commit', at: { row: 1, column: 2 }, text: 'Three', go: 'down' }]);
  expect(rows[2]).toEqual(['c/b/x/1x1', 'Narrow', 'Three']);
  expect([rows[0], rows[1], rows[3]].every((row, i) => row === [ROWS[0], ROWS[1], ROWS[3]][i])).toBe(true);
});

test('an editor that is left after the cursor went on writes into its own cell', () => {
  const { rows, cursor } = run([
    at(0, 2),
    { type: 'edit', text: 'New' },
    at(2, 1),
    { type: 'commit', at: { row: 0, column: 2 }, text: 'New', go: 'stay' },
  ]);
  expect([rows[1]?.[2], rows[3]?.[1], cursor]).toEqual(['New', 'Wide', { row: 2, column: 1 }]);
});

test('an editor left with what was there, or with Escape, is no step to undo', () => {
  const state = run([
    at(0, 2),
    { type: 'edit', text: null },
    { type: 'commit', at: { row: 0, column: 2 }, text: 'One', go: 'next' },
    { type: 'edit', text: 'x' },
    { type: 'cancel' },
  ]);
  expect(state.past).toEqual([]);
  expect(state.rows).toBe(ROWS);
  expect(state.cursor).toEqual({ row: 1, column: 0 }); // on from the last column is the next row
});

test('one copied value fills the selection, a pair is repeated in it, and what is pasted at the end adds rows', () => {
  expect(
    run([at(0, 1), to(2, 1), { type: 'paste', table: [['All']] }])
      .rows.slice(1)
      .map((row) => row[1]),
  ).toEqual(['All', 'All', 'All']);
  const four = run([{ type: 'insert-rows', below: false }, at(0, 2), to(3, 2), { type: 'paste', table: [['a'], ['b']] }]);
  expect(four.rows.slice(1).map((row) => row[2])).toEqual(['a', 'b', 'a', 'b']);
  const longer = run([
    at(2, 1),
    {
      type: 'paste',
      table: [
        ['L', '1'],
        ['M', '2', 'beyond the header'],
      ],
    },
  ]);
  expect(longer.rows.slice(3)).toEqual([
    ['', 'L', '1'],
    ['', 'M', '2'],
  ]);
  expect(selectionOf(longer)).toEqual({ top: 2, bottom: 3, first: 1, last: 2 });
});

test('filled down: the first row of the selection, or the row above a single one; never an item path', () => {
  expect(run([at(0, 0), to(2, 2), { type: 'fill-down' }]).rows.slice(1)).toEqual([
    ['c/a/x/1x1', 'Broad', 'One'],
    ['c/b/x/1x1', 'Broad', 'One'],
    ['', 'Broad', 'One'],
  ]);
  expect(run([at(2, 2), { type: 'fill-down' }]).rows[3]).toEqual(['', 'Wide', 'Two']);
  expect(run([at(0, 2), { type: 'fill-down' }]).past).toEqual([]);
});

test('rows go in and out; the last one is emptied instead', () => {
  const inserted = run([at(0, 1), to(1, 1), { type: 'insert-rows', below: true }]);
  expect(inserted.rows.length).toBe(6);
  expect(inserted.cursor).toEqual({ row: 2, column: 1 });
  const none = run([{ type: 'select-all' }, { type: 'delete-rows' }]);
  expect(none.rows).toEqual([HEADER, ['', '', '']]);
});

test('replaced everywhere, in upper or lower case and as written, but not inside item paths', () => {
  const state = run([
    { type: 'replace-all', find: 'x/1X1', by: '!' },
    { type: 'replace-all', find: 'NARROW', by: '$&.' },
  ]);
  expect(state.rows.slice(1).map((row) => row[0])).toEqual(['c/a/x/1x1', 'c/b/x/1x1', '']);
  expect(state.rows[2]?.[1]).toBe('$&.');
});

test('another sheet from outside ends the history of the old one', () => {
  const state = run([{ type: 'clear' }, { type: 'replaced', rows: [HEADER, ['', '', '']] }, { type: 'undo' }]);
  expect(state.rows).toEqual([HEADER, ['', '', '']]);
});

const anyEvent: fc.Arbitrary<GridEvent> = fc.oneof(
  fc.record({
    type: fc.constant('move' as const),
    to: fc.record({ row: fc.integer({ min: -1, max: 9 }), column: fc.integer({ min: -1, max: 4 }) }),
    extend: fc.boolean(),
  }),
  fc.record({ type: fc.constant('select-rows' as const), row: fc.nat(4), extend: fc.boolean() }),
  fc.constant({ type: 'select-all' as const }),
  fc.record({
    type: fc.constant('commit' as const),
    at: fc.record({ row: fc.nat(3), column: fc.nat(2) }),
    text: fc.constantFrom('', 'x', 'Broad'),
    go: fc.constantFrom('down' as const, 'up' as const, 'next' as const, 'previous' as const, 'stay' as const),
  }),
  fc.record({
    type: fc.constant('paste' as const),
    table: fc.array(fc.array(fc.constantFrom('', 'p', 'q'), { maxLength: 3 }), { maxLength: 3 }),
  }),
  fc.constantFrom<GridEvent>(
    { type: 'clear' },
    { type: 'fill-down' },
    { type: 'insert-rows', below: true },
    { type: 'insert-rows', below: false },
    { type: 'delete-rows' },
    { type: 'replace-all', find: 'o', by: 'oo' },
  ),
);

test('whatever was done, undoing all of it gives the first rows back and redoing all of it the last', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      const done = run(events);
      const back = run(
        done.past.map(() => ({ type: 'undo' as const })),
        done,
      );
      expect(back.rows).toEqual(ROWS);
      expect(
        run(
          back.future.map(() => ({ type: 'redo' as const })),
          back,
        ).rows,
      ).toEqual(done.rows);
      const { row, column } = done.cursor;
      expect(row >= 0 && row < done.rows.length - 1 && column >= 0 && column < HEADER.length).toBe(true);
    }),
    { numRuns: 300, seed: 7 },
  );
});

test('arrows follow the eye: in a sheet from right to left the left arrow goes on', () => {
  const state = run([at(1, 1)]);
  const column = (key: string, rightToLeft: boolean) => {
    const found = keyInGrid(press(key), state, { ...VIEW, rightToLeft });
    return typeof found === 'object' && found?.type === 'move' ? found.to.column : null;
  };
  expect([column('ArrowLeft', false), column('ArrowRight', false)]).toEqual([0, 2]);
  expect([column('ArrowLeft', true), column('ArrowRight', true)]).toEqual([2, 0]);
});

test('keys: letters replace, Enter and F2 open, shift selects, Tab is left to the page', () => {
  const state = run([at(0, 1)]);
  const key = (name: string, more: Partial<Key> = {}) => keyInGrid(press(name, more), state, VIEW);
  expect(key('é')).toEqual({ type: 'edit', text: 'é' });
  expect(key('Enter')).toEqual({ type: 'edit', text: null });
  expect(key('F2')).toEqual({ type: 'edit', text: null });
  expect(key('ArrowDown', { shift: true })).toEqual({ type: 'move', to: { row: 1, column: 1 }, extend: true });
  expect(key('ArrowDown', { command: true })).toEqual({ type: 'move', to: { row: 2, column: 1 }, extend: false });
  expect(key('z', { command: true, shift: true })).toEqual({ type: 'redo' });
  expect(key('F8', { shift: true })).toBe('previous-problem');
  for (const left of ['Tab', 'Shift', 'F5', 'Dead']) expect(key(left), left).toBeNull();
  // The clipboard has events of its own, and the browser keeps its other keys.
  for (const letter of ['c', 'v', 'x', 't', 'r']) expect(key(letter, { command: true }), letter).toBeNull();
});
