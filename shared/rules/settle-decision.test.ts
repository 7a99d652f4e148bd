import { expect, test } from 'vitest';
import { decideSettle, type SettleFacts, type SettleTimes } from './settle-decision.ts';

const TIMES: SettleTimes = { windowMs: 200_000, betweenSearchesMs: 20_000, holdAfterMs: 30 * 60_000 };

const facts = (more: Partial<SettleFacts>): SettleFacts => ({
  now: 300_000,
  sentAt: 50_000,
  settleUntil: 250_000,
  emptySearchAt: null,
  found: null,
  ...more,
});
const decide = (more: Partial<SettleFacts>) => decideSettle(facts(more), TIMES);

test('inside the window absence says nothing', () => {
  expect(decide({ now: 249_999, found: [] })).toEqual({ do: 'wait', until: 250_000 });
  expect(decide({ now: 100_000, found: null })).toEqual({ do: 'wait', until: 250_000 });
});

test('found early is adopted early', () => {
  expect(decide({ now: 60_000, found: [{ externalId: '9', createdAt: 1 }] })).toEqual({ do: 'adopt', externalId: '9', extra: [] });
});

test('several: the oldest by platform time, then the smaller id; the others are extra', () => {
  const found = [
    { externalId: '20', createdAt: 7 },
    { externalId: '100', createdAt: 5 },
    { externalId: '99', createdAt: 5 },
  ];
  expect(decide({ found })).toEqual({ do: 'adopt', externalId: '99', extra: ['100', '20'] });
});

test('absence counts only the second time, twenty seconds later, both after the window', () => {
  expect(decide({ found: [] })).toEqual({ do: 'search-again', at: 320_000 });
  expect(decide({ found: [], emptySearchAt: 200_000 })).toEqual({ do: 'search-again', at: 320_000 });
  expect(decide({ found: [], emptySearchAt: 290_000 })).toEqual({ do: 'search-again', at: 310_000 });
  expect(decide({ found: [], emptySearchAt: 280_000 })).toEqual({ do: 'not-created' });
});

test('a search that keeps failing hands over to a person after half an hour, never to a second create', () => {
  expect(decide({ found: null })).toEqual({ do: 'search' });
  expect(decide({ found: null, emptySearchAt: 260_000, now: 50_000 + 30 * 60_000 })).toEqual({ do: 'hold' });
});
