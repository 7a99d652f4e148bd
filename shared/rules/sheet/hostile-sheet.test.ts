import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupMedia } from '../media-grouping.ts';
import { readFileName } from '../media-file-name.ts';
import { sampleSettings } from '../plan-sample.test-data.ts';
import { SHEET_COLUMNS } from './columns.ts';
import { readSheet } from './read-sheet.ts';

/** Words an object answers to though nobody put them there, and cells that break parsers. */
const CELLS = [
  'constructor',
  'constructor20',
  '__proto__',
  'toString',
  '20 hasOwnProperty',
  'valueOf: 9',
  '=1+1',
  '\0',
  '\ud800',
  '1e999',
  '-0',
  '9'.repeat(40),
  '0'.repeat(5_000),
  '{',
  '{{ad.id}',
  '}'.repeat(200),
  'a'.repeat(3_000),
  '—',
  '\u202e',
  'FR,,;;||',
  '65+',
  'https://',
  'https://x',
  '٣٤',
  '1:1;1:1',
  '../..',
  '€€20',
  '$',
];

test('a sheet of anything never throws, and errors name their row', () => {
  const cell = fc.oneof(fc.constantFrom(...CELLS), fc.string({ unit: 'binary', maxLength: 30 }));
  const row = fc.array(cell, { minLength: 0, maxLength: SHEET_COLUMNS.length + 2 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), fc.constantFrom(true, false), (rows, withHeader) => {
      const header = [...SHEET_COLUMNS];
      const { problems } = readSheet(withHeader ? [header, ...rows] : rows, {
        platform: 'meta',
        accountId: 'act_1',
        name: 'x',
        settings: sampleSettings,
        media: [],
        mode: 'auto',
        n: null,
      });
      expect(problems.every((problem) => problem.row >= 1 && problem.fix !== '')).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('files are grouped whatever they are called', () => {
  for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', '.png', '....', '\0', '1x1', 'thumb']) {
    expect(
      readFileName(`${word}.png`).ratios.every((ratio) => /^\d+x\d+$/.test(ratio)),
      word,
    ).toBe(true);
    const file = { fileName: word, kind: 'image' as const, width: 600, height: 600, durationMs: null, sha256: null };
    expect(
      groupMedia([file, { ...file, fileName: `${word}.mp4`, kind: 'video', height: 99_999 }]).media.every(
        (one) => typeof one.conceptKey === 'string' && one.ratio !== undefined,
      ),
      word,
    ).toBe(true);
  }
});
