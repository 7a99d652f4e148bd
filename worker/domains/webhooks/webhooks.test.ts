import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorker, type TestWorker } from '../../testing/harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const SECRET = 'sandbox-meta-secret';
const sign = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const post = (worker: TestWorker, body: string, headers: Record<string, string> = {}) =>
  fetch(`${worker.origin}/webhooks/meta`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const about = (leadId: string) =>
  JSON.stringify({
    object: 'page',
    entry: [
      { id: '1', time: 1, changes: [{ field: 'leadgen', value: { leadgen_id: leadId, page_id: '999', form_id: '5', created_time: 1 } }] },
    ],
  });
const stored = async (worker: TestWorker, prefix: string) =>
  (await (await worker.mf.getR2Bucket('RAW')).list({ prefix })).objects.map((object) => object.key);

test('the handshake echoes the challenge for our token only', async () => {
  const ask = (token: string) => fetch(`${w.origin}/webhooks/meta?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=4711`);
  expect(await (await ask('sandbox-verify')).text()).toBe('4711');
  expect((await ask('sandbox-verifY')).status).toBe(403);
});

test('a proven delivery is stored under its content hash, taken off the pending shelf once dealt with, and stored once when repeated', async () => {
  const body = about('42');
  expect((await post(w, body, { 'x-hub-signature-256': sign(body) })).status).toBe(200);
  expect((await post(w, body, { 'x-hub-signature-256': sign(body) })).status).toBe(200);
  await w.until(
    'the delivery is dealt with',
    async () => (await stored(w, 'meta/')).length === 1 && (await stored(w, 'pending/')).length === 0,
  );
});

test('forged, unsigned, altered, truncated and empty deliveries are refused, counted and not stored', async () => {
  const body = about('43');
  const before = (await stored(w, '')).length;
  const answers = await Promise.all([
    post(w, body),
    post(w, body, { 'x-hub-signature-256': sign(body, 'another secret') }),
    post(w, body.replace('43', '44'), { 'x-hub-signature-256': sign(body) }),
    post(w, body.slice(0, -5), { 'x-hub-signature-256': sign(body) }),
    post(w, body, { 'x-hub-signature-256': sign(body).slice(0, -2) }),
    post(w, body, { 'x-hub-signature-256': 'sha256=zz' }),
    post(w, '', { 'x-hub-signature-256': sign('') }),
    post(w, 'x'.repeat(2_000_001), { 'x-hub-signature-256': sign(body) }),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401, 401, 401, 400, 413]);
  expect((await stored(w, '')).length).toBe(before);
  await w.until('refusals are counted', async () => {
    const { rows } = await w.db.query(`select reason, n from webhook_refusals where source = 'meta'`);
    const counted = Object.fromEntries(rows.map((row) => [row.reason, row.n]));
    return counted['no_signature'] === 1 && counted['bad_signature'] === 5 && counted['empty'] === 1 && counted['too_large'] === 1;
  });
});

test('a signed body that is no event of the platform is taken off the shelf and not tried for ever', async () => {
  const body = '{"object":"page","entry":[{"changes":[{"field":"leadgen","value":{}}]}]}';
  expect((await post(w, body, { 'x-hub-signature-256': sign(body) })).status).toBe(200);
  await w.until('the shelf is empty', async () => (await stored(w, 'pending/')).length === 0);
});

test('Postgres is not on the path: with it out of reach deliveries are still proven, kept and answered', async () => {
  const alone = await startWorker({ vars: { NEON_LOCAL_PROXY: '127.0.0.1:9' } });
  try {
    const bodies = Array.from({ length: 40 }, (_, n) => about(String(1000 + n)));
    const answers = await Promise.all(bodies.map((body) => post(alone, body, { 'x-hub-signature-256': sign(body) })));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect((await stored(alone, 'pending/meta/')).length).toBe(40);
    expect((await post(alone, 'x', { 'x-hub-signature-256': sign('y') })).status).toBe(401);
  } finally {
    await alone.stop();
  }
});
