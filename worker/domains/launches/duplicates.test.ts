import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, eventKinds, rest, storeDraft, uploadFiles } from '../../testing/launch-kit.ts';
import { testPlan } from '../../testing/test-plan.ts';

let w: TestWorker;
let member: Member;
const { plan, files } = testPlan({ adSets: 1, concepts: 1, ratios: ['1x1'] });
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  await connectMeta(w, member);
  await uploadFiles(w, member, files);
});
afterAll(() => w.stop());

const wire = (value: Plan) => ({ body: { plan: value as unknown as Record<string, unknown> } });
const [text] = plan.copySets;
if (!text) throw new Error('the test plan has a text');
const twice: Plan = { ...plan, name: 'Twice', copySets: [text, { ...text, key: 'again', headline: ` ${text.headline.toUpperCase()}` }] };
const found = async (of: Member, value: Plan, code: string): Promise<PlanProblem[]> =>
  (await of.api.call(contracts.previewLaunch, wire(value))).problems.filter((one) => one.code === code);

test('the same ad twice in one ad set is refused at preview and at create, and allowed for a reason that is kept', async () => {
  expect(await found(member, twice, 'DUPLICATE_AD')).toMatchObject([{ severity: 'error', itemPath: expect.stringContaining('concept-1') }]);
  await expect(member.api.call(contracts.createLaunch, wire(twice))).rejects.toMatchObject({ problem: { code: 'invalid_input' } });
  const launch = await member.api.call(contracts.createLaunch, wire({ ...twice, duplicatesReason: 'Two budgets of one idea' }));
  expect(await eventKinds(w, launch)).toEqual(['duplicates_allowed']);
  const { rows } = await w.db.query(`select detail from launch_events where launch_id = $1`, [launch.id]);
  expect(rows[0]?.detail).toMatchObject({ ads: 1, reason: 'Two budgets of one idea', by: member.userId });
  const audit = await w.db.query(`select detail from audit_log where action = 'launch.create' and object = $1`, [launch.id]);
  expect(audit.rows[0]?.detail).toMatchObject({ duplicates: 1, duplicatesReason: 'Two budgets of one idea' });
  const stored = await w.db.query(
    `select count(distinct fingerprint)::int as n, count(fingerprint)::int as ads from launch_items where launch_id = $1`,
    [launch.id],
  );
  expect(stored.rows[0]).toEqual({ n: 1, ads: 2 });
});

test('an ad that an approved launch of this account made within 90 days is a warning that leads there', async () => {
  const draft = await storeDraft(w, member, { ...plan, name: 'First of all' }, []);
  expect(await found(member, plan, 'AD_LAUNCHED_BEFORE')).toEqual([]);
  await approve(member, draft);
  const warned = [{ severity: 'warning', launchId: draft.id, message: expect.stringContaining('First of all') }];
  expect(await found(member, plan, 'AD_LAUNCHED_BEFORE')).toMatchObject(warned);
  // Another text is another ad.
  const other = { ...plan, copySets: [{ ...text, headline: 'Something else' }] };
  expect(await found(member, other, 'AD_LAUNCHED_BEFORE')).toEqual([]);
  // A warning holds nobody back.
  expect((await storeDraft(w, member, plan, [])).state).toBe('draft');

  await rest(w, member, draft, ['verified']);
  await w.db.query(`update launches set approved_at = now() - interval '91 days' where id = $1`, [draft.id]);
  expect(await found(member, plan, 'AD_LAUNCHED_BEFORE')).toEqual([]);
  await w.db.query(`update launches set approved_at = now() - interval '89 days' where id = $1`, [draft.id]);
  expect(await found(member, plan, 'AD_LAUNCHED_BEFORE')).toMatchObject(warned);
  await w.db.query(`update launch_items set state = 'UNDONE' where launch_id = $1 and kind = 'ad'`, [draft.id]);
  expect(await found(member, plan, 'AD_LAUNCHED_BEFORE')).toEqual([]);
  await w.db.query(`update launch_items set state = 'VERIFIED' where launch_id = $1 and kind = 'ad'`, [draft.id]);
});

test('another organization with the same ad in an account of the same number learns nothing', async () => {
  const other = await w.signUp();
  await connectMeta(w, other);
  await uploadFiles(w, other, files);
  expect(await found(member, plan, 'AD_LAUNCHED_BEFORE')).toHaveLength(1);
  expect(await found(other, plan, 'AD_LAUNCHED_BEFORE')).toEqual([]);
});
