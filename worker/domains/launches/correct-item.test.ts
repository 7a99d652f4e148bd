import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchItem, LaunchSummary } from '#shared/contracts/launches.ts';
import * as limits from '#shared/contracts/spend-limits.ts';
import type { ApiClient } from '#shared/api-client/create-api-client.ts';
import type { BodyInput } from '#shared/contracts/define-contract.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, draftLaunch, look, rest } from '../../testing/launch-kit.ts';
import { apiWith, problemOf } from '../../testing/person-api.ts';
import { addPerson } from '../../testing/tenancy/add-person.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2 });
});
afterAll(() => {
  // What these tests have refused on purpose is an ad without a link.
  w.sandbox.log.violations.splice(0);
  return w.stop();
});

type Changes = BodyInput<typeof contracts.correctItem>['changes'];
const correct = (api: ApiClient, launch: LaunchSummary, item: Pick<LaunchItem, 'id'>, changes: Changes) =>
  api.call(contracts.correctItem, { params: { id: launch.id, itemId: item.id }, body: { planHash: launch.planHash, changes } });
const itemsOf = async (member: Member, launch: LaunchSummary, state?: 'REJECTED'): Promise<LaunchItem[]> =>
  (await member.api.call(contracts.listLaunchItems, { params: { id: launch.id }, query: { pageSize: 200, ...(state ? { state } : {}) } }))
    .items;
/** A launch in which the platform refuses one creative, because its link is not there. */
async function refused(shade: number, field = 'linkUrl', value = '') {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 2, ratios: ['1x1'], shade });
  await w.db.query(
    `update launch_items set spec = jsonb_set(spec, array[$2], to_jsonb($3::text)) where id = (select id from launch_items where launch_id = $1 and kind = 'creative' order by position limit 1)`,
    [launch.id, field, value],
  );
  await approve(member, launch);
  const stuck = await rest(w, member, launch, ['needs_attention'], 20_000);
  const [item] = (await itemsOf(member, stuck, 'REJECTED')) as [LaunchItem];
  return { member, launch: stuck, item };
}
const LINK = 'https://example.com/corrected';

test('a refused row is put right in place and sent, it alone: same token and path, new plan hash, both versions in the receipt', async () => {
  const { member, launch, item } = await refused(980);
  expect(item.error).toMatchObject({ retry: 'fixable' });
  expect(item.correctable).toContainEqual({ field: 'linkUrl', value: '' });
  const before = await w.db.query(`select id, attempt, client_token from launch_items where launch_id = $1 order by id`, [launch.id]);

  expect(await problemOf(correct(member.api, launch, item, { primaryText: 'x'.repeat(4_000) }))).toMatchObject({ code: 'invalid_input' });
  expect(await problemOf(correct(member.api, launch, item, { linkUrl: 'nowhere' }))).toMatchObject({ code: 'invalid_input' });
  expect(await problemOf(correct(member.api, launch, item, { dailyBudgetMinor: 1 }))).toMatchObject({ code: 'invalid_input' });
  expect(await problemOf(correct(member.api, { ...launch, planHash: 'another' }, item, { linkUrl: LINK }))).toMatchObject({
    code: 'plan_changed',
  });
  const made = (await itemsOf(member, launch)).find((one) => one.state === 'VERIFIED' && one.kind === 'creative') as LaunchItem;
  expect(await problemOf(correct(member.api, launch, made, { headline: 'Hello' }))).toMatchObject({ code: 'conflict' });

  await correct(member.api, launch, item, { linkUrl: LINK });
  const ready = await rest(w, member, launch, ['verified'], 20_000);
  expect(ready.planHash).not.toBe(launch.planHash);
  const after = await w.db.query(`select id, attempt, client_token from launch_items where launch_id = $1 order by id`, [launch.id]);
  for (const [i, row] of after.rows.entries()) {
    expect(row.client_token).toBe(before.rows[i]?.client_token);
    if (before.rows[i]?.attempt > 0) expect(row.attempt).toBe(before.rows[i]?.attempt + (row.id === item.id ? 1 : 0));
  }
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
  const now = (await itemsOf(member, launch)).find((one) => one.id === item.id);
  expect(now).toMatchObject({
    state: 'VERIFIED',
    itemPath: item.itemPath,
    correctable: [],
    corrections: [{ by: 'Test person', changes: [{ field: 'linkUrl', before: '', after: LINK }] }],
  });
  await member.api.call(contracts.activateLaunch, { params: { id: launch.id } });
  await rest(w, member, launch, ['active'], 20_000);
}, 90_000);

test('words ask for no proof; a link, which leads people elsewhere, does', async () => {
  const { member, launch, item } = await refused(981, 'pageId', '1');
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [member.userId]);
  expect(await problemOf(correct(member.api, launch, item, { linkUrl: LINK }))).toMatchObject({ code: 'proof_needed' });
  const known = async () =>
    (
      await w.db.query<{ fingerprint: string; shown: boolean }>(
        `select fingerprint, depends_on ? $2 as shown from launch_items where launch_id = $1 and kind = 'ad' order by id`,
        [launch.id, item.id],
      )
    ).rows;
  const before = await known();
  await correct(member.api, launch, item, { headline: 'Better words' });
  // The ads that show it are known by what they say now, the others as before.
  const after = await known();
  expect(after.map((ad, i) => ad.fingerprint !== before[i]?.fingerprint)).toEqual(before.map((ad) => ad.shown));
  expect(new Set(before.map((ad) => ad.shown)).size).toBe(2);
  // Sent and refused again: words were not what was wrong.
  await w.until('it is refused again', async () => {
    const [row] = await itemsOf(member, launch, 'REJECTED');
    return (row?.attempts.length ?? 0) === 2 && (await look(member, launch)).state === 'needs_attention';
  });
}, 60_000);

test('above the threshold nothing is sent before a second person approved the changed plan; who corrected is no second person', async () => {
  const { member, launch, item } = await refused(982);
  await member.api.call(limits.setSpendLimit, {
    params: { currency: launch.currency },
    body: { secondPersonAboveMinor: 0, accountDailyMinor: null, organizationDailyMinor: null },
  });
  const people = await Promise.all([1, 2].map(() => addPerson(w, { organizationId: member.organizationId, role: 'manager' })));
  const [corrector, second] = people.map((person) => apiWith(w, person.token)) as [ApiClient, ApiClient];
  const waiting = await correct(corrector, launch, item, { linkUrl: LINK });
  expect(waiting).toMatchObject({ state: 'needs_attention', approval: { isVoid: true, you: 'author' } });
  expect(await problemOf(member.api.call(contracts.retryLaunch, { params: { id: launch.id } }))).toMatchObject({
    reason: 'second_person_needed',
  });
  const give = (api: ApiClient, planHash: string) =>
    api.call(contracts.approveLaunch, { params: { id: launch.id }, body: { planHash, capMinor: launch.capMinor } });
  expect(await problemOf(give(second, launch.planHash))).toMatchObject({ code: 'plan_changed' });
  for (const api of [member.api, corrector])
    expect(await problemOf(give(api, waiting.planHash))).toMatchObject({ reason: 'second_person_needed' });
  expect((await itemsOf(member, launch, 'REJECTED'))[0]?.attempts).toHaveLength(1);
  await give(second, waiting.planHash);
  expect(await rest(w, member, launch, ['verified'], 20_000)).toMatchObject({ approval: { isVoid: false } });
}, 60_000);

test('a correction never takes the budgets above the approved cap', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 1, ratios: ['1x1'], shade: 983 });
  await w.db.query(
    `update launch_items set spec = jsonb_set(spec, '{optimizationGoal}', '"NOT_A_GOAL"') where launch_id = $1 and item_path = 'c1/s2'`,
    [launch.id],
  );
  await approve(member, launch);
  const stuck = await rest(w, member, launch, ['needs_attention'], 20_000);
  const [item] = (await itemsOf(member, stuck, 'REJECTED')) as [LaunchItem];
  const budget = Number(item.correctable.find((one) => one.field === 'dailyBudgetMinor')?.value);
  expect(await problemOf(correct(member.api, stuck, item, { dailyBudgetMinor: budget + 1 }))).toMatchObject({ reason: 'above_the_cap' });
  expect((await look(member, stuck)).planHash).toBe(stuck.planHash);
  expect((await correct(member.api, stuck, item, { dailyBudgetMinor: budget - 1 })).planHash).not.toBe(stuck.planHash);
}, 60_000);
