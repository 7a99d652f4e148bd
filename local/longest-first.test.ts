import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LONG } from './longest-first.ts';

test('every file that is named as long is there', () => {
  const root = path.resolve(import.meta.dirname, '..');
  expect(Object.keys(LONG).filter((file) => !fs.existsSync(path.join(root, file)))).toEqual([]);
});
