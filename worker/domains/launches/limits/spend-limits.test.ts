import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import * as limits from '#shared/contracts/spend-limits.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { approve, draftLaunch, look, rest, storeDraft } from '../../../testing/launch-kit.ts';
import { apiWith, problemOf } from '../../../testing/person-api.ts';
import { addPerson } from '../../../testing/tenancy/add-person.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2 });
});
afterAll(() => w.stop());

const SMALL = { adSets: 1, concepts: 1, ratios: ['1x1' as const] };
const NONE = { secondPersonAboveMinor: null, accountDailyMinor: null, organizationDailyMinor: null };
const setLimit = (member: Member, currency: string, over: object) =>
  member.api.call(limits.setSpendLimit, { params: { currency }, body: { ...NONE, ...over } });
const activate = (member: Member, launch: LaunchSummary) => member.api.call(contracts.activateLaunch, { params: { id: launch.id } });
/** Two launches of one plan on one account, ready and paused. */
const pair = async (shade: number) => {
  const { member, launch: one, plan } = await draftLaunch(w, { ...SMALL, shade });
  const two = await storeDraft(w, member, { ...plan, name: 'The other one' }, []);
  for (const launch of [one, two]) {
    await approve(member, launch);
    await rest(w, member, launch, ['verified'], 20_000);
  }
  return { member, one, two, plan, daily: one.capMinor };
};

test('two launches that want the last room of an account at once: one gets it, the other stays paused and says why', async () => {
  const { member, one, two, plan, daily } = await pair(950);
  await setLimit(member, one.currency, { accountDailyMinor: 2 * daily - 1 });
  const answers = await Promise.allSettled([activate(member, one), activate(member, two)]);
  expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [on, off] = answers[0]?.status === 'fulfilled' ? [one, two] : [two, one];
  await rest(w, member, on, ['active'], 20_000);
  expect((await look(member, off)).state).toBe('verified');
  expect(await problemOf(activate(member, off))).toMatchObject({ code: 'conflict', reason: 'above_account_limit' });

  // Said at the plan, refused at the approval.
  const { problems } = await member.api.call(contracts.previewLaunch, { body: { plan: plan as unknown as Record<string, unknown> } });
  expect(problems).toContainEqual(expect.objectContaining({ code: 'ABOVE_ACCOUNT_LIMIT', severity: 'warning' }));
  const third = await storeDraft(w, member, { ...plan, name: 'A third one' }, []);
  expect(await problemOf(approve(member, third))).toMatchObject({ reason: 'above_account_limit' });

  // Paused in the ad manager and seen so by a listing since: it leaves room.
  const { rows } = await w.db.query(`select external_id from launch_items where launch_id = $1 and kind = 'campaign'`, [on.id]);
  const seen = `insert into ad_entities (organization_id, account_id, external_id, kind, campaign_external_id, name, status, status_raw, synced_at)
    values ($1, $2, $3, 'campaign', $3, 'x', 'paused', 'PAUSED', $4)
    on conflict (organization_id, account_id, external_id) do update set status = 'paused', synced_at = excluded.synced_at`;
  const look0 = [member.organizationId, on.accountId, rows[0]?.external_id];
  await w.db.query(seen, [...look0, new Date(Date.now() - 60_000)]);
  expect(await problemOf(activate(member, off))).toMatchObject({ reason: 'above_account_limit' });
  await w.db.query(seen, [...look0, new Date(Date.now() + 660_000)]);
  await activate(member, off);
  await rest(w, member, off, ['active'], 20_000);
});

test("the organization's limit counts all accounts of the currency, and no other currency", async () => {
  const { member, one, two, daily } = await pair(960);
  await activate(member, one);
  await rest(w, member, one, ['active'], 20_000);
  await w.db.query(`update launches set account_id = 'acc_elsewhere' where id = $1`, [one.id]);
  await setLimit(member, one.currency, { accountDailyMinor: daily, organizationDailyMinor: 2 * daily - 1 });
  expect(await problemOf(activate(member, two))).toMatchObject({ reason: 'above_organization_limit' });
  await w.db.query(`update launches set currency = 'JPY' where id = $1`, [one.id]);
  await activate(member, two);
});

test('limits are set by who runs the organization with a fresh proof, are told with who did it, and go when nothing is left of them', async () => {
  const member = await w.signUp();
  const manager = await addPerson(w, { organizationId: member.organizationId, role: 'manager' });
  const api = apiWith(w, manager.token);
  const said = await setLimit(member, 'EUR', { secondPersonAboveMinor: 50_000 });
  expect(said.limits).toMatchObject([
    { currency: 'EUR', secondPersonAboveMinor: 50_000, accountDailyMinor: null, updatedBy: 'Test person' },
  ]);
  expect((await api.call(limits.listSpendLimits, {})).limits).toHaveLength(1);
  const change = { params: { currency: 'EUR' }, body: NONE };
  expect(await problemOf(api.call(limits.setSpendLimit, change))).toMatchObject({ code: 'not_allowed' });
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [member.userId]);
  expect(await problemOf(member.api.call(limits.setSpendLimit, change))).toMatchObject({ code: 'proof_needed' });
  await w.db.query(`update sessions set proven_at = now() where user_id = $1`, [member.userId]);
  expect((await member.api.call(limits.setSpendLimit, change)).limits).toEqual([]);
  expect(await problemOf(member.api.call(limits.setSpendLimit, { ...change, params: { currency: 'ZZZ' } }))).toMatchObject({
    code: 'not_found',
  });
  const { rows } = await w.db.query(
    `select detail from audit_log where organization_id = $1 and action = 'organization.spend_limit' order by at`,
    [member.organizationId],
  );
  expect(rows.map((row) => row.detail)).toMatchObject([
    { before: null, after: { secondPersonAboveMinor: 50_000 } },
    { before: { secondPersonAboveMinor: 50_000 }, after: null },
  ]);
});
