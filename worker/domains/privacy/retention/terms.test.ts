import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RETENTION_DAYS } from './terms.ts';

const PAGE = path.resolve(import.meta.dirname, '../../../../docs/privacy.md');

test('the page has a line for every term, and for no other', async () => {
  const [, table] = /## How long\n[^|]*((?:\|.*\n)+)/.exec(await readFile(PAGE, 'utf8')) ?? [];
  const told = [...(table ?? '').matchAll(/^\| ([\d,]+) \|/gm)].map(([, days]) => Number(days?.replace(',', '')));
  expect(told).toEqual([...new Set(Object.values(RETENTION_DAYS))].toSorted((a, b) => a - b));
});
