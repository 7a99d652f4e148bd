import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { QueryInput } from '#shared/contracts/define-contract.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, eventKinds, rest, storeDraft, uploadFiles } from '../../testing/launch-kit.ts';
import { testPlan } from '../../testing/test-plan.ts';

let w: TestWorker;
let member: Member;
let accountId: string;
const { plan, files } = testPlan({ adSets: 1, concepts: 2, ratios: ['1x1'] });
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  ({ accountId } = await connectMeta(w, member));
  await uploadFiles(w, member, files);
});
afterAll(() => w.stop());

const named = (name: string, edit: Partial<Plan> = {}): Plan => ({ ...plan, name, ...edit });
const listed = async (query: QueryInput<typeof contracts.listLaunches>, of = member) =>
  (await of.api.call(contracts.listLaunches, { query })).launches.map((launch) => launch.name);

test('the history is filtered by account, person, state, words and time, page by page', async () => {
  const ideas = plan.concepts.map((concept, i) => ({ ...concept, name: i === 0 ? 'Été à la plage' : 'Founder story' }));
  const first = await storeDraft(w, member, named('Autumn sale', { concepts: ideas }), []);
  const second = await storeDraft(w, member, named('Winter sale'), []);
  await member.api.call(contracts.cancelLaunch, { params: { id: second.id } });
  await w.db.query(`update launches set created_at = '2026-01-05T10:00:00Z' where id = $1`, [first.id]);

  expect(await listed({})).toEqual(['Winter sale', 'Autumn sale']);
  expect(await listed({ accountId })).toHaveLength(2);
  expect(await listed({ accountId: 'acc_00000000000000000000000000' })).toEqual([]);
  expect(await listed({ createdBy: member.userId })).toHaveLength(2);
  expect(await listed({ createdBy: 'key' })).toEqual([]);
  expect(await listed({ state: 'draft' })).toEqual(['Autumn sale']);
  expect(await listed({ state: 'cancelled' })).toEqual(['Winter sale']);
  expect(await listed({ text: 'SALE winter' })).toEqual(['Winter sale']);
  expect(await listed({ text: 'ete plage' })).toEqual(['Autumn sale']);
  expect(await listed({ text: '100%_' })).toEqual([]);
  expect(await listed({ since: '2026-01-05T10:00:00.000Z', until: '2026-01-05T10:00:00.001Z' })).toEqual(['Autumn sale']);
  expect(await listed({ until: '2026-01-05T10:00:00.000Z' })).toEqual([]);
  const page = await member.api.call(contracts.listLaunches, { query: { text: 'sale', pageSize: 1 } });
  expect(await listed({ text: 'sale', pageSize: 1, cursor: page.nextCursor ?? '' })).toEqual(['Autumn sale']);
});

test('a launch at work whose connection ended is found where it is shown: among those that need a person', async () => {
  const launch = await storeDraft(w, member, named('Waits'), []);
  await w.db.query(`update launches set state = 'running' where id = $1`, [launch.id]);
  const connection = `id = (select connection_id from ad_accounts where id = '${accountId}')`;
  await w.db.query(`update connections set status = 'expired' where ${connection}`);
  expect([await listed({ state: 'running' }), await listed({ state: 'needs_attention' })]).toEqual([[], ['Waits']]);
  await w.db.query(`update connections set status = 'active' where ${connection}`);
  expect([await listed({ state: 'running' }), await listed({ state: 'needs_attention' })]).toEqual([['Waits'], []]);
  await w.db.query(`update launches set state = 'draft' where id = $1`, [launch.id]);
  await member.api.call(contracts.cancelLaunch, { params: { id: launch.id } });
});

test('launching again makes a draft of its own with other tokens and later dates, once for each key, and sends nothing', async () => {
  const { settings } = plan;
  const launch = await storeDraft(w, member, named('Once', { settings: { ...settings, namingDate: '2026-01-01' } }), []);
  await approve(member, launch);
  await rest(w, member, launch, ['verified']);
  // As time makes it: the start of a plan was in the future when it was stored.
  await w.db.query(`update launches set plan = jsonb_set(plan, '{settings,startTime}', '"2026-01-02T08:00:00.000Z"') where id = $1`, [
    launch.id,
  ]);
  const calls = w.sandbox.log.requests.length;
  const again = () => member.api.call(contracts.launchAgain, { params: { id: launch.id }, idempotencyKey: 'again-1' });
  const made = await again();
  expect(made.launch).toMatchObject({ name: 'Once', state: 'draft', approvedAt: null, callsMade: 0 });
  expect((await again()).launch.id).toBe(made.launch.id);
  expect(made.moved.map((one) => [one.field, one.from])).toEqual([
    ['startTime', '2026-01-02T08:00:00.000Z'],
    ['namingDate', '2026-01-01'],
  ]);
  expect(Date.parse(made.moved[0]?.to ?? '')).toBeGreaterThan(Date.now());
  expect(made.warnings).toContainEqual(expect.objectContaining({ code: 'AD_LAUNCHED_BEFORE', launchId: launch.id }));
  expect(w.sandbox.log.requests.length).toBe(calls);
  const tokens = async (id: string) =>
    (await w.db.query<{ client_token: string }>('select client_token from launch_items where launch_id = $1', [id])).rows.map(
      (row) => row.client_token,
    );
  const [old, fresh] = [await tokens(launch.id), await tokens(made.launch.id)];
  expect(new Set([...old, ...fresh]).size).toBe(old.length * 2);
  expect(await eventKinds(w, made.launch)).toEqual(['launched_again']);

  await w.db.query(`update media set state = 'refused' where organization_id = $1`, [member.organizationId]);
  await expect(member.api.call(contracts.launchAgain, { params: { id: launch.id } })).rejects.toMatchObject({
    problem: { code: 'invalid_input' },
  });
  await w.db.query(`update media set state = 'ready' where organization_id = $1`, [member.organizationId]);
});

test('two launches are compared by item path, page by page, and only within an organization', async () => {
  const a = await storeDraft(w, member, named('A'), []);
  const adSets = plan.adSets.map((adSet) => ({ ...adSet, dailyBudgetMinor: 4_200 }));
  const [concept] = plan.concepts;
  const b = await storeDraft(w, member, named('B', { adSets, concepts: concept ? [concept] : [], media: plan.media.slice(0, 1) }), []);
  const ask = (query: { with: string; pageSize?: number; cursor?: string }) =>
    member.api.call(contracts.diffLaunches, { params: { id: a.id }, query });
  const whole = await ask({ with: b.id });
  expect(whole).toMatchObject({ a: { name: 'A' }, b: { name: 'B' }, counts: { onlyInA: 3, onlyInB: 0, changed: 1, same: 4 } });
  expect(whole.differences.find((one) => one.in === 'both')).toEqual({
    itemPath: 'c1/s1',
    kind: 'ad_set',
    name: 'Audience 1',
    in: 'both',
    fields: [{ field: 'dailyBudgetMinor', a: '2000', b: '4200' }],
  });
  const paged = [await ask({ with: b.id, pageSize: 2 }), await ask({ with: b.id, pageSize: 2, cursor: '2' })];
  expect(paged.flatMap((page) => page.differences)).toEqual(whole.differences);
  expect(paged.map((page) => page.nextCursor)).toEqual(['2', null]);
  expect((await ask({ with: a.id })).differences).toEqual([]);
  const other = await w.signUp();
  for (const pair of [
    [a.id, b.id],
    [b.id, a.id],
  ] as const)
    await expect(other.api.call(contracts.diffLaunches, { params: { id: pair[0] }, query: { with: pair[1] } })).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
});
