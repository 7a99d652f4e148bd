import { expect, test } from 'vitest';
import type { Usage } from '../ad-platform.ts';
import { ask } from './client.ts';
import { mapError } from './map-error.ts';
import { deliveryStatus, ownStatus } from './to-status.ts';

const answer = (code: unknown, status = 200) =>
  mapError({ status, json: code === undefined ? undefined : { code, message: 'x', request_id: 'r', data: {} } }).failure;

test.each([
  ['throttled', 40100],
  ['throttled', 40016],
  ['throttled', 40132],
  ['throttled', 40133],
  ['throttled', 40901],
  ['throttled', 40201],
  ['auth', 40102],
  ['auth', 40104],
  ['auth', 40105],
  ['auth', 40110],
  ['missing', 40300],
  ['refused', 40001],
  ['refused', 40002],
  ['refused', 40053],
  ['refused', 40118],
  ['refused', 40900],
  ['unknown', 40050],
  ['unknown', 40911],
  ['unknown', 40700],
  ['unknown', 50000],
  ['unknown', 50002],
  ['unknown', 51305],
  ['unknown', 60001],
  ['unknown', 40999],
  ['unknown', 20001],
  ['unknown', '40002'],
  ['unknown', undefined],
] as const)('%s: code %s', (failure, code) => {
  expect(answer(code)).toBe(failure);
});

test('what came with another status is unclear, whatever its body says', () => {
  expect(answer(40002, 502)).toBe('unknown');
  expect(answer(undefined, 404)).toBe('unknown');
});

test.each([
  [40100, 1],
  [40132, 1],
  [40016, 3],
  [40133, 3],
  [40901, null],
  [40002, null],
] as const)('code %i tells the pacer to stop for %s seconds', async (code, seconds) => {
  const told: Usage[] = [];
  const session = {
    outside: () => Promise.resolve(Response.json({ code, message: '', request_id: 'r', data: {} })),
    accessToken: 't',
    timeoutMs: 100,
    onUsage: (usage: Usage) => told.push(usage),
  };
  await expect(ask(session, 'GET', 'campaign/get/', {})).rejects.toMatchObject({ detail: { code: String(code), traceId: 'r' } });
  expect(told).toEqual(seconds === null ? [] : [{ percent: 100, regainSeconds: seconds, tier: null }]);
});

test('a word nobody knows is kept as it is', () => {
  expect(ownStatus('FROZEN')).toEqual({ unified: 'other', raw: 'FROZEN' });
  expect(ownStatus(undefined)).toEqual({ unified: 'other', raw: 'UNKNOWN' });
  expect(deliveryStatus('AD_STATUS_BALANCE_EXCEED')).toEqual({ unified: 'other', raw: 'AD_STATUS_BALANCE_EXCEED' });
  expect(deliveryStatus('ADGROUP_STATUS_CAMPAIGN_DISABLE').unified).toBe('paused');
  expect(deliveryStatus('AD_STATUS_AUDIT_DENY').unified).toBe('rejected');
  expect(deliveryStatus('AD_STATUS_AUDIT').unified).toBe('in_review');
  expect(deliveryStatus('ADGROUP_STATUS_NOT_START').unified).toBe('active');
});
