import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/machines.ts';
import { updateLead } from '#shared/contracts/revenue.ts';
import { nodeContext } from '../../../testing/node-context.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { emitEvent } from './emit-event.ts';

let w: TestWorker;
let me: Member;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());
beforeEach(async () => {
  me = await w.signUp();
});

let paths = 0;
/** An endpoint with a path of its own at the receiver. */
async function endpoint(by: Member = me, events: contracts.EventType[] = []) {
  const path = `/hook-${(paths += 1)}`;
  const made = await by.api.call(contracts.createWebhookEndpoint, { body: { url: `https://receiver.inlay.test${path}`, events } });
  const received = () => w.sandbox.receiver.received.filter((one) => one.path === path);
  return {
    path,
    id: made.endpoint.id,
    secret: made.secret,
    received,
    behave: (behaviour: Parameters<typeof w.sandbox.receiver.behave>[1]) => w.sandbox.receiver.behave(path, behaviour),
    ping: async () => (await by.api.call(contracts.testWebhookEndpoint, { params: { id: made.endpoint.id } })).deliveryId,
  };
}
const deliveryOf = async (id: string, by: Member = me) => {
  const { deliveries } = await by.api.call(contracts.listWebhookDeliveries, { query: { limit: 200 } });
  const found = deliveries.find((one) => one.id === id);
  if (!found) throw new Error('The delivery is in no list.');
  return found;
};
const attempts = (id: string, n: number) =>
  w.until(`${n} attempts at ${id}`, async () => {
    const delivery = await deliveryOf(id);
    // Once more: the row may have been read before its last attempt was noted.
    return delivery.attempts.length >= n && deliveryOf(id);
  });
const endpointOf = async (id: string) =>
  (await me.api.call(contracts.listWebhookEndpoints, {})).endpoints.find((one) => one.id === id) as contracts.WebhookEndpoint;
/** The time until the next attempt is over. */
async function makeDue(id: string) {
  await w.db.query(`update webhook_deliveries set next_attempt_at = now() - interval '1 second' where id = $1 and state = 'pending'`, [id]);
  await w.db.query(`update webhook_endpoints set rest_until = null`);
  await w.runCron();
}
const verified = (secret: string, one: { headers: Record<string, string>; body: string } | undefined) => {
  if (!one) throw new Error('Nothing was received.');
  return new Webhook(secret).verify(one.body, one.headers);
};

test('what is told arrives signed, once, with its id; its log says so; the secret lies nowhere in the open', async () => {
  const { secret, id, ping, received } = await endpoint();
  const delivery = await attempts(await ping(), 1);
  expect(delivery).toMatchObject({ endpointId: id, type: 'test.ping', state: 'delivered', nextAttemptAt: null });
  expect(delivery.attempts).toMatchObject([{ status: 200, error: null, byHand: true }]);
  expect(received()).toHaveLength(1);
  expect(received()[0]?.headers).toMatchObject({ 'webhook-id': delivery.eventId, 'content-type': 'application/json' });
  expect(verified(secret, received()[0])).toEqual({ type: 'test.ping', timestamp: expect.any(String) as string, data: { endpointId: id } });
  expect(() => verified(secret.replace(/.{4}=$/, 'AAA='), received()[0])).toThrow('No matching signature');
  const { rows } = await w.db.query<{ text: string }>(`select row_to_json(e)::text as text from webhook_endpoints e where id = $1`, [id]);
  expect(rows[0]?.text).toContain('v2.');
  expect(rows[0]?.text).not.toContain(secret.slice(6, 20));
});

test('only what was asked for is told, and only what was committed', async () => {
  const some = await endpoint(me, ['lead.updated']);
  const all = await endpoint();
  const other = await endpoint(await w.signUp());
  const ctx = await nodeContext(w, me.organizationId);
  try {
    const data = { connectionId: 'con_1', provider: 'meta' };
    await expect(
      ctx.transaction(async (tx) => {
        await emitEvent(ctx, tx, 'connection.expired', data);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await ctx.transaction((tx) => emitEvent(ctx, tx, 'connection.expired', data));
    await me.api.call(contracts.updateWebhookEndpoint, { params: { id: all.id }, body: { enabled: false } });
    await ctx.transaction((tx) => emitEvent(ctx, tx, 'connection.expired', data));
  } finally {
    await ctx.close();
  }
  const { rows } = await w.db.query(`select endpoint_id, state from webhook_deliveries where organization_id = $1`, [me.organizationId]);
  // The one that waited when its endpoint was switched off is not lost: it can be seen, and replayed.
  expect(rows).toEqual([{ endpoint_id: all.id, state: 'failed' }]);
  expect([...some.received(), ...all.received(), ...other.received()]).toEqual([]);
});

test('a rotated secret signs beside the new one for a day, then no more; a second rotation at the same moment loses', async () => {
  const { id, secret, ping, received } = await endpoint();
  const rotate = () => me.api.call(contracts.rotateWebhookSecret, { params: { id } });
  const turned = await rotate();
  expect(Date.parse(turned.endpoint.previousSecretUntil as string) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
  await attempts(await ping(), 1);
  for (const one of [secret, turned.secret]) expect(verified(one, received()[0])).toMatchObject({ type: 'test.ping' });
  await w.db.query(`update webhook_endpoints set previous_until = now() where id = $1`, [id]);
  await attempts(await ping(), 1);
  expect(verified(turned.secret, received()[1])).toMatchObject({ type: 'test.ping' });
  expect(() => verified(secret, received()[1])).toThrow('No matching signature');
  expect((await Promise.allSettled([rotate(), rotate()])).filter((one) => one.status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
});

test('a failure is tried again after 5 s, 5 min, 30 min, 2, 5, 10 and 10 hours, then it has failed where everybody sees it', async () => {
  const { id, behave, ping, received } = await endpoint();
  behave({ kind: 'answer', status: 500 });
  const delivery = await ping();
  const waits: number[] = [];
  for (let n = 1; n <= 7; n += 1) {
    const { attempts: made, nextAttemptAt } = await attempts(delivery, n);
    const last = made.at(-1) as { at: string; ms: number };
    waits.push(Math.round((Date.parse(nextAttemptAt as string) - Date.parse(last.at) - last.ms) / 1000));
    await makeDue(delivery);
  }
  expect(waits.map((wait, at) => Math.abs(wait - ([5, 300, 1_800, 7_200, 18_000, 36_000, 36_000][at] as number)) <= 1)).toEqual(
    waits.map(() => true),
  );
  expect(await attempts(delivery, 8)).toMatchObject({ state: 'failed', nextAttemptAt: null });
  expect(new Set(received().map((one) => one.headers['webhook-id'])).size).toBe(1);
  expect((await endpointOf(id)).failingSince).not.toBeNull();
});

test('the first repeat needs no cron', async () => {
  const { behave, ping } = await endpoint();
  behave({ kind: 'down' });
  const delivery = await ping();
  expect((await attempts(delivery, 1)).attempts).toMatchObject([{ status: null, error: 'network' }]);
  behave({ kind: 'answer', status: 204 });
  expect(await attempts(delivery, 2)).toMatchObject({ state: 'delivered' });
});

test('410 ends it: the endpoint is off, what waited has failed visibly, and the audit log says so', async () => {
  const { id, behave, ping } = await endpoint();
  behave({ kind: 'answer', status: 503 });
  const waiting = await ping();
  await attempts(waiting, 1);
  behave({ kind: 'answer', status: 410 });
  await attempts(await ping(), 1);
  expect(await endpointOf(id)).toMatchObject({ disabled: 'gone' });
  expect(await deliveryOf(waiting)).toMatchObject({ state: 'failed', nextAttemptAt: null });
  const { rows } = await w.db.query(`select detail from audit_log where action = 'webhook_endpoint.disabled' and object = $1`, [id]);
  expect(rows).toEqual([{ detail: { reason: 'gone', host: 'receiver.inlay.test' } }]);
  const mail = await w.until('the owner is told', async () =>
    w.sandbox.mailbox.mails.find((one) => one.to.includes(me.email) && one.subject.includes('switched off')),
  );
  expect(mail.text).toContain('/settings/webhooks');
  await expect(ping()).rejects.toMatchObject({ problem: { code: 'conflict' } });
  await expect(me.api.call(contracts.replayWebhookDelivery, { params: { id: waiting } })).rejects.toMatchObject({
    problem: { code: 'conflict' },
  });
  expect(await me.api.call(contracts.updateWebhookEndpoint, { params: { id }, body: { enabled: true } })).toMatchObject({ disabled: null });
});

test('an endpoint that failed for five days is switched off', async () => {
  const { id, behave, ping } = await endpoint();
  behave({ kind: 'answer', status: 500 });
  await attempts(await ping(), 1);
  expect((await endpointOf(id)).disabled).toBeNull();
  await w.db.query(`update webhook_endpoints set failing_since = now() - interval '120 hours' where id = $1`, [id]);
  await attempts(await ping(), 1);
  expect(await endpointOf(id)).toMatchObject({ disabled: 'failing' });
});

test('a redirect and a late answer are failures, and nobody follows', async () => {
  const target = await endpoint();
  const turned = await endpoint();
  turned.behave({ kind: 'answer', status: 302, location: `https://receiver.inlay.test${target.path}` });
  const late = await endpoint();
  late.behave({ kind: 'slow', ms: 3_000 });
  const [a, b] = await Promise.all([turned.ping(), late.ping()]);
  expect((await attempts(a, 1)).attempts[0]).toMatchObject({ status: 302, error: 'redirect' });
  const timedOut = (await attempts(b, 1)).attempts[0];
  expect(timedOut).toMatchObject({ status: null, error: 'timeout' });
  expect(timedOut?.ms).toBeLessThan(2_000);
  expect(target.received()).toEqual([]);
});

test('a name that leads inside is not called', async () => {
  const { endpoint: made } = await me.api.call(contracts.createWebhookEndpoint, { body: { url: 'https://rebound.inlay.test/hook' } });
  const { deliveryId } = await me.api.call(contracts.testWebhookEndpoint, { params: { id: made.id } });
  expect((await attempts(deliveryId, 1)).attempts[0]).toMatchObject({ status: null, error: 'refused_address' });
  for (const url of [
    'http://169.254.169.254/latest',
    'https://2130706433/',
    'https://[::1]/',
    'https://u:p@receiver.inlay.test/',
    'https://localhost/',
  ])
    await expect(me.api.call(contracts.createWebhookEndpoint, { body: { url } }), url).rejects.toMatchObject({
      problem: { code: 'invalid_input', fields: [{ path: 'url' }] },
    });
});

test('replayed it is the same event; asked three times at once it goes out once', async () => {
  const { ping, received, behave } = await endpoint();
  const delivery = await ping();
  await attempts(delivery, 1);
  const replay = (by: Member = me) => by.api.call(contracts.replayWebhookDelivery, { params: { id: delivery } });
  behave({ kind: 'slow', ms: 100 });
  await Promise.all([replay(), replay(), replay()]);
  const after = await w.until('the replay is through', async () => {
    const now = await deliveryOf(delivery);
    return now.attempts.length > 1 && now.state === 'delivered' && now;
  });
  expect(after.attempts.map((one) => one.byHand)).toEqual([true, true]);
  expect(received().map((one) => one.headers['webhook-id'])).toEqual([after.eventId, after.eventId]);
  expect(received()[0]?.body).toBe(received()[1]?.body);
  const stranger = await w.signUp();
  await expect(replay(stranger)).rejects.toMatchObject({ problem: { code: 'not_found' } });
});

/** The endpoint's work, given to so many runs at once. */
async function run(endpointId: string, times: number): Promise<void> {
  const worker = await w.mf.getWorker();
  await worker.queue(
    'inlay-delivery',
    Array.from({ length: times }, (_, i) => ({
      id: `run-${i}-${Math.random()}`,
      timestamp: new Date(),
      attempts: 1,
      body: { v: 1, job: 'deliver-webhooks', organizationId: me.organizationId, input: { endpointId } },
    })),
  );
}

test('the same work given to many runs at once: each delivery goes out once', async () => {
  const { id, behave, ping, received } = await endpoint();
  behave({ kind: 'slow', ms: 250 });
  const asked = [];
  for (let n = 0; n < 6; n += 1) asked.push(await ping());
  await Promise.all([run(id, 3), run(id, 3), run(id, 3)]);
  const made = await Promise.all(asked.map((one) => attempts(one, 1)));
  expect(made.map((one) => [one.state, one.attempts.length])).toEqual(made.map(() => ['delivered', 1]));
  const ids = received().map((one) => one.headers['webhook-id']);
  expect(ids.length, 'requests for six deliveries').toBe(6);
  expect(new Set(ids).size).toBe(6);
});

test('of runs that reach for one delivery at the same moment at most one gets it', async () => {
  const { id, ping, received } = await endpoint();
  const delivery = await ping();
  await attempts(delivery, 1);
  await w.db.query(`update webhook_deliveries set state = 'pending', next_attempt_at = now(), claimed_until = null where id = $1`, [
    delivery,
  ]);
  // Whoever has its row holds it for a moment: those who would wait for it would all go on with it then.
  await w.db.query('begin');
  await w.db.query('select 1 from webhook_deliveries where id = $1 for update', [delivery]);
  const runs = Promise.all([run(id, 1), run(id, 1), run(id, 1)]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await w.db.query('commit');
  await runs;
  await run(id, 1);
  await attempts(delivery, 2);
  expect(received().length, 'requests').toBe(2);
});

test('a crash in the middle of sending loses nothing: the claim runs out', async () => {
  const { id, ping, received } = await endpoint();
  await me.api.call(contracts.updateWebhookEndpoint, { params: { id }, body: { enabled: false } });
  await me.api.call(contracts.updateWebhookEndpoint, { params: { id }, body: { enabled: true } });
  const delivery = await ping();
  await attempts(delivery, 1);
  await w.db.query(
    `update webhook_deliveries set state = 'pending', claimed_until = now() + interval '1 hour', next_attempt_at = now() + interval '1 hour' where id = $1`,
    [delivery],
  );
  await w.runCron();
  await w.db.query(
    `update webhook_deliveries set claimed_until = now() - interval '1 second', next_attempt_at = now() - interval '1 second' where id = $1`,
    [delivery],
  );
  await w.runCron();
  await w.until('it is sent again', async () => received().length === 2);
});

test('who does not answer holds up nobody else', async () => {
  const dead = await endpoint();
  dead.behave({ kind: 'slow', ms: 3_000 });
  const lead = 'led_00000000000000000000000001';
  const ctx = await nodeContext(w, me.organizationId);
  const contact = await (await ctx.box()).seal({ organizationId: me.organizationId, table: 'leads', column: 'contact', row: lead }, '{}');
  await ctx.close();
  await w.db.query(
    `insert into leads (id, organization_id, source, source_lead_id, page_external_id, contact, submitted_at, received_at) values ($1, $2, 'meta', '1', '1', $3, now(), now())`,
    [lead, me.organizationId, contact],
  );
  for (let n = 0; n < 10; n += 1)
    for (const stage of ['qualified', 'lost'] as const) await me.api.call(updateLead, { params: { id: lead }, body: { stage } });
  const lively = await endpoint();
  const began = Date.now();
  await attempts(await lively.ping(), 1);
  expect(Date.now() - began).toBeLessThan(5_000);
  // Everything of the dead one is still there.
  const { rows } = await w.db.query(`select count(*)::int as n from webhook_deliveries where endpoint_id = $1 and state = 'pending'`, [
    dead.id,
  ]);
  expect(rows).toEqual([{ n: 20 }]);
});

test('an organization sees its own endpoints and deliveries, page by page', async () => {
  const { id, ping } = await endpoint();
  const made = [await ping(), await ping(), await ping()];
  const page = await me.api.call(contracts.listWebhookDeliveries, { query: { limit: 2, endpointId: id } });
  const rest = await me.api.call(contracts.listWebhookDeliveries, {
    query: { limit: 2, endpointId: id, cursor: page.nextCursor as string },
  });
  expect([...page.deliveries, ...rest.deliveries].map((one) => one.id)).toEqual(made.toReversed());
  expect(rest.nextCursor).toBeNull();
  const stranger = await w.signUp();
  expect(await stranger.api.call(contracts.listWebhookEndpoints, {})).toEqual({ endpoints: [] });
  const foreign = await Promise.allSettled([
    stranger.api.call(contracts.updateWebhookEndpoint, { params: { id }, body: { enabled: false } }),
    stranger.api.call(contracts.deleteWebhookEndpoint, { params: { id } }),
    stranger.api.call(contracts.rotateWebhookSecret, { params: { id } }),
    stranger.api.call(contracts.testWebhookEndpoint, { params: { id } }),
  ]);
  const refusal = { status: 'rejected', reason: { problem: { code: 'not_found' } } };
  expect(foreign).toMatchObject([refusal, refusal, refusal, refusal]);
  await me.api.call(contracts.deleteWebhookEndpoint, { params: { id } });
  expect((await me.api.call(contracts.listWebhookDeliveries, { query: {} })).deliveries).toEqual([]);
});
