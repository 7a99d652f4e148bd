import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as clients from '#shared/contracts/clients.ts';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import * as members from '#shared/contracts/members.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, deliverAtOnce, draftLaunch, eventKinds, look, rest, type Built } from '../../testing/launch-kit.ts';
import { addPerson } from '../../testing/tenancy/add-person.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 1 });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

const of = (launch: LaunchSummary) => ({ params: { id: launch.id } });
const campaigns = async (launch: LaunchSummary): Promise<Built[]> =>
  [...(await compareWithOracle(w, launch)).byToken.values()].flat().filter((one) => one.kind === 'campaign');
const running = async (launch: LaunchSummary) => (await campaigns(launch)).filter((one) => one.status === 'ACTIVE').length;

/** How many of these calls were taken, and the codes of the others. */
async function tally(calls: Promise<unknown>[]): Promise<{ taken: number; codes: string[] }> {
  const done = await Promise.allSettled(calls);
  return {
    taken: done.filter((one) => one.status === 'fulfilled').length,
    codes: [
      ...new Set(
        done.flatMap((one) =>
          one.status === 'rejected' ? [(one.reason as { problem?: { code: string } }).problem?.code ?? String(one.reason)] : [],
        ),
      ),
    ],
  };
}

async function verified(shade: number, edit?: Parameters<typeof draftLaunch>[2]): Promise<{ member: Member; launch: LaunchSummary }> {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade }, edit);
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 20_000);
  return { member, launch };
}

test('of ten approvals, dry runs and cancels of one draft at once each state has one winner', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade: 21 });
  const approvals = Array.from({ length: 10 }, () => approve(member, launch));
  expect(await tally(approvals)).toEqual({ taken: 1, codes: ['conflict'] });
  await rest(w, member, launch, ['verified'], 20_000);
  expect((await eventKinds(w, launch)).filter((kind) => kind === 'approved')).toHaveLength(1);
  // Ten switches at once: one is taken, the campaign is on once, and the history says so once.
  expect(await tally(Array.from({ length: 10 }, () => member.api.call(contracts.activateLaunch, of(launch))))).toEqual({
    taken: 1,
    codes: ['conflict'],
  });
  await rest(w, member, launch, ['active'], 15_000);
  expect((await eventKinds(w, launch)).filter((kind) => kind === 'switched_on')).toHaveLength(1);
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
});

test('approve against cancel: whoever wins, the launch ends in one true state and nothing runs', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade: 22 });
  await tally([
    approve(member, launch),
    member.api.call(contracts.cancelLaunch, of(launch)),
    member.api.call(contracts.dryRunLaunch, of(launch)),
    member.api.call(contracts.cancelLaunch, of(launch)),
  ]);
  await deliverAtOnce(w, member, launch, 4);
  const end = await rest(w, member, launch, ['verified', 'cancelled', 'checked'], 20_000);
  expect(await running(launch)).toBe(0);
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, ghosts: 0 });
  if (end.state === 'cancelled') expect(end.byState.READY + end.byState.SENDING + end.byState.PLANNED).toBe(0);
});

test('a cancel that comes while the switch is being thrown leaves nothing running', async () => {
  const { member, launch } = await verified(23);
  w.sandbox.setFaults({ ...noFaults(23), latencyMs: [450, 450] });
  const switching = member.api.call(contracts.activateLaunch, of(launch)).catch((error: unknown) => error);
  // The platform has switched it on; we have not read that back yet.
  await w.until('the campaign is on', async () => (await running(launch)) === 1, 10_000);
  await member.api.call(contracts.cancelLaunch, of(launch));
  await switching;
  await rest(w, member, launch, ['cancelled'], 20_000);
  expect(await running(launch)).toBe(0);
  expect((await look(member, launch)).activatedAt).toBeNull();
}, 180_000);

test('a switch that takes effect after the cancel is found on and taken back; what a person switches on later stays', async () => {
  const { member, launch } = await verified(25);
  await w.db.query(
    `insert into launch_events (id, organization_id, launch_id, kind, at) values ('lev_by_test', $1, $2, 'switch_on_requested', now())`,
    [member.organizationId, launch.id],
  );
  await member.api.call(contracts.cancelLaunch, of(launch));
  await rest(w, member, launch, ['cancelled'], 20_000);
  const { access_token: token } = (await (
    await fetch(`${w.sandbox.url}/_sandbox/meta/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  ).json()) as { access_token: string };
  const [campaign] = await campaigns(launch);
  const switchThere = () =>
    fetch(`${w.sandbox.url}/graph.facebook.com/v26.0/${campaign?.id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'ACTIVE' }),
    });
  expect((await switchThere()).status).toBe(200);
  await w.until('it is found and paused', async () => (await running(launch)) === 0, 15_000);
  await w.until(
    'it is written down',
    async () => (await eventKinds(w, launch)).filter((kind) => kind === 'switch_taken_back').length === 2,
  );
  await w.db.query(`update launch_events set at = at - interval '1 hour' where launch_id = $1`, [launch.id]);
  expect((await switchThere()).status).toBe(200);
  await w.db.query(`update launches set next_sweep_at = now() - interval '1 minute' where id = $1`, [launch.id]);
  // While a look is under way the instant is its lease's; afterwards that of the next look.
  await w.until('it was looked at once more', async () => {
    const { rows } = await w.db.query(
      `select 1 from launches where id = $1 and next_sweep_at - rested_at in (interval '6 s', interval '12 s', interval '1 hour')`,
      [launch.id],
    );
    return rows.length > 0;
  });
  expect(await running(launch)).toBe(1);
}, 180_000);

test('a switch half thrown is taken back when the gate finds something wrong: "no money is at risk" is true', async () => {
  const { member, launch } = await verified(24);
  w.sandbox.setFaults({ ...noFaults(24), latencyMs: [250, 250] });
  const switching = member.api.call(contracts.activateLaunch, of(launch)).catch((error: unknown) => error);
  await w.until('the campaign is on', async () => (await running(launch)) === 1, 10_000);
  // The worker dies before it has read that back; meanwhile somebody deletes the ad.
  await w.restart();
  await switching;
  w.sandbox.setFaults(noFaults());
  const ad = [...(await compareWithOracle(w, launch)).byToken.values()].flat().find((one) => one.kind === 'ad');
  const { access_token: token } = (await (
    await fetch(`${w.sandbox.url}/_sandbox/meta/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  ).json()) as { access_token: string };
  expect(
    (
      await fetch(`${w.sandbox.url}/graph.facebook.com/v26.0/${ad?.id}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ status: 'ARCHIVED' }),
      })
    ).status,
  ).toBe(200);
  await w.db.query(`update launches set updated_at = now() - interval '1 minute' where id = $1`, [launch.id]);
  const end = await rest(w, member, launch, ['needs_attention'], 30_000);
  expect(end.attention).toContain('No money is at risk');
  expect(await running(launch)).toBe(0);
}, 180_000);

test('a stream of live events ends soon after its session has', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade: 26 });
  const response = await member.fetch(`/v1/launches/${launch.id}/events`);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  expect((await reader.read()).done).toBe(false);
  await w.db.query('update sessions set revoked_at = now() where user_id = $1', [member.userId]);
  const began = Date.now();
  for (let part = await reader.read(); !part.done; part = await reader.read()) expect(Date.now() - began).toBeLessThan(15_000);
  expect(Date.now() - began).toBeLessThan(15_000);
}, 30_000);

test('a stream of live events tells nothing more to whom became the login of a client who has no part in it', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade: 27 });
  const analyst = await addPerson(w, { organizationId: member.organizationId, role: 'analyst' });
  const response = await fetch(`${w.origin}/v1/launches/${launch.id}/events`, { headers: { authorization: `Bearer ${analyst.token}` } });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  expect((await reader.read()).done).toBe(false);
  const client = await member.api.call(clients.createClient, { body: { name: 'C', accountIds: [] } });
  await member.api.call(members.updateMember, { params: { userId: analyst.userId }, body: { role: 'client', clientId: client.id } });
  const began = Date.now();
  for (let part = await reader.read(); !part.done; part = await reader.read()) expect(Date.now() - began).toBeLessThan(15_000);
  expect(Date.now() - began).toBeLessThan(15_000);
}, 30_000);
