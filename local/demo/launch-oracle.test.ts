import { expect, test } from 'vitest';
import type { OracleObject } from '../../sandbox/meta/index.ts';
import { judgeLaunch, shortcomings, type LaunchRow } from './launch-oracle.ts';

const TOKEN = '0123456789ABC';
const object = (id: string, part: Partial<OracleObject> = {}): OracleObject => ({
  id,
  kind: 'ad',
  accountId: '1',
  name: `Ad ·${TOKEN}`,
  status: 'ACTIVE',
  labels: [TOKEN],
  createdTime: '2026-11-20T10:00:00.000Z',
  requestId: 'req1',
  demo: false,
  fields: {},
  ...part,
});
const row = (part: Partial<LaunchRow> = {}): LaunchRow => ({
  kind: 'ad',
  state: 'ACTIVE',
  client_token: TOKEN,
  external_id: '10',
  ...part,
});

test('one object for one row is what was asked for', () => {
  const truth = judgeLaunch([object('10'), object('11', { demo: true })], [row()], 1);
  expect(truth).toEqual({ planned: 1, created: 1, extra: 0, duplicates: 0, lost: 0, ghosts: 0, unclear: 0 });
  expect(shortcomings(truth)).toEqual([]);
});

test('a duplicate counts as extra although it was archived or deleted before anybody looked', () => {
  for (const status of ['ARCHIVED', 'DELETED']) {
    const truth = judgeLaunch([object('10'), object('11', { status })], [row()], 1);
    expect(truth).toMatchObject({ extra: 1, duplicates: 0, ghosts: 0 });
    expect(shortcomings(truth)).toEqual(['1 extra']);
  }
});

test('a living duplicate, found by its label or by its name alone, is extra, a duplicate and unknown to every row', () => {
  for (const part of [{ name: 'renamed' }, { labels: [] }]) {
    const truth = judgeLaunch([object('10'), object('11', part)], [row()], 1);
    expect(truth).toMatchObject({ extra: 1, duplicates: 1, ghosts: 1 });
  }
});

test('a row whose object is gone is lost, a row without an end is unclear, and both are said', () => {
  const truth = judgeLaunch(
    [object('10', { status: 'ARCHIVED' })],
    [row(), row({ client_token: 'X', external_id: null, state: 'HELD' })],
    2,
  );
  expect(shortcomings(truth)).toEqual(['1 lost', '1 unclear', '0 of 2 ads exist']);
});
