import fs from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { expandPlan } from '#shared/rules/expand-plan.ts';
import { sampleSettings } from '#shared/rules/plan-sample.test-data.ts';
import { groupMedia } from '#shared/rules/media-grouping.ts';
import { readSheet } from '#shared/rules/sheet/read-sheet.ts';
import { parseCsv } from '#shared/sheets/parse-csv.ts';
import { parseXlsx } from '#shared/sheets/parse-xlsx.ts';

const at = (name: string): string => path.join(import.meta.dirname, name);
const files = fs.readdirSync(at('media')).map((fileName) => {
  const { width, height } = PNG.sync.read(fs.readFileSync(at(`media/${fileName}`)));
  return { fileName, sha256: null, kind: 'image' as const, width, height, durationMs: null };
});
const read = (rows: string[][]) =>
  readSheet(rows, {
    platform: 'meta',
    accountId: 'act_1',
    name: 'Brief',
    settings: sampleSettings,
    media: groupMedia(files).media,
    mode: 'auto',
    n: null,
  });
const csv = (name: string): string[][] => parseCsv(new Uint8Array(fs.readFileSync(at(name))));

test('the brief is 1 campaign, 5 ad sets, 20 media, 100 creatives and 100 ads, without a finding', () => {
  const { ok, problems, draft, unusedMedia } = read(csv('launch.csv'));
  expect({ ok, problems, unusedMedia }).toEqual({ ok: true, problems: [], unusedMedia: [] });
  expect(expandPlan(draft).counts).toMatchObject({
    byKind: { campaign: 1, ad_set: 5, media: 20, creative: 100, ad: 100 },
    dailyBudgetMinor: 13_050,
  });
});

test('the workbook makes the same items as the CSV', async () => {
  const bytes = fs.readFileSync(at('launch.xlsx'));
  const rows = await parseXlsx(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  expect(expandPlan(read(rows).draft).items).toEqual(expandPlan(read(csv('launch.csv')).draft).items);
});

test('the small brief is 8 ads', () => {
  const { ok, draft } = read(csv('small.csv'));
  expect({ ok, ads: expandPlan(draft).counts.byKind.ad }).toEqual({ ok: true, ads: 8 });
});

test('the broken brief shows every mistake at once, each in its row and column', () => {
  const { ok, problems } = read(csv('broken.csv'));
  expect(ok).toBe(false);
  expect(problems.filter((one) => one.severity === 'error').map((one) => `${one.row} ${one.column} ${one.code}`)).toEqual([
    '1 Desciption UNKNOWN_COLUMN',
    '3 daily_budget WRONG_CURRENCY',
    '4 ad_name UNKNOWN_TOKEN',
    '5 headline UNKNOWN_TOKEN',
    '6 item_path DUPLICATE_ITEM_PATH',
    '7 media MISSING_MEDIA',
    '8 ratio WRONG_RATIO',
    '9 primary_text TEXT_TOO_LONG',
    '10 link BAD_URL',
    '11 country BAD_COUNTRY',
    '12 headline REQUIRED',
    '13 ad_set REQUIRED',
    '14 cta BAD_CTA',
  ]);
});
