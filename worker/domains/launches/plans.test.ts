import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { createApiKey } from '#shared/contracts/machines.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { uploadFiles } from '../../testing/launch-kit.ts';
import { testPlan } from '../../testing/test-plan.ts';

let w: TestWorker;
let member: Member;
let plan: Plan;
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  await connectMeta(w, member);
  const made = testPlan({ adSets: 2, concepts: 3 });
  plan = made.plan;
  await uploadFiles(w, member, made.files);
});
afterAll(() => w.stop());

const wire = (value: unknown) => ({ body: { plan: value as Record<string, unknown> } });
const changed = (edit: (copy: Plan) => void): Plan => {
  const copy = structuredClone(plan);
  edit(copy);
  return copy;
};
const count = async () => Number((await w.db.query('select count(*) from launches')).rows[0]?.count);

test('a preview counts objects, calls and daily budget, and shows names and links', async () => {
  const preview = await member.api.call(contracts.previewLaunch, wire(plan));
  expect(preview).toMatchObject({
    counts: { media: 6, campaign: 1, ad_set: 2, creative: 12, ad: 12, total: 33 },
    dailyBudgetMinor: 4_000,
    currency: 'EUR',
  });
  expect(preview.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  expect(preview.samples.find((sample) => sample.kind === 'creative')?.link).toMatch(/^https:\/\/example\.com\/offer\?utm_/);
  expect(
    (
      await member.api.call(
        contracts.previewLaunch,
        wire({ ...plan, adSets: [...plan.adSets].reverse(), media: [...plan.media].reverse() }),
      )
    ).planHash,
  ).toBe(preview.planHash);
});

test('every mistake is said at once, with its place and its fix, and nothing is stored', async () => {
  const before = await count();
  const wrong = changed((copy) => {
    copy.settings.currency = 'USD';
    copy.settings.pageId = '999';
    copy.settings.linkUrl = 'http://example.com';
    copy.settings.startTime = '2020-01-01T00:00:00Z';
    copy.settings.naming.ad = '{nonsense}';
    copy.copySets[0] = { ...(copy.copySets[0] as Plan['copySets'][number]), primaryText: 'x'.repeat(2_300) };
    copy.media[0] = { ...(copy.media[0] as Plan['media'][number]), sha256: 'f'.repeat(64) };
    copy.media[1] = { ...(copy.media[1] as Plan['media'][number]), ratio: '16x9' };
  });
  const { problems } = await member.api.call(contracts.previewLaunch, wire(wrong));
  const codes = problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code);
  expect(codes).toEqual(
    expect.arrayContaining([
      'WRONG_CURRENCY',
      'UNKNOWN_PAGE',
      'NOT_HTTPS',
      'START_IN_PAST',
      'UNKNOWN_TOKEN',
      'TEXT_TOO_LONG',
      'MEDIA_MISSING',
      'WRONG_RATIO',
    ]),
  );
  expect(problems.every((problem) => problem.fix !== '' && problem.itemPath !== null)).toBe(true);
  await expect(member.api.call(contracts.createLaunch, wire(wrong))).rejects.toMatchObject({ problem: { code: 'invalid_input' } });
  await expect(member.api.call(contracts.createLaunch, wire({ ...plan, surprise: true }))).rejects.toMatchObject({
    problem: { code: 'invalid_input' },
  });
  const shape = await member.api.call(
    contracts.previewLaunch,
    wire({ ...plan, campaigns: [{ key: 'a/b', name: '', dailyBudgetMinor: 0 }] }),
  );
  expect(shape.problems.map((problem) => problem.itemPath)).toEqual(
    expect.arrayContaining(['campaigns.0.key', 'campaigns.0.name', 'campaigns.0.dailyBudgetMinor']),
  );
  expect(await count()).toBe(before);
});

test('another organization cannot launch on our account, page or files', async () => {
  const stranger = await w.signUp();
  const { problems } = await stranger.api.call(contracts.previewLaunch, wire(plan));
  expect(problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code)).toContain('UNKNOWN_ACCOUNT');
  await expect(stranger.api.call(contracts.createLaunch, wire(plan))).rejects.toMatchObject({ problem: { code: 'invalid_input' } });
});

test('one key, one launch, however often and however fast it is sent', async () => {
  const before = await count();
  const key = `key-${Math.random()}`;
  const send = () => member.api.call(contracts.createLaunch, { ...wire(plan), idempotencyKey: key });
  const made = await Promise.all([send(), send(), send()]);
  expect(new Set([...made, await send()].map((launch) => launch.id)).size).toBe(1);
  expect(await count()).toBe(before + 1);
  await expect(
    member.api.call(contracts.createLaunch, {
      ...wire(
        changed((copy) => {
          copy.name = 'Other';
        }),
      ),
      idempotencyKey: key,
    }),
  ).rejects.toMatchObject({ problem: { code: 'conflict' } });
});

test('an approval holds for exactly this plan and cap, once, and by who may', async () => {
  const launch = await member.api.call(contracts.createLaunch, wire(plan));
  const approve = (planHash: string, capMinor: number) =>
    member.api.call(contracts.approveLaunch, { params: { id: launch.id }, body: { planHash, capMinor } });
  await expect(approve('0'.repeat(64), 4_000)).rejects.toMatchObject({ problem: { code: 'plan_changed' } });
  await expect(approve(launch.planHash, 3_999)).rejects.toMatchObject({ problem: { code: 'invalid_input' } });
  await w.db.query(`update memberships set role = 'analyst' where user_id = $1`, [member.userId]);
  await expect(approve(launch.planHash, 4_000)).rejects.toMatchObject({ problem: { code: 'not_allowed' } });
  await w.db.query(`update memberships set role = 'owner' where user_id = $1`, [member.userId]);
  const results = await Promise.allSettled([approve(launch.planHash, 4_000), approve(launch.planHash, 4_000)]);
  expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await member.api.call(contracts.cancelLaunch, { params: { id: launch.id } });
});

test('approving and switching on ask for a proof of the last five minutes, and no key may do either, whatever its scopes', async () => {
  const { id, planHash, capMinor } = await member.api.call(contracts.createLaunch, wire(plan));
  const calls = { [`/v1/launches/${id}/approve`]: { planHash, capMinor }, [`/v1/launches/${id}/activate`]: {} };
  const told = async (headers: Record<string, string> = {}) => {
    const codes: (string | undefined)[] = [];
    for (const [address, body] of Object.entries(calls)) {
      const answer = await member.fetch(address, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
      codes.push((await answer.json<{ code?: string }>()).code);
    }
    return codes;
  };
  const made = await member.api.call(createApiKey, { body: { name: 'Machine', scopes: ['launches:write'] } });
  // As a key that was made while the scope could still be given.
  await w.db.query(`update api_keys set scopes = scopes || '["launches:approve"]' where id = $1`, [made.apiKey.id]);
  const state = async () => (await member.api.call(contracts.getLaunch, { params: { id } })).state;
  expect(await told({ authorization: `Bearer ${made.key}` })).toEqual(['not_allowed', 'not_allowed']);
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [member.userId]);
  expect(await told()).toEqual(['proof_needed', 'proof_needed']);
  expect(await state()).toBe('draft');
  await w.db.query(`update sessions set proven_at = now() where user_id = $1`, [member.userId]);
  // Nothing of a draft can be switched on.
  expect(await told()).toEqual([undefined, 'conflict']);
  await member.api.call(contracts.cancelLaunch, { params: { id } });
});

test('lists page through launches and rows without gaps or repeats', async () => {
  const all: string[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = await member.api.call(contracts.listLaunches, { query: { pageSize: 1, ...(cursor === undefined ? {} : { cursor }) } });
    all.push(...page.launches.map((launch) => launch.id));
    more = page.nextCursor !== null;
    cursor = page.nextCursor ?? undefined;
  }
  expect(all).toEqual([...new Set(all)].toSorted().reverse());
  expect(all.length).toBe(await count());
  const rows: string[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = await member.api.call(contracts.listLaunchItems, {
      params: { id: all[0] as string },
      query: { pageSize: 10, ...(cursor === undefined ? {} : { cursor }) },
    });
    rows.push(...page.items.map((item) => item.itemPath));
    more = page.nextCursor !== null;
    cursor = page.nextCursor ?? undefined;
  }
  expect([rows.length, new Set(rows).size]).toEqual([33, 33]);
});
