import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { nameWithToken } from '#shared/rules/client-token.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, draftLaunch, eventKinds, look, rest } from '../../testing/launch-kit.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { listStrays, type ListedSoFar } from './engine/list-strays.ts';
import { openAccount } from './engine/open-run.ts';
import { nextSweep } from './engine/sweep-times.ts';

let w: TestWorker;
// A window so long that no look falls due by itself: each test says when.
beforeAll(async () => {
  w = await startWorker({ vars: { SETTLE_WINDOW_MS: '60000' } });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

/** Calls the platform past the engine, as somebody else would. */
async function graph(path: string, body: Record<string, unknown>): Promise<string> {
  const { access_token: token } = await (
    await fetch(`${w.sandbox.url}/_sandbox/meta/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  ).json<{ access_token: string }>();
  const answer = await fetch(`${w.sandbox.url}/graph.facebook.com/v26.0/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json<{ id: string }>()).id;
}
const makeCampaign = (name: string, labels: string[] = []) =>
  graph('act_1000000001/campaigns', {
    name,
    objective: 'OUTCOME_LEADS',
    status: 'PAUSED',
    special_ad_categories: [],
    is_adset_budget_sharing_enabled: false,
    ...(labels.length > 0 ? { adlabels: labels.map((label) => ({ name: label })) } : {}),
  });
const statusOf = async (id: string): Promise<string | null> => {
  const { objects } = await (
    await fetch(`${w.sandbox.url}/_sandbox/objects?platform=meta`)
  ).json<{ objects: { id: string; status: string | null }[] }>();
  return objects.find((one) => one.id === id)?.status ?? null;
};
const sweepTimes = async (launch: LaunchSummary): Promise<{ rested: number; next: number | null }> => {
  const {
    rows: [row],
  } = await w.db.query<{ rested_at: Date; next_sweep_at: Date | null }>('select rested_at, next_sweep_at from launches where id = $1', [
    launch.id,
  ]);
  return { rested: row?.rested_at.getTime() ?? 0, next: row?.next_sweep_at?.getTime() ?? null };
};
/** As if so many milliseconds had passed since it came to rest. */
const restedAgo = (launch: LaunchSummary, ms: number) =>
  w.db.query(`update launches set rested_at = now() - $2 * interval '1 ms', next_sweep_at = now() - interval '1 minute' where id = $1`, [
    launch.id,
    ms,
  ]);

async function verified(shade: number) {
  const drafted = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade });
  await approve(drafted.member, drafted.launch);
  await rest(w, drafted.member, drafted.launch, ['verified'], 30_000);
  const {
    rows: [campaign],
  } = await w.db.query<{ name: string; token: string }>(
    `select name, client_token as token from launch_items where launch_id = $1 and kind = 'campaign'`,
    [drafted.launch.id],
  );
  if (!campaign) throw new Error('no campaign');
  return { ...drafted, campaign };
}

test('looks after the end are counted from it, and the last one is the last', () => {
  const at = (ms: number) => new Date(1_000_000 + ms);
  const after = [800, 1_600, 3_600, 86_400];
  expect(nextSweep(at(0), at(0), after)).toEqual(at(800));
  expect(nextSweep(at(0), at(900), after)).toEqual(at(1_600));
  expect(nextSweep(at(0), at(50_000), after)).toEqual(at(86_400));
  expect(nextSweep(at(0), at(86_400), after)).toBeNull();
});

test('every look after the end is found by cron, with no message waiting and after a restart; the name is enough to find a late object', async () => {
  const { member, launch, campaign } = await verified(71);
  const { rested, next } = await sweepTimes(launch);
  expect(next).toBe(rested + 240_000);
  // Made late: it has the name, its label never arrived.
  const late = await makeCampaign(nameWithToken(campaign.name, campaign.token));
  await w.restart();
  await w.runCron();
  expect(await statusOf(late)).toBe('PAUSED'); // nothing was due
  for (const [agoMs, nextMs] of [
    [240_000, 480_000],
    [480_000, 3_600_000],
    [3_600_000, 86_400_000],
    [86_400_000, null],
  ] as const) {
    await restedAgo(launch, agoMs);
    await w.runCron();
    const then = await w.until('the look was made', async () => {
      const times = await sweepTimes(launch);
      return times.next === (nextMs === null ? null : times.rested + nextMs) && times;
    });
    expect(await statusOf(late)).toBe('ARCHIVED');
    if (nextMs === null) expect(then.next).toBeNull();
  }
  expect((await eventKinds(w, launch)).filter((kind) => kind === 'incident')).toHaveLength(1);
  expect(await look(member, launch)).toMatchObject({ incidents: 1, adoptions: 0, strays: 0 });
  expect(await compareWithOracle(w, launch)).toMatchObject({ duplicates: 0, lost: 0 });
}, 180_000);

test('a look that breaks in the middle is due again, and a switched-on launch is looked at like any other', async () => {
  const { member, launch } = await verified(72);
  await restedAgo(launch, 240_000);
  w.sandbox.setFaults({ ...noFaults(72), dead: true });
  await w.runCron();
  const lease = await w.until('it was tried', async () => {
    const { rested, next } = await sweepTimes(launch);
    return next !== null && next > Date.now() + 60_000 && next < rested + 480_000 && next;
  });
  w.sandbox.setFaults(noFaults());
  await w.until(
    'the breaker is closed',
    async () => {
      await w.db.query("update launches set next_sweep_at = now() - interval '1 minute' where id = $1", [launch.id]);
      await w.runCron();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { rested, next } = await sweepTimes(launch);
      return next === rested + 480_000;
    },
    40_000,
  );
  expect(lease).toBeLessThan(Date.now() + 120_000);
  await (await member.fetch(`/v1/launches/${launch.id}/activate`, { method: 'POST' })).body?.cancel();
  await rest(w, member, launch, ['active'], 20_000);
  const { rested, next } = await sweepTimes(launch);
  expect(next).toBe(rested + 240_000);
  expect(rested).toBeGreaterThan(Date.now() - 20_000);
}, 180_000);

test('objects that carry a token no row holds are told once, left alone, and forgotten when they are gone', async () => {
  const { member, launch, accountId } = await verified(73);
  const { rows: before } = await w.db.query('select next_listing_at from ad_accounts where id = $1', [accountId]);
  expect(before[0].next_listing_at).not.toBeNull();
  // Tokens of another organization's launches of earlier tests are in this account, too: they are strays to this one.
  const others = new Set(
    (await w.db.query('select client_token from launch_items where launch_id <> $1', [launch.id])).rows.map((row) => row.client_token),
  );
  const stray = await makeCampaign(nameWithToken('From a lost backup', '0123456789ABC'));
  await makeCampaign('Made by hand · no token');
  const list = async () => {
    await w.db.query(`update ad_accounts set next_listing_at = now() - interval '1 minute' where id = $1`, [accountId]);
    await w.runCron();
    await w.until('the account was listed', async () => {
      const { rows } = await w.db.query(`select 1 from ad_accounts where id = $1 and next_listing_at > now() + interval '5 hours'`, [
        accountId,
      ]);
      return rows.length > 0;
    });
    const { rows } = await w.db.query<{ external_id: string; client_token: string; kind: string }>(
      'select external_id, client_token, kind from stray_objects where organization_id = $1 and gone_at is null',
      [member.organizationId],
    );
    return rows.filter((row) => !others.has(row.client_token));
  };
  const found = { external_id: stray, client_token: '0123456789ABC', kind: 'campaign' };
  expect(await list()).toEqual([found]);
  expect(await list()).toEqual([found]);
  expect(await statusOf(stray)).toBe('PAUSED');
  const told = (await look(member, launch)).strays;
  expect(told).toBeGreaterThanOrEqual(1);
  await graph(stray, { status: 'ARCHIVED' });
  expect(await list()).toEqual([]);
  expect((await look(member, launch)).strays).toBe(told - 1);
}, 180_000);

test('a listing takes one permit a page, stops without one, and goes on from where it was', async () => {
  const { member, accountId } = await verified(74);
  const ctx = await nodeContext(w, member.organizationId);
  const open = await openAccount(
    // The node has no durable objects: permits are the test's.
    {
      ...ctx,
      ports: { ...ctx.ports, bindings: { ...ctx.ports.bindings, RATE_BUDGET: { get: () => null, idFromName: () => '' } as never } },
    },
    accountId,
  );
  if (!open) throw new Error('The account is gone.');
  let left = 0;
  const asked: [string, string | null][] = [];
  const { objects } = open.platform;
  const run: typeof open = {
    ...open,
    permits: { ...open.permits, onCall: () => undefined, onUsage: () => undefined, take: async () => left-- > 0 },
    session: { ...open.session, outside: ctx.ports.outside, onUsage: () => undefined },
    platform: {
      ...open.platform,
      objects: {
        ...objects,
        async listCarrying(session, kind, after) {
          asked.push([kind, after]);
          // Two pages of campaigns, whatever the platform's page size.
          const page = await objects.listCarrying(session, kind, null);
          return { ...page, after: kind === 'campaign' && after === null ? 'page two' : null };
        },
      },
    },
  };
  const legs: (ListedSoFar | null)[] = [];
  for (let from: ListedSoFar | null = null; legs.at(-1) !== null; from = legs.at(-1) ?? null) {
    left = 1;
    legs.push(await listStrays(run, from));
  }
  expect(asked).toEqual([
    ['campaign', null],
    ['campaign', 'page two'],
    ['ad_set', null],
    ['creative', null],
    ['ad', null],
  ]);
  expect(legs.map((leg) => leg && [leg.kind, leg.after])).toEqual([
    ['campaign', 'page two'],
    ['ad_set', null],
    ['creative', null],
    ['ad', null],
    null,
  ]);
  await ctx.close();
}, 180_000);
