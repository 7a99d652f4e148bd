import { expect, test } from 'vitest';
import { readCursor, readPositionCursor, readTimeCursor, writeCursor } from './page-cursor.ts';

test('what was written is read again', () => {
  expect(readTimeCursor(writeCursor('2026-02-28T10:00:00.000Z', 'led_01'))).toEqual({ at: '2026-02-28T10:00:00.000Z', id: 'led_01' });
  expect(readCursor(writeCursor('12', '345'), /^(\d+)\|(\d+)$/)).toEqual(['12', '345']);
  expect(readPositionCursor('49')).toBe(49);
});

test('anything else is refused by name of the field, whatever it is', () => {
  const foreign = [
    '',
    'a',
    'abcde',
    '%00',
    '😀',
    writeCursor('2026-02-30T10:00:00.000Z', 'led_01'),
    writeCursor('0000-01-01T00:00:00.000Z', 'led_01'),
    writeCursor('2026-01-01T25:00:00.000Z', 'led_01'),
    writeCursor('2026-01-01T10:00:00.000Z', '\0'),
  ];
  for (const cursor of foreign)
    expect(() => readTimeCursor(cursor), cursor).toThrow(
      expect.objectContaining({ code: 'invalid_input', fields: [expect.objectContaining({ path: 'cursor' })] }),
    );
  for (const cursor of ['', '-1', '1e9', '99999999999', 'x', '1.5', ' 1'])
    expect(() => readPositionCursor(cursor), cursor).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});
