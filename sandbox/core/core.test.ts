import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createCore } from './create-core.ts';
import { createFaultDice, defaultFaultPlan, noFaults } from './faults.ts';
import { underFaults } from './under-faults.ts';

test('the same seed and keys give the same fates, whatever order other keys are drawn in', () => {
  const one = createFaultDice(defaultFaultPlan(7));
  const other = createFaultDice(defaultFaultPlan(7));
  const keys = Array.from({ length: 200 }, (_, n) => `POST ads ad-${n}`);
  const forward = new Map(keys.map((key) => [key, one.draw('meta', key, true)]));
  const backward = new Map([...keys].reverse().map((key) => [key, other.draw('meta', key, true)]));
  for (const key of keys) expect(backward.get(key)).toEqual(forward.get(key));
  const another = createFaultDice(defaultFaultPlan(8));
  expect(keys.map((key) => another.draw('meta', key, true))).not.toEqual([...forward.values()]);
});

test('shares are met over many requests and reads never lose an answer', () => {
  const dice = createFaultDice(defaultFaultPlan(3));
  const count = (write: boolean): Record<string, number> => {
    const seen: Record<string, number> = {};
    for (let n = 0; n < 20_000; n += 1) {
      const { kind } = dice.draw('meta', `${write} ${n}`, write);
      seen[kind] = (seen[kind] ?? 0) + 1;
    }
    return seen;
  };
  const writes = count(true);
  expect(writes['answer-lost']).toBeGreaterThan(850);
  expect(writes['answer-lost']).toBeLessThan(1150);
  expect(writes['late-apply']).toBeGreaterThan(140);
  expect(writes['throttle']).toBeGreaterThan(1250);
  const reads = count(false);
  expect(reads['answer-lost']).toBeUndefined();
  expect(reads['late-apply']).toBeUndefined();
  expect(reads['error500']).toBeGreaterThan(800);
});

test('a lost request answers nothing and is never applied; the other fates stay as they were', async () => {
  const { core } = createCore({ seed: 1, faults: { ...noFaults(1), requestLost: 1 } });
  const apply = (): Response => {
    throw new Error('applied');
  };
  const rest = { vendor: 'meta', key: 'POST ads a', throttled: apply, failed: apply };
  expect(await underFaults(core, { ...rest, isWrite: true, apply })).toBeNull();
  expect(await underFaults(core, { ...rest, isWrite: false, apply: () => new Response('ok') })).not.toBeNull();
  const dice = createFaultDice(defaultFaultPlan(7));
  const lossy = createFaultDice({ ...defaultFaultPlan(7), requestLost: 0.2 });
  for (let n = 0; n < 300; n += 1) {
    const before = dice.draw('meta', `${n}`, true);
    if (before.kind !== 'none') expect(lossy.draw('meta', `${n}`, true)).toEqual(before);
  }
});

test('a late apply answers nothing now and applies afterwards', async () => {
  const { core } = createCore({ seed: 1, faults: { ...noFaults(1), lateApply: { p: 1, maxMs: 40 } } });
  let applied = 0;
  const answer = await underFaults(core, {
    vendor: 'meta',
    key: 'POST ads a',
    isWrite: true,
    apply: () => {
      applied += 1;
      return new Response('ok');
    },
    throttled: () => new Response('slow', { status: 400 }),
    failed: () => new Response('broken', { status: 500 }),
  });
  expect(answer).toBeNull();
  expect(applied).toBe(0);
  await expect.poll(() => applied, { timeout: 1000 }).toBe(1);
});

test('webhooks are duplicated, retried with the original body and shuffled inside the window', async () => {
  const bodies: string[] = [];
  let refuse = 2;
  const server = createServer((message, reply) => {
    let text = '';
    message.on('data', (chunk: Buffer) => (text += chunk.toString()));
    message.on('end', () => {
      bodies.push(text);
      reply.statusCode = refuse > 0 ? 503 : 200;
      refuse -= 1;
      reply.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const plan = { ...noFaults(5), webhooks: { duplicate: 1, reorderWindow: 6, dropShare: 0, delayMs: 0 } };
  const { core, webhooks } = createCore({ seed: 5, faults: plan });
  for (let n = 0; n < 6; n += 1) {
    core.deliver({ vendor: 'meta', url, headers: {}, body: `event-${n}`, retryAfterMs: [10, 10, 10] });
  }
  await webhooks.idle();
  server.close();
  const accepted = webhooks.deliveries.filter((delivery) => delivery.answers.at(-1) === 200);
  expect(accepted).toHaveLength(12);
  expect(bodies).toHaveLength(14); // 12 copies, two of them refused once
  for (let n = 0; n < 6; n += 1) expect(bodies.filter((body) => body === `event-${n}`).length).toBeGreaterThanOrEqual(2);
  const firstSeen = [...new Set(bodies)];
  expect(firstSeen).not.toEqual([...firstSeen].sort());
});
