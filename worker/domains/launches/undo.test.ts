import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { createApiKey } from '#shared/contracts/machines.ts';
import { nameWithToken } from '#shared/rules/client-token.ts';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import {
  approve,
  compareWithOracle,
  deliverAtOnce,
  draftLaunch,
  eventKinds,
  look,
  rest,
  states,
  type Built,
} from '../../testing/launch-kit.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { openRun } from './engine/open-run.ts';
import { concludeUndo } from './undo/conclude-undo.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2 });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

const of = (launch: LaunchSummary) => ({ params: { id: launch.id } });

async function launched(shade: number, { on = true, adSets = 2, concepts = 2 } = {}): Promise<{ member: Member; launch: LaunchSummary }> {
  const { member, launch } = await draftLaunch(w, { adSets, concepts, ratios: ['1x1'], shade });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 30_000);
  if (on) {
    await member.api.call(contracts.activateLaunch, of(launch));
    await rest(w, member, launch, ['active'], 20_000);
  }
  return { member, launch: await look(member, launch) };
}
const undo = (member: Member, launch: LaunchSummary) => member.api.call(contracts.undoLaunch, of(launch));
const itemsOf = async (member: Member, launch: LaunchSummary) =>
  (await member.api.call(contracts.listLaunchItems, { ...of(launch), query: { pageSize: 100 } })).items;
/** What truly lives at the platform with tokens of this launch. */
const living = async (launch: LaunchSummary): Promise<Built[]> =>
  [...(await compareWithOracle(w, launch)).byToken.values()].flat().filter((one) => !['ARCHIVED', 'DELETED'].includes(one.status ?? ''));
/** Everything at the platform that is not of this launch: kind, id and status. */
async function others(launch: LaunchSummary): Promise<string[]> {
  const { objects } = await (await fetch(`${w.sandbox.url}/_sandbox/objects?platform=meta`)).json<{ objects: Built[] }>();
  const ours = new Set([...(await compareWithOracle(w, launch)).byToken.values()].flat().map((one) => one.id));
  return objects
    .filter((one) => !ours.has(one.id))
    .map((one) => `${one.kind} ${one.id} ${one.name} ${one.status} ${JSON.stringify(one.fields)}`);
}

/** What a person does in the ad manager. */
async function graph(path: string, params: Record<string, string>): Promise<string> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  const { access_token: token } = await (await fetch(`${w.sandbox.url}/_sandbox/meta/tokens`, init)).json<{ access_token: string }>();
  const answer = await fetch(`${w.sandbox.url}/graph.facebook.com/v26.0/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(params),
  });
  const said = await answer.text();
  expect(answer.status, said).toBe(200);
  return String((JSON.parse(said) as { id?: string }).id);
}

test('a launch that is on is undone: paused first, then taken away from the bottom up, nothing of others touched, every step told', async () => {
  const { member, launch } = await launched(201);
  const before = await others(launch);
  const preview = await member.api.call(contracts.previewUndo, of(launch));
  expect(preview).toMatchObject({
    counts: { campaign: 1, ad_set: 2, creative: 4, ad: 4 },
    ways: { campaign: 'archived', ad_set: 'archived', creative: 'deleted', ad: 'archived' },
    gone: 0,
    changed: [],
    unread: 0,
    mediaStay: 2,
    isOn: true,
    spentMinor: null,
    cannotComeBack: ['money', 'learning', 'deleted', 'archived'],
  });
  const sinceMs = Date.now();
  expect(await undo(member, launch)).toMatchObject({ state: 'undoing' });
  const end = await rest(w, member, launch, ['undone', 'partly_undone'], 30_000);
  expect(end).toMatchObject({
    state: 'undone',
    byState: { UNDONE: 11, VERIFIED: 2 },
    undo: { done: 11, left: 0, changed: 0, refused: 0 },
    attention: null,
  });
  expect(await living(launch)).toEqual([]);
  expect(await others(launch)).toEqual(before);

  const sets = w.sandbox.log.requests.filter((one) => Date.parse(one.at) >= sinceMs && one.method === 'POST');
  expect(sets.length).toBeGreaterThan(0);
  const items = await itemsOf(member, launch);
  for (const item of items.filter((one) => one.kind !== 'media')) {
    expect(item).toMatchObject({
      state: 'UNDONE',
      undo: { state: 'done', how: item.kind === 'creative' ? 'deleted' : 'archived', error: null },
    });
    expect(item.undo?.steps.map((one) => one.step)).toEqual(['sent', 'answered', 'undone']);
    expect(item.undo?.steps[1]).toMatchObject({ outcome: 'done', traceId: expect.any(String) });
  }
  // From the bottom up: what an object lies in was taken away after it.
  const goneAt = new Map(items.map((one) => [one.id, one.undo?.steps.at(-1)?.at ?? '']));
  for (const item of items)
    if (item.parentItemId !== null && item.kind !== 'media')
      expect((goneAt.get(item.parentItemId) ?? '') >= (goneAt.get(item.id) ?? '')).toBe(true);
  const kinds = await eventKinds(w, launch);
  expect(kinds.indexOf('undo_paused')).toBeGreaterThan(kinds.indexOf('undo_requested'));
  expect(kinds.indexOf('undo_sent')).toBeGreaterThan(kinds.indexOf('undo_paused'));
  const csv = await (await member.fetch(`/v1/launches/${launch.id}/receipts?format=csv`)).text();
  expect(csv.split('\r\n')[0]).toContain('undo,undone_at,undo_outcome,undo_trace_id');
  expect(csv.match(/UNDONE/g)?.length).toBe(11);
  await expect(undo(member, launch)).rejects.toMatchObject({ problem: { code: 'conflict' } });
}, 90_000);

test('what somebody changed since is listed by name with the change, the rest goes on, and each is taken away only after a word on it', async () => {
  const { member, launch } = await launched(202);
  const items = await itemsOf(member, launch);
  const [ad] = items.filter((one) => one.kind === 'ad');
  const adSet = items.find((one) => one.id === ad?.parentItemId);
  if (!ad || !adSet) throw new Error('the launch has no ad');
  await graph(ad.externalId as string, { name: 'Renamed by hand' });
  const preview = await member.api.call(contracts.previewUndo, of(launch));
  expect(preview.changed).toMatchObject([{ itemId: ad.id, changes: [{ field: 'name', before: ad.name, now: 'Renamed by hand' }] }]);

  await undo(member, launch);
  const half = await rest(w, member, launch, ['undone', 'partly_undone'], 30_000);
  // Its ad set and campaign would take it along: they stay, paused. Its picture's creative hangs on it, too.
  expect(half).toMatchObject({ state: 'partly_undone', undo: { done: 7, left: 4, changed: 1, refused: 0 } });
  expect(half.attention).toContain('1 object was changed since and waits for your word');
  expect(half.attention).toContain('No money is at risk');
  const shown = (await itemsOf(member, launch)).find((one) => one.id === ad.id);
  expect(shown?.undo).toMatchObject({ state: 'changed', changes: [{ field: 'name', before: ad.name, now: 'Renamed by hand' }] });
  const statusById = new Map((await living(launch)).map((one) => [one.id, one.status]));
  expect([...statusById.keys()]).toContain(ad.externalId);
  const campaign = items.find((one) => one.kind === 'campaign');
  expect(statusById.get(campaign?.externalId ?? '')).toBe('PAUSED');

  const confirm = (changesHash: string) =>
    member.api.call(contracts.confirmUndo, { params: { id: launch.id, itemId: ad.id }, body: { changesHash } });
  await expect(confirm('something else')).rejects.toMatchObject({ problem: { code: 'conflict' } });
  // Confirmed, but changed once more before anything happened: that is another change, and another question.
  const seen = shown?.undo?.changesHash as string;
  await graph(ad.externalId as string, { name: 'Renamed again' });
  await confirm(seen);
  await rest(w, member, launch, ['undone', 'partly_undone'], 30_000);
  const again = (await itemsOf(member, launch)).find((one) => one.id === ad.id);
  expect(again?.undo).toMatchObject({ state: 'changed', changes: [{ now: 'Renamed again' }] });
  await expect(confirm(seen)).rejects.toMatchObject({ problem: { code: 'conflict' } });
  await confirm(again?.undo?.changesHash as string);
  expect(await rest(w, member, launch, ['undone', 'partly_undone'], 30_000)).toMatchObject({
    state: 'undone',
    undo: { done: 11, left: 0 },
  });
  expect(await living(launch)).toEqual([]);
  expect((await eventKinds(w, launch)).filter((kind) => kind === 'undo_confirmed').length).toBe(2);
}, 120_000);

test('a run that looked before a word was given does not end the undo over it', async () => {
  const { member, launch } = await launched(213, { on: false, adSets: 1, concepts: 1 });
  const ad = (await itemsOf(member, launch)).find((one) => one.kind === 'ad');
  await graph(ad?.externalId as string, { name: 'Renamed by hand' });
  await undo(member, launch);
  await rest(w, member, launch, ['partly_undone'], 30_000);
  // Between the word and the work on it, with no run of its own: what a late run finds.
  w.sandbox.setFaults({ ...noFaults(), dead: true });
  await w.db.query(`update launches set state = 'undoing', updated_at = now() + interval '1 minute' where id = $1`, [launch.id]);
  await w.db.query(`update launch_items set undo = jsonb_set(undo, '{state}', '"confirmed"') where id = $1`, [ad?.id]);
  const ctx = await nodeContext(w, member.organizationId);
  // The node has no durable objects; ending needs none.
  const bindings = {
    ...ctx.ports.bindings,
    RATE_BUDGET: { get: () => null, idFromName: () => '' } as never,
    PROGRESS_ROOM: { get: () => ({ nudge: async () => undefined }), idFromName: () => '' } as never,
  };
  const run = await openRun({ ...ctx, ports: { ...ctx.ports, bindings } }, launch.id);
  if (run === null) throw new Error('the launch cannot be opened');
  expect(await concludeUndo(run)).toBe(false);
  expect((await look(member, launch)).state).toBe('undoing');
  await ctx.close();
  w.sandbox.setFaults(noFaults());
  await deliverAtOnce(w, member, launch, 1);
  expect(await rest(w, member, launch, ['undone', 'partly_undone'], 30_000)).toMatchObject({ state: 'undone' });
}, 90_000);

test('an ad that somebody put into an ad set of ours keeps that ad set and its campaign, and is told by name', async () => {
  const { member, launch } = await launched(203, { on: false });
  const items = await itemsOf(member, launch);
  const adSet = items.find((one) => one.kind === 'ad_set');
  const foreign = await graph('act_1000000001/ads', {
    name: 'Somebody else made this',
    adset_id: adSet?.externalId as string,
    creative: JSON.stringify({ creative_id: items.find((one) => one.kind === 'creative')?.externalId }),
    status: 'PAUSED',
  });
  await undo(member, launch);
  const half = await rest(w, member, launch, ['undone', 'partly_undone'], 30_000);
  expect(half).toMatchObject({ state: 'partly_undone', undo: { changed: 1, refused: 0, left: 2 } });
  const held = (await itemsOf(member, launch)).find((one) => one.id === adSet?.id);
  expect(held?.undo?.changes).toEqual([{ field: 'foreign_ads', before: '0', now: '1: Somebody else made this' }]);
  const { objects } = await (await fetch(`${w.sandbox.url}/_sandbox/objects?platform=meta`)).json<{ objects: Built[] }>();
  expect(objects.find((one) => one.id === foreign)?.status).toBe('PAUSED');
  // Moved away by its owner: asked for again, the undo looks afresh and finds nothing in the way.
  await graph(foreign, { status: 'ARCHIVED' });
  await undo(member, launch);
  expect(await rest(w, member, launch, ['undone', 'partly_undone'], 30_000)).toMatchObject({ state: 'undone' });
}, 120_000);

test('what somebody took away at the platform counts as undone, and says so', async () => {
  const { member, launch } = await launched(204, { on: false });
  const [ad, other] = (await itemsOf(member, launch)).filter((one) => one.kind === 'ad');
  await graph(ad?.externalId as string, { status: 'DELETED' });
  await graph(other?.externalId as string, { status: 'ARCHIVED' });
  expect((await member.api.call(contracts.previewUndo, of(launch))).gone).toBe(2);
  await undo(member, launch);
  expect(await rest(w, member, launch, ['undone', 'partly_undone'], 30_000)).toMatchObject({ state: 'undone' });
  const after = (await itemsOf(member, launch)).filter((one) => one.id === ad?.id || one.id === other?.id);
  expect(after.map((one) => [one.undo?.how, one.undo?.steps.map((step) => step.step)])).toEqual([
    ['gone', ['undone']],
    ['gone', ['undone']],
  ]);
}, 90_000);

test.each([
  ['refused', false, 'refused'],
  ['answered as done and not made', true, 'still_there'],
] as const)(
  'a platform that does not let go, its changes %s: it says which and what to do, and asked again it goes on',
  async (_, silent, code) => {
    const { member, launch } = await launched(silent ? 206 : 205, { adSets: 1, concepts: 1 });
    w.sandbox.setFaults({ ...noFaults(), statusIgnored: { p: 1, silent } });
    await undo(member, launch);
    const half = await rest(w, member, launch, ['undone', 'partly_undone'], 60_000);
    expect(half.state).toBe('partly_undone');
    expect(half.undo?.refused).toBeGreaterThan(0);
    // Not even the pause was made: money is at risk, and that is said.
    expect(half.attention).toContain('Money is at risk: 1 campaign is on');
    const kept = (await itemsOf(member, launch)).filter((one) => one.undo?.state === 'refused');
    expect(kept.length).toBeGreaterThan(0);
    for (const one of kept) {
      expect(one.undo?.error?.code).toContain(code === 'refused' ? 'not_done' : code);
      expect(one.undo?.error?.fix).toContain('ad manager');
    }
    w.sandbox.setFaults(noFaults());
    await undo(member, launch);
    expect(await rest(w, member, launch, ['undone', 'partly_undone'], 30_000)).toMatchObject({
      state: 'undone',
      undo: { left: 0, refused: 0 },
    });
    expect(await living(launch)).toEqual([]);
  },
  120_000,
);

test('access that ends in the middle asks once, everything is paused by then, and it goes on after the reconnect', async () => {
  const { member, launch } = await launched(207, { adSets: 2, concepts: 4 });
  w.sandbox.setFaults({ ...noFaults(7), latencyMs: [120, 200] });
  await undo(member, launch);
  await w.until('some ads are gone', async () => ((await states(w, launch, 'ad'))['UNDONE'] ?? 0) > 0, 20_000);
  await fetch(`${w.sandbox.url}/_sandbox/meta/expire-tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const waiting = await rest(w, member, launch, ['needs_attention'], 20_000);
  expect(waiting.attention).toContain('Reconnect');
  expect(waiting.attention).not.toContain('Money is at risk');
  expect((await eventKinds(w, launch)).filter((kind) => kind === 'connection_expired').length).toBeLessThanOrEqual(2);
  w.sandbox.setFaults(noFaults());
  await connectMeta(w, member);
  expect(await rest(w, member, launch, ['undone', 'partly_undone'], 30_000)).toMatchObject({ state: 'undone' });
  expect(await living(launch)).toEqual([]);
}, 120_000);

test('in bad weather, done by many at once, each object is undone and nobody asks for one twice at a time', async () => {
  const { member, launch } = await launched(208, { adSets: 3, concepts: 4 });
  const before = await others(launch);
  w.sandbox.setFaults(defaultFaultPlan(208));
  await undo(member, launch);
  for (let n = 0; n < 3; n += 1) await deliverAtOnce(w, member, launch, 4);
  expect(await rest(w, member, launch, ['undone', 'partly_undone'], 90_000)).toMatchObject({ state: 'undone', undo: { left: 0 } });
  w.sandbox.setFaults(noFaults());
  expect(await living(launch)).toEqual([]);
  expect(await others(launch)).toEqual(before);
  // Each claim has a number of its own: no two workers asked for the same object at the same time.
  const { rows } = await w.db.query<{ n: string }>(
    `select count(*) as n from launch_events where launch_id = $1 and kind = 'undo_sent' group by item_id, detail ->> 'n' having count(*) > 1`,
    [launch.id],
  );
  expect(rows).toEqual([]);
}, 150_000);

test('a launch that runs is cancelled first; what it made can be kept, or undone then', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 3, concepts: 5, shade: 209 });
  await expect(undo(member, launch)).rejects.toMatchObject({ problem: { reason: 'nothing_to_undo' } });
  w.sandbox.setFaults({ ...noFaults(9), latencyMs: [60, 140], answerLost: 0.1 });
  await approve(member, launch);
  await w.until('some creatives exist', async () => ((await states(w, launch, 'creative'))['VERIFIED'] ?? 0) > 3, 20_000);
  await expect(undo(member, launch)).rejects.toMatchObject({ problem: { reason: 'cancel_first' } });
  await member.api.call(contracts.cancelLaunch, of(launch));
  const kept = await rest(w, member, launch, ['cancelled'], 20_000);
  w.sandbox.setFaults(noFaults());
  const there = await living(launch);
  expect(there.length).toBeGreaterThan(3);
  const preview = await member.api.call(contracts.previewUndo, of(launch));
  expect(preview.counts.campaign + preview.counts.ad_set + preview.counts.creative + preview.counts.ad).toBe(there.length);
  expect(preview.cannotComeBack).not.toContain('money');
  await undo(member, kept);
  expect(await rest(w, member, launch, ['undone', 'partly_undone'], 30_000)).toMatchObject({ state: 'undone' });
  expect(await living(launch)).toEqual([]);
}, 120_000);

test('a launch that needs attention is undone whole: what could not be proven is looked for first', async () => {
  const { member, launch } = await launched(210, { on: false, adSets: 1, concepts: 1 });
  // As if the ad had been held: it exists, and its row does not know it.
  await w.db.query(`update launch_items set state = 'HELD', external_id = null, as_built = null where launch_id = $1 and kind = 'ad'`, [
    launch.id,
  ]);
  await w.db.query(`update launches set state = 'needs_attention' where id = $1`, [launch.id]);
  await undo(member, launch);
  expect(await rest(w, member, launch, ['undone', 'partly_undone'], 60_000)).toMatchObject({ state: 'undone', undo: { done: 4, left: 0 } });
  expect(await living(launch)).toEqual([]);
}, 90_000);

test('looks after an undo raise no false alarm, and archive a second object that comes late', async () => {
  const { member, launch } = await launched(211, { on: false, adSets: 1, concepts: 1 });
  await undo(member, launch);
  await rest(w, member, launch, ['undone'], 30_000);
  const [row] = (
    await w.db.query<{ name: string; client_token: string }>(
      `select name, client_token from launch_items where launch_id = $1 and kind = 'campaign'`,
      [launch.id],
    )
  ).rows;
  const late = await graph('act_1000000001/campaigns', {
    name: nameWithToken(row?.name ?? '', row?.client_token ?? ''),
    objective: 'OUTCOME_LEADS',
    status: 'PAUSED',
    special_ad_categories: '[]',
    is_adset_budget_sharing_enabled: 'false',
  });
  // Two hours later: the next look but this one is a day after the end.
  await w.db.query(
    `update launches set rested_at = now() - interval '2 hours', next_sweep_at = now() - interval '1 minute' where id = $1`,
    [launch.id],
  );
  const isLookedAt = `select 1 from launches where id = $1 and next_sweep_at > now() + interval '1 hour'`;
  await w.until('the look is over', async () => (await w.db.query(isLookedAt, [launch.id])).rowCount, 20_000);
  expect(await living(launch)).toEqual([]);
  const { rows } = await w.db.query<{ kind: string }>(
    `select kind from launch_events where launch_id = $1 and kind in ('missing', 'drift')`,
    [launch.id],
  );
  expect(rows).toEqual([]);
  const end = await look(member, launch);
  expect([end.state, end.incidents, end.attention]).toEqual(['undone', 1, null]);
  expect(late).not.toBe('');
}, 90_000);

test('an undo asks for a proof of the last five minutes, and no key may do it or look it up, whatever its scopes', async () => {
  const { member, launch } = await launched(212, { on: false, adSets: 1, concepts: 1 });
  const told = async (headers: Record<string, string> = {}) => {
    const answer = await member.fetch(`/v1/launches/${launch.id}/undo`, { method: 'POST', headers });
    return (await answer.json<{ code?: string }>()).code;
  };
  const made = await member.api.call(createApiKey, { body: { name: 'Machine', scopes: ['launches:write'] } });
  await w.db.query(`update api_keys set scopes = scopes || '["launches:undo"]' where id = $1`, [made.apiKey.id]);
  expect(await told({ authorization: `Bearer ${made.key}` })).toBe('not_allowed');
  await w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [member.userId]);
  expect(await told()).toBe('proof_needed');
  expect((await look(member, launch)).state).toBe('verified');
  await w.db.query(`update memberships set role = 'analyst' where user_id = $1`, [member.userId]);
  expect(await told()).toBe('not_allowed');
}, 90_000);
