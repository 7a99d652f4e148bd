import { expect, test } from 'vitest';
import type { Ports } from './context.ts';
import { createLog } from '../observability/log.ts';
import { startTrace } from '../observability/trace.ts';
import { keepRaw, readRaw, settleRaw, sweepRaw, type RawPointer } from './raw-webhooks.ts';

/** Storage and queue in memory, each of which can be switched off. */
function stand() {
  const objects = new Map<string, { bytes: Uint8Array; headers: Record<string, string>; uploaded: Date }>();
  const queue: { job: string; input: RawPointer }[] = [];
  const state = { storageDown: false, queueDown: false, now: new Date('2026-11-20T10:00:00Z') };
  const fail = () => Promise.reject(new Error('down'));
  const bucket = {
    put: (key: string, bytes: Uint8Array, { customMetadata }: { customMetadata: Record<string, string> }) =>
      state.storageDown ? fail() : Promise.resolve(void objects.set(key, { bytes, headers: customMetadata, uploaded: state.now })),
    get: (key: string) =>
      Promise.resolve(
        objects.has(key)
          ? { arrayBuffer: () => Promise.resolve(objects.get(key)?.bytes.slice().buffer), customMetadata: objects.get(key)?.headers }
          : null,
      ),
    delete: (key: string) => Promise.resolve(void objects.delete(key)),
    list: ({ prefix }: { prefix: string }) =>
      Promise.resolve({
        truncated: false,
        objects: [...objects].filter(([key]) => key.startsWith(prefix)).map(([key, { uploaded }]) => ({ key, uploaded })),
      }),
  };
  const log = createLog();
  const quiet = { ...log, error: () => undefined };
  const ports = {
    now: () => state.now,
    log: quiet,
    trace: startTrace(null, 0),
    bindings: {
      RAW: bucket,
      WEBHOOK_QUEUE: {
        send: (message: { job: string; input: RawPointer }) => (state.queueDown ? fail() : Promise.resolve(void queue.push(message))),
      },
    },
  } as unknown as Ports;
  return { ports, objects, queue, state };
}
const delivery = (size = 20) => ({ raw: new Uint8Array(size).fill(7), headers: { 'x-topic': 'orders/paid' } });

test('a queue that refuses does not lose a stored delivery: the sweep queues it when it is old enough, and not for ever', async () => {
  const { ports, queue, state } = stand();
  state.queueDown = true;
  expect(await keepRaw(ports, 'shopify', 'shop.example', delivery())).toBe(true);
  expect(queue).toEqual([]);
  state.queueDown = false;
  expect(await sweepRaw(ports)).toBe(0); // a fresh one is on its way by itself
  state.now = new Date('2026-11-20T10:03:00Z');
  expect(await sweepRaw(ports)).toBe(1);
  expect(queue[0]).toMatchObject({ job: 'ingest-webhook-shopify', organizationId: '' });
  const pointer = queue[0]?.input as RawPointer;
  expect(await readRaw(ports, pointer)).toEqual(delivery());
  await settleRaw(ports, pointer, delivery());
  expect(await sweepRaw(ports)).toBe(0);
  // A second message about the same delivery still finds it.
  expect(await readRaw(ports, pointer)).toEqual(delivery());
});

test('storage that fails sends the body through the queue, if it fits; when nothing takes it the sender must come again', async () => {
  const { ports, queue, state, objects } = stand();
  state.storageDown = true;
  expect(await keepRaw(ports, 'meta', 'page', delivery())).toBe(true);
  expect(objects.size).toBe(0);
  expect(await readRaw(ports, queue[0]?.input as RawPointer)).toEqual(delivery());
  expect(JSON.stringify({ ...queue[0] }).length).toBeLessThan(128_000);
  expect(await keepRaw(ports, 'meta', 'page', delivery(90_000))).toBe(true);
  expect(JSON.stringify(queue[1]).length).toBeLessThan(128_000);
  expect(await keepRaw(ports, 'meta', 'page', delivery(90_001))).toBe(false);
  state.queueDown = true;
  expect(await keepRaw(ports, 'meta', 'page', delivery())).toBe(false);
});

test('the same bytes are stored once, whoever sends them again', async () => {
  const { ports, objects } = stand();
  await keepRaw(ports, 'meta', 'page', delivery());
  await keepRaw(ports, 'meta', 'page', delivery());
  expect(objects.size).toBe(1);
});
