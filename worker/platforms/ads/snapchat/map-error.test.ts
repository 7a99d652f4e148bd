import { expect, test } from 'vitest';
import type { Usage } from '../ad-platform.ts';
import { PlatformError } from '../../platform-error.ts';
import { snapCall, snapItems, type SnapSession } from './client.ts';
import { WORDS } from './kinds.ts';
import { mapError, mapItemError } from './map-error.ts';

const envelope = (code?: string) => ({
  request_status: 'ERROR',
  request_id: '5e9',
  debug_message: 'x',
  display_message: 'y',
  ...(code === undefined ? {} : { error_code: code }),
});

test.each([
  ['throttled', 429, undefined],
  ['throttled', 429, envelope('E1001')],
  ['auth', 401, envelope('E3002')],
  ['auth', 401, undefined],
  ['refused', 400, envelope('E1001')],
  ['refused', 400, envelope('E1165')],
  ['refused', 400, envelope('E1166')],
  ['refused', 400, envelope('E2023')],
  ['refused', 403, envelope('E3002')],
  ['missing', 404, envelope('E3003')],
  ['unknown', 404, undefined],
  ['unknown', 400, undefined],
  ['unknown', 400, envelope()],
  ['unknown', 400, envelope('E4001')],
  ['unknown', 400, envelope('INTERNAL_FAILURE')],
  ['unknown', 500, envelope('E4001')],
  ['unknown', 500, envelope('E1001')],
  ['unknown', 502, '<html>'],
  ['unknown', 200, envelope('E9999')],
] as const)('%s: status %i %j', (failure, status, json) => {
  expect(mapError({ status, json }).failure).toBe(failure);
});

test('the platform is told to the pacer as full, and when it may be asked again', async () => {
  const heard: Usage[] = [];
  const session = sessionOf(new Response(null, { status: 429 }), (usage) => heard.push(usage));
  const error = await snapItems(session, { method: 'POST', path: 'x', json: {} }, WORDS.ad).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PlatformError);
  expect((error as PlatformError).detail.retryAfterSeconds).toBe(1);
  expect(heard).toEqual([{ percent: 100, regainSeconds: 1, tier: null }]);
});

test('a refused item tells its code, its words and what they are about; an unknown form of it is unclear', () => {
  const error = mapItemError('Error code: E2023, message: This field cannot be changed : [objective: SALES]', 200, '5e9');
  expect([error.failure, error.message, error.detail]).toEqual([
    'refused',
    'This field cannot be changed',
    expect.objectContaining({ code: 'E2023', field: 'objective: SALES', traceId: '5e9', httpStatus: 200 }),
  ]);
  expect(mapItemError('Error code: E4001, message: Internal error : [ad]', 200, null).failure).toBe('unknown');
  expect(mapItemError('Error code: E3003, message: gone : [ad 1]', 404, null).failure).toBe('missing');
  expect(mapItemError('Error code: E2002, message: no context', 400, null).detail).toMatchObject({ code: 'E2002' });
  for (const strange of ['Something went wrong', '', null]) expect(mapItemError(strange, 200, null).failure).toBe('unknown');
});

const item = (status: string, more: object) => ({ sub_request_status: status, ...more });
const sessionOf = (answer: Response, onUsage?: (usage: Usage) => void): SnapSession => ({
  outside: () => Promise.resolve(answer),
  accessToken: 'secret',
  timeoutMs: 1_000,
  ...(onUsage ? { onUsage } : {}),
});
const list = (status: number, body: object) =>
  snapItems(sessionOf(Response.json(body, { status })), { method: 'POST', path: 'x', json: {} }, WORDS.ad).then(
    ({ items }) => items.map((one) => (one instanceof PlatformError ? one.failure : 'made')),
    (error: unknown) => (error as PlatformError).failure,
  );

test('each item of an array has its own outcome, in either case of the words, whatever the status of the call', async () => {
  const mixed = [
    item('SUCCESS', { ad: { id: '1' } }),
    item('error', { sub_request_error_reason: 'Error code: E2002, message: no : [name]' }),
    item('success', { ad: { id: '3' } }),
    item('SUCCESS', {}),
    item('LATER', { ad: { id: '5' } }),
    null,
  ];
  const told = ['made', 'refused', 'made', 'unknown', 'unknown', 'unknown'];
  expect(await list(200, { request_status: 'success', ads: mixed })).toEqual(told);
  expect(await list(400, { request_status: 'ERROR', ads: mixed })).toEqual(told);
  // A broken platform's word about its own items is worth nothing.
  expect(await list(500, { request_status: 'ERROR', ads: mixed })).toBe('unknown');
  expect(await list(200, { request_status: 'SUCCESS' })).toBe('unknown');
  expect(await list(400, envelope('E1001'))).toBe('refused');
});

test('an answer about anything else has to say that it went well', async () => {
  const told = (body: object) =>
    snapCall(sessionOf(Response.json(body)), { method: 'DELETE', path: 'x' }).then(
      () => 'done',
      (error: unknown) => (error as PlatformError).failure,
    );
  expect(await told({ request_status: 'Success' })).toBe('done');
  expect(await told({ request_status: 'PARTIAL' })).toBe('unknown');
  expect(await told({})).toBe('unknown');
  expect(await told(envelope('E3003'))).toBe('missing');
});
