import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClipboard, writeClipboard } from './clipboard-table.ts';

test('reads what Excel and Google Sheets put on the clipboard', () => {
  expect(readClipboard('a\tb\r\nc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(readClipboard('"two\nlines"\t"said ""yes"""\n')).toEqual([['two\nlines', 'said "yes"']]);
  // Excel leaves a cell bare that has quotes but neither a tab nor a line break.
  expect(readClipboard('"New" arrivals\t5" screen')).toEqual([['"New" arrivals', '5" screen']]);
  expect(readClipboard('one')).toEqual([['one']]);
  expect(readClipboard('a\t\t\n\t\tb')).toEqual([
    ['a', '', ''],
    ['', '', 'b'],
  ]);
});

test('what would run as a formula in a spreadsheet is marked as text, and the mark does not come back', () => {
  const rows = [['h'], ['=HYPERLINK("https://bad.example")'], ['+1'], ['-5'], ['@x']];
  const text = writeClipboard(rows, { top: 0, bottom: 3, first: 0, last: 0 });
  expect(
    text
      .trimEnd()
      .split('\r\n')
      .every((line) => line.replace(/^"/, '').startsWith("'")),
  ).toBe(true);
  expect(readClipboard(text)).toEqual(rows.slice(1));
});

test('any cells come back as they went', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', 'ع', '"', '\t', '\n', ' ', '=', ',', ';'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (table) => {
      const range = { top: 0, bottom: table.length - 1, first: 0, last: 1 };
      expect(readClipboard(writeClipboard([['h', 'i'], ...table], range))).toEqual(table);
    }),
    { seed: 3 },
  );
});
