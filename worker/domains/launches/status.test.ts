import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, draftLaunch, eventKinds, look, rest } from '../../testing/launch-kit.ts';

// What is on and what is paused is what the platform says when it is read, never what was written to it.

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2 });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

const of = (launch: LaunchSummary) => ({ params: { id: launch.id } });
const SMALL = { adSets: 1, concepts: 1, ratios: ['1x1'] } as const;

/** Statuses the platform truly has, by kind. */
async function statuses(launch: LaunchSummary, kind: string): Promise<(string | null)[]> {
  return [...(await compareWithOracle(w, launch)).byToken.values()]
    .flat()
    .filter((one) => one.kind === kind)
    .map((one) => one.status);
}
const on = async (launch: LaunchSummary) => (await statuses(launch, 'campaign')).filter((status) => status === 'ACTIVE').length;

async function control(path: string): Promise<{ access_token?: string }> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  return (await fetch(`${w.sandbox.url}/_sandbox/meta/${path}`, init)).json<{ access_token?: string }>();
}

/** What a person does in the ad manager. */
async function setThere(launch: LaunchSummary, kind: string, status: 'ACTIVE' | 'PAUSED'): Promise<void> {
  const target = [...(await compareWithOracle(w, launch)).byToken.values()].flat().find((one) => one.kind === kind);
  const answer = await fetch(`${w.sandbox.url}/graph.facebook.com/v26.0/${target?.id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${(await control('tokens')).access_token}` },
    body: new URLSearchParams({ status }),
  });
  expect(answer.status).toBe(200);
}

async function driftOf(member: Member, launch: LaunchSummary): Promise<Record<string, unknown>> {
  const { items } = await member.api.call(contracts.listLaunchItems, { ...of(launch), query: { pageSize: 100 } });
  return Object.fromEntries(items.filter((item) => item.drift.length > 0).map((item) => [item.kind, item.drift]));
}

async function verified(shade: number, campaigns = 1): Promise<{ member: Member; launch: LaunchSummary }> {
  const { member, launch } = await draftLaunch(w, { ...SMALL, ratios: ['1x1'], shade }, (plan) => {
    if (campaigns === 2) plan.campaigns.push({ key: 'c2', name: 'Campaign two', dailyBudgetMinor: null });
  });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 20_000);
  return { member, launch };
}

test.each([
  ['refused with success:false', false],
  ['answered as done and not made', true],
] as const)(
  'ads whose switch is %s are never taken for on',
  async (_, silent) => {
    const { member, launch } = await draftLaunch(w, { ...SMALL, ratios: ['1x1'], shade: silent ? 51 : 52 });
    w.sandbox.setFaults({ ...noFaults(), statusIgnored: { p: 1, silent } });
    await approve(member, launch);
    const end = await rest(w, member, launch, ['verified', 'needs_attention'], 20_000);
    expect(end.state).toBe('needs_attention');
    const drift = [{ field: 'status', planned: 'active', found: 'paused' }];
    expect(await driftOf(member, launch)).toEqual({ ad_set: drift, ad: drift });
    // Mended, it goes on.
    w.sandbox.setFaults(noFaults());
    await member.api.call(contracts.retryLaunch, of(launch));
    await rest(w, member, launch, ['verified'], 20_000);
    expect([await statuses(launch, 'ad'), await statuses(launch, 'adset')]).toEqual([['ACTIVE'], ['ACTIVE']]);
  },
  180_000,
);

test('a campaign somebody switched on before its ads are armed stops the launch, and money is said to be at risk', async () => {
  const { member, launch } = await draftLaunch(w, { ...SMALL, ratios: ['1x1'], shade: 53 });
  w.sandbox.setFaults({ ...noFaults(), latencyMs: [150, 200] });
  await approve(member, launch);
  await w.until('its campaign is verified', async () => {
    const { rows } = await w.db.query(`select 1 from launch_items where launch_id = $1 and kind = 'campaign' and state = 'VERIFIED'`, [
      launch.id,
    ]);
    return rows.length > 0;
  });
  await setThere(launch, 'campaign', 'ACTIVE');
  w.sandbox.setFaults(noFaults());
  const end = await rest(w, member, launch, ['verified', 'needs_attention'], 20_000);
  expect(end.state).toBe('needs_attention');
  expect(end.attention).toContain('1 campaign is on');
  expect(end.attention).not.toContain('No money is at risk');
  expect(await driftOf(member, launch)).toEqual({ campaign: [{ field: 'status', planned: 'paused', found: 'active' }] });
  // Nothing below it was switched on.
  expect([await statuses(launch, 'ad'), await statuses(launch, 'adset')]).toEqual([['PAUSED'], ['PAUSED']]);
}, 180_000);

test('the gate compares statuses, too: an ad that was paused and a campaign that is on before the switch shut it', async () => {
  const first = await verified(54);
  await setThere(first.launch, 'ad', 'PAUSED');
  expect(await first.member.api.call(contracts.activateLaunch, of(first.launch))).toMatchObject({ state: 'needs_attention' });
  expect(await driftOf(first.member, first.launch)).toEqual({ ad: [{ field: 'status', planned: 'active', found: 'paused' }] });
  expect(await on(first.launch)).toBe(0);

  const second = await verified(55);
  await setThere(second.launch, 'campaign', 'ACTIVE');
  // The switch was asked for, so this one is taken back: what is said and what is so are the same.
  const end = await second.member.api.call(contracts.activateLaunch, of(second.launch));
  expect(end).toMatchObject({ state: 'needs_attention', attention: expect.stringContaining('No money is at risk') });
  expect(await driftOf(second.member, second.launch)).toEqual({ campaign: [{ field: 'status', planned: 'paused', found: 'active' }] });
  expect(await on(second.launch)).toBe(0);
}, 180_000);

test('a run whose finding comes after another run has finished the switch touches nothing', async () => {
  const { member, launch } = await verified(61);
  await setThere(launch, 'ad', 'PAUSED');
  // Stands for the other run: the launch is active in the moment in which this run writes down what it found.
  await w.db.query(`create function finish_switch() returns trigger language plpgsql security definer as $$
    begin update launches set state = 'active' where id = new.launch_id; return new; end $$`);
  await w.db.query(
    `create trigger finish_switch after insert on launch_events for each row when (new.kind = 'drift') execute function finish_switch()`,
  );
  try {
    await member.api.call(contracts.activateLaunch, of(launch));
    await w.until('the finding is written down', async () => (await eventKinds(w, launch)).includes('drift'), 20_000);
    await w.until('the run has ended', async () => (await look(member, launch)).state === 'active', 20_000);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await eventKinds(w, launch)).not.toContain('switch_taken_back');
    expect(await eventKinds(w, launch)).not.toContain('needs_attention');
  } finally {
    await w.db.query('drop trigger finish_switch on launch_events');
    await w.db.query('drop function finish_switch');
  }
});

test('a switch the platform does not make is given up and taken back', async () => {
  const { member, launch } = await verified(56);
  w.sandbox.setFaults({ ...noFaults(), statusIgnored: { p: 1, silent: false } });
  await member.api.call(contracts.activateLaunch, of(launch));
  const end = await rest(w, member, launch, ['active', 'needs_attention'], 20_000);
  expect(end).toMatchObject({ state: 'needs_attention', activatedAt: null, attention: expect.stringContaining('No money is at risk') });
  expect(await on(launch)).toBe(0);
}, 180_000);

test('a session that ends while the switch is thrown stops nothing half way: the wish stands, and all that was to be on is', async () => {
  const { member, launch } = await verified(59, 2);
  w.sandbox.setFaults({ ...noFaults(59), latencyMs: [300, 300] });
  const switching = member.api.call(contracts.activateLaunch, of(launch)).catch((error: unknown) => error);
  await w.until('one campaign is on', async () => (await on(launch)) === 1, 15_000);
  await w.db.query('update sessions set revoked_at = now() where user_id = $1', [member.userId]);
  expect(await switching).toMatchObject({ id: launch.id });
  expect(await on(launch)).toBe(2);
}, 180_000);

/** Asks for the switch of two campaigns and ends our access once the platform has made the first. */
async function cutOff(shade: number): Promise<{ member: Member; launch: LaunchSummary }> {
  const { member, launch } = await verified(shade, 2);
  w.sandbox.setFaults({ ...noFaults(shade), latencyMs: [300, 300] });
  const switching = member.api.call(contracts.activateLaunch, of(launch)).catch((error: unknown) => error);
  await w.until('one campaign is on', async () => (await on(launch)) === 1, 15_000);
  await control('expire-tokens');
  await switching;
  await rest(w, member, launch, ['needs_attention'], 15_000);
  return { member, launch };
}

test('access that ends while the switch is thrown: what is on is said, and the switch is finished after the reconnect', async () => {
  const { member, launch } = await cutOff(57);
  const waiting = await look(member, launch);
  expect(await on(launch)).toBe(1);
  expect(waiting.attention).toContain('2 campaigns may be on');
  expect(waiting.attention).toContain('Reconnect');
  expect(waiting.attention).not.toContain('No money');
  w.sandbox.setFaults(noFaults());
  await connectMeta(w, member);
  await rest(w, member, launch, ['active'], 30_000);
  expect(await on(launch)).toBe(2);
}, 180_000);

test('a campaign that was read as on is said to be on, the other to be unsure', async () => {
  const { member, launch } = await verified(58, 2);
  w.sandbox.setFaults({ ...noFaults(58), latencyMs: [300, 300] });
  const switching = member.api.call(contracts.activateLaunch, of(launch)).catch((error: unknown) => error);
  await w.until('one campaign was read as on', async () => {
    const { rows } = await w.db.query(
      `select 1 from launch_items where launch_id = $1 and kind = 'campaign' and as_built #>> '{status,unified}' = 'active'`,
      [launch.id],
    );
    return rows.length === 1;
  });
  await control('expire-tokens');
  await switching;
  const waiting = await rest(w, member, launch, ['needs_attention'], 15_000);
  expect(waiting.attention).toContain('1 campaign is on, 1 campaign may be on');
}, 180_000);

test('a cancel while access is gone never says paused; after the reconnect everything is', async () => {
  const { member, launch } = await cutOff(59);
  const cancelled = await member.api.call(contracts.cancelLaunch, of(launch));
  expect(cancelled).toMatchObject({ state: 'needs_attention', attention: expect.stringContaining('2 campaigns may be on') });
  w.sandbox.setFaults(noFaults());
  await connectMeta(w, member);
  const end = await rest(w, member, launch, ['cancelled'], 30_000);
  expect(end.attention).toBeNull();
  expect(await on(launch)).toBe(0);
  expect(await eventKinds(w, launch)).toContain('switch_taken_back');
}, 180_000);
