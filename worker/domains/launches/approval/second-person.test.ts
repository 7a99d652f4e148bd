import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import * as limits from '#shared/contracts/spend-limits.ts';
import type { ApiClient } from '#shared/api-client/create-api-client.ts';
import type { Role } from '#shared/rules/permissions.ts';
import { noFaults } from '../../../../sandbox/index.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { approve, compareWithOracle, draftLaunch, eventKinds, look, rest, storeDraft } from '../../../testing/launch-kit.ts';
import { apiWith, problemOf } from '../../../testing/person-api.ts';
import { addApiKey, addPerson } from '../../../testing/tenancy/add-person.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2 });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

const SMALL = { adSets: 1, concepts: 1, ratios: ['1x1' as const] };
let shade = 900;
/** A draft whose planner is the organization's owner, and a threshold below its budgets. */
const aboveThreshold = async () => {
  const made = await draftLaunch(w, { ...SMALL, shade: (shade += 1) });
  await setLimit(made.member.api, made.launch.currency, { secondPersonAboveMinor: made.launch.capMinor - 1 });
  return { ...made, second: await add(made.member, 'manager') };
};
const setLimit = (api: ApiClient, currency: string, over: object) =>
  api.call(limits.setSpendLimit, {
    params: { currency },
    body: { secondPersonAboveMinor: null, accountDailyMinor: null, organizationDailyMinor: null, ...over },
  });
const add = async (home: Member, role: Role) => {
  const person = await addPerson(w, { organizationId: home.organizationId, role });
  return { ...person, api: apiWith(w, person.token) };
};
const of = (launch: LaunchSummary) => ({ params: { id: launch.id }, body: { planHash: launch.planHash } });
const give = (api: ApiClient, launch: LaunchSummary, capMinor = launch.capMinor) =>
  api.call(contracts.approveLaunch, { params: { id: launch.id }, body: { planHash: launch.planHash, capMinor } });
const mailsTo = async (userId: string): Promise<string[]> =>
  (await w.db.query('select template from mails where user_id = $1 order by created_at', [userId])).rows.map((row) => row.template);
const nothingWasMade = async (launch: LaunchSummary) => expect((await compareWithOracle(w, launch)).created).toBe(0);

test('above the threshold the planner asks, a second person approves, both stand in the receipt, and the planner switches on', async () => {
  const { member, launch, second } = await aboveThreshold();
  expect((await look(member, launch)).approval).toMatchObject({ needsSecondPerson: true, you: 'author', asked: null, approvedUntil: null });
  expect(await problemOf(give(member.api, launch))).toMatchObject({ code: 'not_allowed', reason: 'second_person_needed' });
  await nothingWasMade(launch);

  await member.api.call(contracts.askApproval, of(launch));
  const again = await member.api.call(contracts.askApproval, of(launch));
  expect(again.approval.asked).toMatchObject({ by: 'Test person' });
  expect(await mailsTo(second.userId)).toEqual(['approval_asked']);
  expect(await mailsTo(member.userId)).not.toContain('approval_asked');
  const seen = await second.api.call(contracts.getLaunch, { params: { id: launch.id } });
  expect(seen.approval).toMatchObject({ you: 'may', asked: again.approval.asked });

  await give(second.api, launch);
  const ready = await rest(w, member, launch, ['verified'], 20_000);
  expect(ready.approval.approvedUntil).not.toBeNull();
  expect(await mailsTo(member.userId)).toContain('approval_decided');
  const receipt = await (
    await member.fetch(`/v1/launches/${launch.id}/receipts?format=json`)
  ).json<{ approvals: { askedBy: string; askedAt: string; decidedBy: string; decidedAt: string; decision: string; planHash: string }[] }>();
  expect(receipt.approvals).toMatchObject([
    {
      askedBy: 'Test person',
      askedAt: expect.any(String),
      decidedBy: 'Test person',
      decidedAt: expect.any(String),
      decision: 'approved',
      planHash: launch.planHash,
    },
  ]);
  const { rows } = await w.db.query('select asked_by, decided_by from launch_approvals where launch_id = $1', [launch.id]);
  expect(rows).toEqual([{ asked_by: member.userId, decided_by: second.userId }]);
  await member.api.call(contracts.activateLaunch, { params: { id: launch.id } });
  await rest(w, member, launch, ['active'], 20_000);
});

test('at the threshold one person is enough, and nobody can be asked', async () => {
  const { member, launch } = await draftLaunch(w, { ...SMALL, shade: (shade += 1) });
  await setLimit(member.api, launch.currency, { secondPersonAboveMinor: launch.capMinor });
  expect((await look(member, launch)).approval).toMatchObject({ needsSecondPerson: false, you: 'may' });
  expect(await problemOf(member.api.call(contracts.askApproval, of(launch)))).toMatchObject({ reason: 'second_person_not_needed' });
  expect(await problemOf(give(member.api, launch, launch.capMinor + 1))).toMatchObject({ reason: 'second_person_needed' });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 20_000);
});

test('a threshold in another currency only: a second person is asked, nothing is converted', async () => {
  const { member, launch } = await draftLaunch(w, { ...SMALL, shade: (shade += 1) });
  await setLimit(member.api, launch.currency === 'JPY' ? 'EUR' : 'JPY', { secondPersonAboveMinor: 9_000_000_000 });
  expect(await problemOf(give(member.api, launch))).toMatchObject({ reason: 'second_person_needed' });
});

test('a refusal has a reason, reaches the planner, and can be asked again', async () => {
  const { member, launch, second } = await aboveThreshold();
  const decline = (api: ApiClient, reason: string) =>
    api.call(contracts.declineApproval, { params: { id: launch.id }, body: { planHash: launch.planHash, reason } });
  expect(await problemOf(decline(second.api, 'too early'))).toMatchObject({ reason: 'nothing_asked' });
  await member.api.call(contracts.askApproval, of(launch));
  expect(await problemOf(decline(member.api, 'never mind'))).toMatchObject({ reason: 'second_person_needed' });
  expect(await problemOf(decline(second.api, ' '))).toMatchObject({ code: 'invalid_input' });
  await decline(second.api, 'The page is not ready');
  expect((await look(member, launch)).approval).toMatchObject({ asked: null, declined: { reason: 'The page is not ready' } });
  expect(await mailsTo(member.userId)).toContain('approval_decided');
  expect((await member.api.call(contracts.askApproval, of(launch))).approval).toMatchObject({
    asked: { by: 'Test person' },
    declined: null,
  });
  expect(await eventKinds(w, launch)).toEqual(['approval_asked', 'approval_declined', 'approval_asked']);
});

test('nobody else may approve: it says so instead of waiting for nobody', async () => {
  const { member, launch } = await draftLaunch(w, { ...SMALL, shade: (shade += 1) });
  await setLimit(member.api, launch.currency, { secondPersonAboveMinor: 0 });
  await add(member, 'analyst');
  expect(await problemOf(member.api.call(contracts.askApproval, of(launch)))).toMatchObject({ reason: 'nobody_to_ask' });
  expect((await look(member, launch)).approval.asked).toBeNull();
});

test('an approval that was not used within 24 hours switches nothing on, and a second person renews it', async () => {
  const { member, launch, second } = await aboveThreshold();
  await give(second.api, launch);
  await rest(w, member, launch, ['verified'], 20_000);
  await w.db.query(`update launch_approvals set expires_at = now() - interval '1 second' where launch_id = $1`, [launch.id]);
  expect((await look(member, launch)).approval.approvedUntil).toBeNull();
  const activate = () => member.api.call(contracts.activateLaunch, { params: { id: launch.id } });
  expect(await problemOf(activate())).toMatchObject({ code: 'conflict', reason: 'approval_expired' });
  expect((await look(member, launch)).state).toBe('verified');
  await member.api.call(contracts.askApproval, of(launch));
  expect(await problemOf(give(member.api, launch))).toMatchObject({ reason: 'second_person_needed' });
  expect(await problemOf(give(second.api, launch, launch.capMinor + 1))).toMatchObject({ reason: 'launch_moved_on' });
  expect((await give(second.api, launch)).state).toBe('verified');
  await activate();
  await rest(w, member, launch, ['active'], 20_000);
});

test('a threshold that came after the approval counts at the switch-on', async () => {
  const { member, launch } = await draftLaunch(w, { ...SMALL, shade: (shade += 1) });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 20_000);
  await setLimit(member.api, launch.currency, { secondPersonAboveMinor: 0 });
  expect(await problemOf(member.api.call(contracts.activateLaunch, { params: { id: launch.id } }))).toMatchObject({
    reason: 'second_person_needed',
  });
});

test('a request lapses after 24 hours and is asked anew', async () => {
  const { member, launch, second } = await aboveThreshold();
  await member.api.call(contracts.askApproval, of(launch));
  await w.db.query(`update launch_approvals set expires_at = now() - interval '1 second' where launch_id = $1`, [launch.id]);
  expect((await look(member, launch)).approval.asked).toBeNull();
  await member.api.call(contracts.askApproval, of(launch));
  expect(await mailsTo(second.userId)).toEqual(['approval_asked', 'approval_asked']);
});

test('keys never approve, ask or change a limit; who made a key is the author of what it stored', async () => {
  const { member, plan, second } = await aboveThreshold();
  const { id, key } = await addApiKey(w, member.organizationId, ['launches:*', 'organization:*']);
  await w.db.query('update api_keys set created_by = $1 where id = $2', [second.userId, id]);
  const api = apiWith(w, key);
  const launch = await storeDraft(w, { ...member, api }, plan, []);
  const refused = { code: 'not_allowed' };
  expect(await problemOf(give(api, launch))).toMatchObject(refused);
  expect(await problemOf(api.call(contracts.askApproval, of(launch)))).toMatchObject(refused);
  expect(await problemOf(setLimit(api, launch.currency, {}))).toMatchObject(refused);
  expect(await problemOf(give(second.api, launch))).toMatchObject({ reason: 'second_person_needed' });
  await give(member.api, launch);
});

test('a plan whose author nobody knows needs one person who asks and another who approves', async () => {
  const { member, launch, second } = await aboveThreshold();
  await w.db.query('update launches set planner_id = null where id = $1', [launch.id]);
  expect(await problemOf(give(second.api, launch))).toMatchObject({ reason: 'second_person_first_asked' });
  await member.api.call(contracts.askApproval, of(launch));
  expect(await problemOf(give(member.api, launch))).toMatchObject({ reason: 'second_person_needed' });
  await give(second.api, launch);
});

test('of two who approve at once one does; the other hears that the launch has moved on', async () => {
  const { member, launch, second } = await aboveThreshold();
  const third = await add(member, 'admin');
  const answers = await Promise.allSettled([second, third].map((person) => give(person.api, launch)));
  expect(answers.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await eventKinds(w, launch)).toEqual(['approved']);
  const { rows } = await w.db.query('select decision from launch_approvals where launch_id = $1', [launch.id]);
  expect(rows).toEqual([{ decision: 'approved' }]);
});

test('a plan that changes, or a role that goes, while somebody approves: nothing is approved', async () => {
  const { member, launch, second } = await aboveThreshold();
  const meanwhile = async (change: string, values: unknown[]) => {
    await w.db.query('begin');
    await w.db.query(change, values);
    const answer = problemOf(give(second.api, launch));
    await new Promise((resolve) => setTimeout(resolve, 400));
    await w.db.query('commit');
    return answer;
  };
  expect(await meanwhile(`update memberships set role = 'analyst' where user_id = $1`, [second.userId])).toMatchObject({
    code: 'not_allowed',
  });
  await w.db.query(`update memberships set role = 'manager' where user_id = $1`, [second.userId]);
  expect(await meanwhile(`update launches set plan_hash = 'another' where id = $1`, [launch.id])).toMatchObject({ code: 'plan_changed' });
  expect((await look(member, launch)).state).toBe('draft');
  await nothingWasMade(launch);
});
