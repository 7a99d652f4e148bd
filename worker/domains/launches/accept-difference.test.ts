import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchItem, LaunchSummary } from '#shared/contracts/launches.ts';
import * as limits from '#shared/contracts/spend-limits.ts';
import type { ApiClient } from '#shared/api-client/create-api-client.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, draftLaunch, rest } from '../../testing/launch-kit.ts';
import { apiWith, problemOf } from '../../testing/person-api.ts';
import { addPerson } from '../../testing/tenancy/add-person.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2 });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

const SMALL = { adSets: 1, concepts: 1, ratios: ['1x1' as const] };
const driftedOf = async (member: Member, launch: LaunchSummary): Promise<LaunchItem[]> =>
  (await member.api.call(contracts.listLaunchItems, { params: { id: launch.id }, query: { pageSize: 200 } })).items.filter(
    (item) => item.drift.length > 0,
  );
const accept = (api: ApiClient, launch: LaunchSummary, item: Pick<LaunchItem, 'id' | 'drift'>, reason = 'It may stay as it is') =>
  api.call(contracts.acceptDifference, { params: { id: launch.id, itemId: item.id }, body: { drift: item.drift, reason } });
const activate = (member: Member, launch: LaunchSummary) => member.api.call(contracts.activateLaunch, { params: { id: launch.id } });
/** Somebody changes the ad set in the ad manager. */
async function changeAdSet(launch: LaunchSummary, fields: Record<string, string>): Promise<void> {
  const { rows } = await w.db.query(`select external_id from launch_items where launch_id = $1 and kind = 'ad_set'`, [launch.id]);
  const asked = await fetch(`${w.sandbox.url}/_sandbox/meta/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { access_token: token } = await asked.json<{ access_token: string }>();
  const changed = await fetch(`${w.sandbox.url}/graph.facebook.com/v26.0/${rows[0]?.external_id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(fields),
  });
  expect(changed.ok).toBe(true);
}

test('an accepted difference opens the gate for its subtree; who, when and why stand in the receipt', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 3, shade: 6 });
  w.sandbox.setFaults({ ...noFaults(6), enhancementFlip: 0.5 });
  await approve(member, launch);
  await rest(w, member, launch, ['needs_attention'], 20_000);
  w.sandbox.setFaults(noFaults());
  const drifted = await driftedOf(member, launch);
  expect(drifted.length).toBeGreaterThan(0);
  for (const item of drifted) {
    await accept(member.api, launch, item, 'Brightness is fine here');
    await rest(w, member, launch, ['needs_attention', 'verified'], 20_000);
  }
  expect(await rest(w, member, launch, ['verified'], 20_000)).toMatchObject({ attention: null });
  const { items } = await member.api.call(contracts.listLaunchItems, {
    params: { id: launch.id },
    query: { kind: 'creative', pageSize: 200 },
  });
  const kept = items.find((item) => item.id === drifted[0]?.id);
  expect(kept).toMatchObject({
    state: 'VERIFIED',
    drift: [],
    accepted: [{ ...drifted[0]?.drift[0], by: 'Test person', at: expect.any(String), reason: 'Brightness is fine here' }],
  });
  await activate(member, launch);
  await rest(w, member, launch, ['active'], 20_000);
}, 90_000);

test('a budget above the planned one is never accepted; a lower one is, and only as it was seen', async () => {
  const { member, launch } = await draftLaunch(w, { ...SMALL, shade: 970 });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 20_000);
  await changeAdSet(launch, { daily_budget: '9900' });
  expect(await activate(member, launch)).toMatchObject({ state: 'needs_attention' });
  const [above] = await driftedOf(member, launch);
  expect(above?.drift).toEqual([{ field: 'daily_budget', planned: '2000', found: '9900' }]);
  expect(await problemOf(accept(member.api, launch, above as LaunchItem))).toMatchObject({ reason: 'difference_not_acceptable' });

  await changeAdSet(launch, { daily_budget: '1500' });
  await member.api.call(contracts.retryLaunch, { params: { id: launch.id } });
  await rest(w, member, launch, ['needs_attention'], 20_000);
  const [below] = await driftedOf(member, launch);
  expect(await problemOf(accept(member.api, launch, above as LaunchItem))).toMatchObject({ reason: 'difference_changed' });
  await accept(member.api, launch, below as LaunchItem);
  await rest(w, member, launch, ['verified'], 20_000);
  // What was accepted is one value, not the field.
  await changeAdSet(launch, { daily_budget: '1600' });
  expect(await activate(member, launch)).toMatchObject({ state: 'needs_attention' });
}, 90_000);

test('above the threshold only a second person accepts; keys never do, and nobody without a fresh proof', async () => {
  const { member, launch } = await draftLaunch(w, { ...SMALL, shade: 971 });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 20_000);
  await changeAdSet(launch, { daily_budget: '1500' });
  expect(await activate(member, launch)).toMatchObject({ state: 'needs_attention' });
  const [item] = (await driftedOf(member, launch)) as [LaunchItem];
  await member.api.call(limits.setSpendLimit, {
    params: { currency: launch.currency },
    body: { secondPersonAboveMinor: 0, accountDailyMinor: null, organizationDailyMinor: null },
  });
  expect(await problemOf(accept(member.api, launch, item))).toMatchObject({ reason: 'second_person_needed' });
  const second = await addPerson(w, { organizationId: member.organizationId, role: 'manager' });
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [second.userId]);
  const api = apiWith(w, second.token);
  expect(await problemOf(accept(api, launch, item))).toMatchObject({ code: 'proof_needed' });
  await w.db.query(`update sessions set proven_at = now() where user_id = $1`, [second.userId]);
  await accept(api, launch, item);
  await rest(w, member, launch, ['verified'], 20_000);
}, 60_000);
