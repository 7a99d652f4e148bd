import { Webhook } from 'standardwebhooks';
import * as machines from '#shared/contracts/machines.ts';
import type { Behaviour } from '../../sandbox/webhook-receiver/index.ts';
import { demoMember, type SignedIn } from '../demo-member.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import type { TrustRow } from './trust-row.ts';

interface Endpoint {
  id: string;
  path: string;
  secrets: string[];
  deliveries: string[];
}
type State = { id: string; event_id: string; endpoint_id: string; state: string; next_attempt_at: Date | null; attempts: number };

/** Six receivers that behave badly in their own way, and one that changes its secret. Time passes by moving what is due to now. */
export const outboundWebhooks: TrustRow = {
  row: 'B5',
  promise: 'Webhooks to others are delivered or have visibly failed; to replay one is harmless',
  async run({ stack, scaled, say }) {
    const me = await demoMember(stack);
    const { receiver } = stack.sandbox;
    const few = scaled(200);
    const open = async (name: string, behaviour: Behaviour, events = few): Promise<Endpoint> => {
      const path = `/b5-${name}`;
      receiver.behave(path, behaviour);
      const { secret, endpoint } = await me.api.call(machines.createWebhookEndpoint, {
        body: { url: `https://receiver.inlay.test${path}`, description: name },
      });
      const made: Endpoint = { id: endpoint.id, path, secrets: [secret], deliveries: [] };
      for (let n = 0; n < events; n += 1) await ping(me, made);
      return made;
    };
    const answers = (status: number, location?: string): Behaviour => ({ kind: 'answer', status, ...(location ? { location } : {}) });

    const long = await open('down-72-hours', { kind: 'down' });
    const short = await open('down-3-hours', { kind: 'down' });
    const slow = await open('slow', { kind: 'slow', ms: 300 }, Math.min(few, 20));
    const late = await open('too-slow', { kind: 'slow', ms: 4_000 }, 2);
    const gone = await open('gone', answers(500));
    receiver.behave(gone.path, answers(410));
    const turned = await open('redirects', answers(307, 'https://receiver.inlay.test/b5-elsewhere'));
    const rotates = await open('rotates', answers(200), Math.ceil(few / 2));
    await pass(stack, async () => (await statesOf(stack, [rotates])).every((one) => one.state === 'delivered'));
    rotates.secrets.push((await me.api.call(machines.rotateWebhookSecret, { params: { id: rotates.id } })).secret);
    for (let n = rotates.deliveries.length; n < few; n += 1) await ping(me, rotates);

    // Three hours in, one of the two is back. The schedule of the other ends after 27 hours and 35 minutes of its 72.
    await pass(stack, async () => (await statesOf(stack, [short])).every((one) => one.attempts >= 4));
    receiver.behave(short.path, answers(200));
    const all = [long, short, slow, late, gone, turned, rotates];
    await pass(stack, async () => (await statesOf(stack, all)).every((one) => one.state !== 'pending'));
    const settled = await statesOf(stack, all);
    const told = all.flatMap((one) => one.deliveries);
    const listed = await listAll(me);
    const taken = new Set(receiver.received.map((one) => `${one.path} ${one.headers['webhook-id']}`));
    const pathOf = new Map(all.map((one) => [one.id, one.path]));
    const silent = told.filter((id) => {
      const row = settled.find((one) => one.id === id);
      const shown = listed.get(id);
      if (!row || !shown || shown.state !== row.state) return true;
      return row.state === 'delivered' && !taken.has(`${pathOf.get(row.endpoint_id) ?? ''} ${row.event_id}`);
    });
    const count = (one: Endpoint, state: string) => settled.filter((row) => row.endpoint_id === one.id && row.state === state).length;
    say(`down for good: ${count(long, 'failed')} failed; back after 3 hours: ${count(short, 'delivered')} delivered`);

    // The receiver is back after 72 hours; everything is replayed three times.
    receiver.behave(long.path, answers(200));
    await stack.query(`update webhook_endpoints set failing_since = now() - interval '72 hours', rest_until = null where id = $1`, [
      long.id,
    ]);
    for (const id of long.deliveries)
      await Promise.all([1, 2, 3].map(() => me.api.call(machines.replayWebhookDelivery, { params: { id } })));
    await pass(stack, async () => (await statesOf(stack, [long])).every((one) => one.state !== 'pending'));
    const replayed = await statesOf(stack, [long]);
    const atLong = receiver.received.filter((one) => one.path === long.path);
    const ids = new Set(atLong.map((one) => one.headers['webhook-id']));
    const bodies = new Set(atLong.map((one) => one.body));

    // Another receiver stays away for five days.
    receiver.behave(short.path, { kind: 'down' });
    await ping(me, short);
    await pass(stack, async () => (await statesOf(stack, [short])).some((one) => one.state === 'pending' && one.attempts >= 1));
    await stack.query(`update webhook_endpoints set failing_since = now() - interval '120 hours' where id = $1`, [short.id]);
    await pass(stack, async () => (await statesOf(stack, [short])).every((one) => one.state !== 'pending'));
    const { endpoints } = await me.api.call(machines.listWebhookEndpoints, {});
    const offOf = (one: Endpoint) => endpoints.find((shown) => shown.id === one.id)?.disabled ?? 'on';

    const figures = {
      events: told.length,
      attempts: (await stack.query<{ n: number }>(`select count(*)::int as n from webhook_attempts`))[0]?.n ?? -1,
      delivered: settled.filter((one) => one.state === 'delivered').length,
      failedVisibly: settled.filter((one) => one.state === 'failed').length,
      silentDrops: silent.length,
      backAfterThreeHoursDelivered: count(short, 'delivered'),
      replayed: long.deliveries.length,
      deliveredByReplay: replayed.filter((one) => one.state === 'delivered').length,
      idsAtReplayedReceiver: ids.size,
      bodiesAtReplayedReceiver: bodies.size,
      wrongSignatures: all.flatMap((one) => unsigned(one, receiver.received)).length,
      redirectsFollowed: receiver.received.filter((one) => one.path === '/b5-elsewhere').length,
      goneIs: offOf(gone),
      fiveDaysAwayIs: offOf(short),
    };
    const ok =
      figures.silentDrops === 0 &&
      figures.delivered + figures.failedVisibly === figures.events &&
      count(long, 'failed') === long.deliveries.length &&
      figures.backAfterThreeHoursDelivered === few &&
      count(slow, 'delivered') === slow.deliveries.length &&
      count(late, 'failed') === late.deliveries.length &&
      count(turned, 'failed') === turned.deliveries.length &&
      count(rotates, 'delivered') === rotates.deliveries.length &&
      figures.deliveredByReplay === long.deliveries.length &&
      figures.idsAtReplayedReceiver === long.deliveries.length &&
      figures.wrongSignatures === 0 &&
      figures.redirectsFollowed === 0 &&
      figures.goneIs === 'gone' &&
      figures.fiveDaysAwayIs === 'failing';
    return { ok, figures };
  },
};

async function ping(me: SignedIn, endpoint: Endpoint): Promise<void> {
  endpoint.deliveries.push((await me.api.call(machines.testWebhookEndpoint, { params: { id: endpoint.id } })).deliveryId);
}

const statesOf = (stack: Stack, endpoints: Endpoint[]) =>
  stack.query<State>(
    `select id, event_id, endpoint_id, state, next_attempt_at, attempts from webhook_deliveries where endpoint_id = any($1)`,
    [endpoints.map((one) => one.id)],
  );

/** Lets time pass: what would be due some day is due now, until `done`. */
async function pass(stack: Stack, done: () => Promise<boolean>): Promise<void> {
  await until(
    'webhooks are through',
    async () => {
      if (await done()) return true;
      await stack.query(`update webhook_endpoints set rest_until = null where rest_until is not null`);
      await stack.query(
        `update webhook_deliveries set next_attempt_at = now() - interval '1 second'
         where state = 'pending' and next_attempt_at > now() and (claimed_until is null or claimed_until < now())`,
      );
      await stack.worker.cron();
      return false;
    },
    1_200_000,
  );
}

/** What the API shows of every delivery. */
async function listAll(me: SignedIn): Promise<Map<string, { state: string }>> {
  const all = new Map<string, { state: string }>();
  let cursor: string | undefined;
  do {
    const page = await me.api.call(machines.listWebhookDeliveries, { query: { limit: 200, ...(cursor ? { cursor } : {}) } });
    for (const one of page.deliveries) all.set(one.id, one);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** Requests that none of the endpoint's secrets vouches for, checked by the standard's own library. */
const unsigned = (endpoint: Endpoint, received: readonly { path: string; body: string; headers: Record<string, string> }[]) =>
  received.filter(
    (one) =>
      one.path === endpoint.path &&
      !endpoint.secrets.some((secret) => {
        try {
          // The library refuses what is older than five minutes; a long run is, so the signature is computed again.
          const at = new Date(Number(one.headers['webhook-timestamp']) * 1000);
          const wanted = new Webhook(secret).sign(one.headers['webhook-id'] ?? '', at, one.body);
          return (one.headers['webhook-signature'] ?? '').split(' ').includes(wanted);
        } catch {
          return false; // a header that is none
        }
      }),
  );
