import { expect, test } from 'vitest';
import { slowestFiles } from './slowest-files.ts';

test('the ten longest files, the longest first, in seconds', () => {
  const files = Array.from({ length: 12 }, (_, n) => ({ name: `/root/a/${n}.test.ts`, startTime: 1_000, endTime: 1_000 + n * 1_500 }));
  const lines = slowestFiles(files, '/root');
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe('   16.5 s  a/11.test.ts');
  expect(lines[9]).toBe('    3.0 s  a/2.test.ts');
});
