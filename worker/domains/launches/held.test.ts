import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { nameWithToken } from '#shared/rules/client-token.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, draftLaunch, rest, states } from '../../testing/launch-kit.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2, vars: { SETTLE_WINDOW_MS: '1000', SEARCH_GAP_MS: '2000' } });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

const of = (launch: LaunchSummary) => ({ params: { id: launch.id } });

/** A launch whose campaign got no clear answer; since then the platform did not answer until we gave up looking. `exists` says whether it was made. */
async function heldLaunch(shade: number, exists: boolean): Promise<{ member: Member; launch: LaunchSummary }> {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade });
  w.sandbox.setFaults({ ...noFaults(shade), ...(exists ? { answerLost: 1 } : { error500: { p: 1, appliedShare: 0 } }) });
  await approve(member, launch);
  await w.until('its create went out', async () => (await states(w, launch, 'campaign'))['SENDING'] === 1, 10_000);
  if (exists) await w.until('its campaign exists', async () => (await compareWithOracle(w, launch)).ghosts === 1, 10_000);
  w.sandbox.setFaults({ ...noFaults(shade), dead: true });
  await rest(w, member, launch, ['needs_attention'], 40_000);
  expect((await states(w, launch, 'campaign'))['HELD']).toBe(1);
  return { member, launch };
}
const campaign = async (launch: LaunchSummary) =>
  (
    await w.db.query<{
      state: string;
      attempt: number;
      searches: number;
      external_id: string | null;
      last_error: { message: string } | null;
    }>(`select state, attempt, searches, external_id, last_error from launch_items where launch_id = $1 and kind = 'campaign'`, [launch.id])
  ).rows[0];

/** The platform makes the campaign now, whoever asked for it and when. */
async function makeCampaign(launch: LaunchSummary): Promise<void> {
  const { rows } = await w.db.query<{ name: string; client_token: string }>(
    `select name, client_token from launch_items where launch_id = $1 and kind = 'campaign'`,
    [launch.id],
  );
  const { name = '', client_token: token = '' } = rows[0] ?? {};
  const json = { 'content-type': 'application/json' };
  const { access_token: access } = await (
    await fetch(`${w.sandbox.url}/_sandbox/meta/tokens`, { method: 'POST', headers: json, body: '{}' })
  ).json<{ access_token: string }>();
  const made = await fetch(`${w.sandbox.url}/graph.facebook.com/v26.0/act_1000000001/campaigns`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${access}` },
    body: JSON.stringify({
      name: nameWithToken(name, token),
      objective: 'OUTCOME_LEADS',
      status: 'PAUSED',
      special_ad_categories: [],
      is_adset_budget_sharing_enabled: false,
      adlabels: [{ name: token }],
    }),
  });
  expect(made.status).toBe(200);
}

test('a retry of what is held sends nothing after one empty look: absence counts twice, some time apart', async () => {
  const { member, launch } = await heldLaunch(41, false);
  w.sandbox.setFaults(noFaults());
  await member.api.call(contracts.retryLaunch, of(launch));
  await w.until('one look found nothing', async () => (await campaign(launch))?.searches === 1, 10_000);
  await makeCampaign(launch);
  await rest(w, member, launch, ['verified'], 30_000);
  expect(await campaign(launch)).toMatchObject({ attempt: 1, last_error: null });
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
}, 180_000);

test('a cancel looks for what is held once more: what exists is taken over, paused', async () => {
  const { member, launch } = await heldLaunch(42, true);
  w.sandbox.setFaults(noFaults());
  await member.api.call(contracts.cancelLaunch, of(launch));
  const end = await rest(w, member, launch, ['cancelled'], 30_000);
  expect(end.byState).toMatchObject({ HELD: 0, SENDING: 0, READY: 0 });
  expect(await campaign(launch)).toMatchObject({ state: 'VERIFIED', external_id: expect.any(String) });
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
}, 180_000);

test('a cancel drops what still cannot be looked for, says so, and a later look archives it', async () => {
  const { member, launch } = await heldLaunch(43, true);
  await member.api.call(contracts.cancelLaunch, of(launch));
  const end = await rest(w, member, launch, ['cancelled'], 40_000);
  expect(end.byState).toMatchObject({ HELD: 0, SENDING: 0, READY: 0 });
  expect(await campaign(launch)).toMatchObject({ state: 'CANCELLED', last_error: { message: expect.stringContaining('dropped') } });
  w.sandbox.setFaults(noFaults());
  await w.until('nothing of it lives', async () => (await compareWithOracle(w, launch)).ghosts === 0, 30_000);
}, 180_000);

test('a file the account already has is looked for before its row is claimed', async () => {
  const { member, launch, plan } = await draftLaunch(w, { adSets: 1, concepts: 1, ratios: ['1x1'], shade: 44 });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 30_000);
  const again = await member.api.call(contracts.createLaunch, {
    body: { plan: { ...plan, name: 'Again' } as unknown as Record<string, unknown> },
  });
  w.sandbox.setFaults({ ...noFaults(44), latencyMs: [150, 150] });
  w.sandbox.log.clear();
  await approve(member, again);
  await rest(w, member, again, ['verified'], 30_000);
  const {
    rows: [attempt],
  } = await w.db.query<{ sent_at: Date; finished_at: Date; outcome: string }>(
    `select a.sent_at, a.finished_at, a.outcome from launch_attempts a join launch_items i on i.id = a.item_id where i.launch_id = $1 and i.kind = 'media'`,
    [again.id],
  );
  const looks = w.sandbox.log.requests
    .filter((one) => one.method === 'GET' && one.route.endsWith('/adimages'))
    .map((one) => Date.parse(one.at));
  expect(attempt?.outcome).toBe('created');
  expect(looks.length).toBeGreaterThan(0);
  expect(looks.filter((at) => at >= (attempt?.sent_at.getTime() ?? 0) && at <= (attempt?.finished_at.getTime() ?? 0))).toEqual([]);
  expect(w.sandbox.log.requests.filter((one) => one.method === 'POST' && one.route.endsWith('/adimages'))).toEqual([]);
}, 180_000);
