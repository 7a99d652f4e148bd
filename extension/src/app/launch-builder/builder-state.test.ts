import { expect, test } from 'vitest';
import { builderState, canOpen, stepToShow, type BuilderEvent } from './builder-state.ts';
import { emptyDraft, type Draft, type DraftMedia } from './draft.ts';

const file = (fileName: string, sha256 = fileName): DraftMedia => ({
  fileName,
  sha256,
  kind: 'image',
  width: 1080,
  height: 1080,
  durationMs: null,
  bytes: 9,
  file: null,
});
const after = (...events: BuilderEvent[]): Draft => events.reduce(builderState, emptyDraft('acc_1', 'key-0'));
const sheet: BuilderEvent = { type: 'sheet', sheet: { fileName: 'spring_sale.xlsx', rows: [['ad_set']] }, key: 'key-1' };
const media: BuilderEvent = { type: 'media', media: [file('a.png'), file('b.png')], key: 'key-2' };
const stored: BuilderEvent = { type: 'stored', launchId: 'lch_1' };

test('a name that came from a sheet follows the next sheet', () => {
  expect(after(sheet, { type: 'sheet', sheet: { fileName: 'summer.csv', rows: [] }, key: 'k' }).name).toBe('summer');
});

test('the sheet gives the launch its name, but never over a typed one', () => {
  expect(after(sheet).name).toBe('spring sale');
  expect(after({ type: 'name', name: 'Mine', key: 'k' }, sheet).name).toBe('Mine');
});

test('any change of the plan voids the stored launch and the create key', () => {
  const changes: BuilderEvent[] = [
    { type: 'name', name: 'x', key: 'new' },
    { type: 'setting', change: { dailyBudget: '30' }, key: 'new' },
    { type: 'media-removed', fileNames: ['a.png'], key: 'new' },
    { type: 'account', accountId: 'acc_2', key: 'new' },
    {
      type: 'exclusion',
      cell: { campaignKey: 'c', adSetKey: null, conceptKey: null, variantKey: null, ratio: null, copySetKey: null },
      key: 'new',
    },
    { type: 'overrides', changes: { 'a.png': { ratio: '1x1' } }, key: 'new' },
    { ...sheet, key: 'new' },
    { ...media, key: 'new' },
  ];
  for (const change of changes) expect(after(sheet, media, stored, change)).toMatchObject({ launchId: null, createKey: 'new' });
});

test('moving between steps changes nothing of the plan', () => {
  expect(after(sheet, media, stored, { type: 'step', step: 'files' })).toMatchObject({ launchId: 'lch_1', createKey: 'key-2' });
});

test('a file dropped again replaces the one of its name', () => {
  const draft = after(media, { type: 'media', media: [file('a.png', 'new')], key: 'k' });
  expect(draft.media.map((one) => one.sha256)).toEqual(['b.png', 'new']);
});

test('a crossed-out cell comes back when it is pressed again', () => {
  const cell = { campaignKey: 'c', adSetKey: 's', conceptKey: 'x', variantKey: null, ratio: null, copySetKey: null };
  expect(after({ type: 'exclusion', cell, key: 'a' }).exclusions).toEqual([cell]);
  expect(after({ type: 'exclusion', cell, key: 'a' }, { type: 'exclusion', cell: { ...cell }, key: 'b' }).exclusions).toEqual([]);
});

test('errors close the way to anything that is sent; approval needs a stored launch', () => {
  const draft = after(sheet, media);
  expect([
    canOpen('review', draft, true),
    canOpen('check', draft, true),
    canOpen('check', draft, false),
    canOpen('approve', draft, false),
  ]).toEqual([true, false, true, false]);
  expect(canOpen('approve', builderState(draft, stored), false)).toBe(true);
  expect(canOpen('approve', builderState(draft, stored), true)).toBe(false);
});

test('a restored draft opens at the last step that still holds', () => {
  const draft = after(sheet, media, stored, { type: 'step', step: 'approve' });
  expect(stepToShow(draft, false)).toBe('approve');
  expect(stepToShow(draft, true)).toBe('review');
  expect(stepToShow({ ...draft, media: [] }, false)).toBe('files');
});

test('another account is looked at before anything is stored there: its step is the review at most', () => {
  const to = (step: Draft['step']) =>
    builderState({ ...after(sheet, media), step }, { type: 'account', accountId: 'acc_2', key: 'new' }).step;
  expect((['files', 'review', 'check', 'approve'] as const).map(to)).toEqual(['files', 'review', 'review', 'review']);
});

test('ads of words only open every step without a file', () => {
  const withoutMedia = { ...after(sheet, media), media: [] };
  expect(canOpen('check', withoutMedia, false)).toBe(false);
  expect(canOpen('check', withoutMedia, false, false)).toBe(true);
});
