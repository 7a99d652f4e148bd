import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Ports } from '../kernel/context.ts';
import { createLog } from '../observability/log.ts';
import { startTrace } from '../observability/trace.ts';
import { hmacSignature, receive, type Verify } from './intake.ts';

/** Ports of which only storage and queue answer, and those as told. */
function portsThat(storage: 'keeps' | 'fails', queue: 'takes' | 'fails') {
  const answer = (works: boolean) => () => (works ? Promise.resolve() : Promise.reject(new Error('down')));
  const kept: Record<string, string>[] = [];
  const log = { ...createLog(), error: () => undefined, warn: () => undefined };
  return {
    kept,
    ports: {
      log,
      settings: {},
      trace: startTrace(null, 0),
      now: () => new Date(),
      waitUntil: (work: Promise<unknown>) => void work,
      database: { within: () => ({ read: () => Promise.reject(new Error('Postgres is down')) }) },
      bindings: {
        RAW: {
          put: async (_key: string, _body: unknown, options: { customMetadata: Record<string, string> }) => {
            kept.push(options.customMetadata);
            return answer(storage === 'keeps')();
          },
        },
        WEBHOOK_QUEUE: { send: answer(queue === 'takes') },
      },
    } as unknown as Ports,
  };
}
const SECRET = 'a secret';
const verify: Verify = hmacSignature({ header: 'x-signature', encoding: 'base64', secret: SECRET, previous: undefined });
const delivery = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('https://api.example.com/webhooks/x', { method: 'POST', body, headers });
const signed = (body: string, headers: Record<string, string> = {}) =>
  delivery(body, { 'x-signature': createHmac('sha256', SECRET).update(body).digest('base64'), ...headers });
const status = async (ports: Ports, request: Request) =>
  (await receive(ports, { source: 'shopify', account: 'shop.example', request, verify, keepHeaders: ['x-topic', 'x-absent'] })).status;

test('200 while anything keeps the body, 503 when nothing does', async () => {
  expect(await status(portsThat('keeps', 'takes').ports, signed('{}'))).toBe(200);
  expect(await status(portsThat('keeps', 'fails').ports, signed('{}'))).toBe(200);
  expect(await status(portsThat('fails', 'takes').ports, signed('{}'))).toBe(200);
  expect(await status(portsThat('fails', 'fails').ports, signed('{}'))).toBe(503);
  expect(await status(portsThat('fails', 'takes').ports, signed('x'.repeat(100_000)))).toBe(503);
});

test('only the named headers are kept beside the body', async () => {
  const { ports, kept } = portsThat('keeps', 'takes');
  await status(ports, signed('{}', { 'x-topic': 'orders/paid', authorization: 'secret' }));
  expect(kept).toEqual([{ 'x-topic': 'orders/paid' }]);
});

test('a signature holds for exactly its bytes; refusals do not wait for Postgres', async () => {
  const { ports, kept } = portsThat('keeps', 'takes');
  const good = signed('{"a":1}').headers.get('x-signature') as string;
  expect(await status(ports, delivery('{"a":1} ', { 'x-signature': good }))).toBe(401);
  expect(await status(ports, delivery('{"a":1}', { 'x-signature': good.toLowerCase() }))).toBe(401);
  expect(await status(ports, delivery('{"a":1}', { 'x-signature': '' }))).toBe(401);
  expect(await status(ports, delivery('{"a":1}'))).toBe(401);
  expect(await status(ports, delivery('{"a":1}', { 'x-signature': good, 'content-length': '9' }))).toBe(400);
  expect(kept).toEqual([]);
});
