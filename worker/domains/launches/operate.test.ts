import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, draftLaunch, lateCreates, look, rest, states } from '../../testing/launch-kit.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 2 });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

const of = (id: string) => ({ params: { id } });
/** What a test sent wrong on purpose: the published spec, where it is at hand, finds this and nothing else. */
const sentOnPurpose = (word: string) =>
  expect(w.sandbox.log.violations.splice(0).filter(({ problem }) => !problem.includes(word))).toEqual([]);

test('a dry run creates nothing and gives each row one of three levels', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 2, shade: 1 });
  await member.api.call(contracts.dryRunLaunch, of(launch.id));
  const checked = await rest(w, member, launch, ['checked'], 15_000);
  expect(checked.byState.PLANNED).toBe(checked.counts.total);
  expect((await compareWithOracle(w, launch)).created).toBe(0);
  const { items } = await member.api.call(contracts.listLaunchItems, { ...of(launch.id), query: { pageSize: 100 } });
  const level = (kind: string) => [...new Set(items.filter((item) => item.kind === kind).map((item) => item.validation?.level))];
  expect([level('campaign'), level('media'), level('creative'), level('ad_set'), level('ad')]).toEqual([
    ['platform'],
    ['local'],
    ['local'],
    ['not_checkable'],
    ['not_checkable'],
  ]);
  expect(items.every((item) => item.validation?.ok)).toBe(true);
});

test('a dry run says what the platform would refuse', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, shade: 2 });
  // A word our own checks know no more than the platform does: as if the platform had taken it off its list.
  await w.db.query(
    `update launch_items set spec = jsonb_set(spec, '{specialAdCategories}', '["NONSENSE"]') where launch_id = $1 and kind = 'campaign'`,
    [launch.id],
  );
  await member.api.call(contracts.dryRunLaunch, of(launch.id));
  await rest(w, member, launch, ['checked'], 15_000);
  const { items } = await member.api.call(contracts.listLaunchItems, { ...of(launch.id), query: { kind: 'campaign' } });
  expect(items[0]?.validation).toMatchObject({ level: 'platform', ok: false });
  sentOnPurpose('NONSENSE');
});

test('after a cancel nothing starts any more, what exists stays paused, and every state is true', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 3, concepts: 5, shade: 3 });
  w.sandbox.setFaults({ ...noFaults(3), latencyMs: [60, 140], answerLost: 0.1 });
  await approve(member, launch);
  await w.until('some creatives exist', async () => ((await states(w, launch, 'creative'))['VERIFIED'] ?? 0) > 3, 20_000);
  await member.api.call(contracts.cancelLaunch, of(launch.id));
  const cancelledAt = Date.now();
  const end = await rest(w, member, launch, ['cancelled'], 20_000);
  // Long enough for a create that ignored the cancel to have gone out; what counts is when the platform was called.
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, cancelledAt + 2_500 - Date.now())));
  expect(lateCreates(w, cancelledAt + 2_000)).toEqual([]);
  expect(
    Object.entries(end.byState)
      .filter(([, n]) => n > 0)
      .map(([state]) => state)
      .toSorted(),
  ).toEqual(['CANCELLED', 'VERIFIED']);
  const oracle = await compareWithOracle(w, launch);
  expect(oracle).toMatchObject({ ghosts: 0, lost: 0, extra: 0 });
  expect(oracle.created).toBeLessThan(oracle.planned);
  expect(
    [...oracle.byToken.values()]
      .flat()
      .filter((one) => one.kind === 'campaign')
      .map((one) => one.status),
  ).toEqual(['PAUSED']);
});

test('retry takes up the failed part only, with the same token, once its cause is gone', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 2, shade: 4 });
  await w.db.query(
    `update launch_items set spec = jsonb_set(spec, '{optimizationGoal}', '"NOT_A_GOAL"') where launch_id = $1 and item_path = 'c1/s2'`,
    [launch.id],
  );
  await approve(member, launch);
  const stuck = await rest(w, member, launch, ['verified', 'needs_attention'], 20_000);
  expect(stuck).toMatchObject({ state: 'needs_attention', byState: { REJECTED: 1, PLANNED: 4 } });
  expect(stuck.attention).toContain('1 row was refused');
  sentOnPurpose('NOT_A_GOAL');
  const {
    items: [refused],
  } = await member.api.call(contracts.listLaunchItems, { ...of(launch.id), query: { state: 'REJECTED' } });
  expect(refused?.error).toMatchObject({ code: '100', retry: 'fixable', atRisk: expect.stringContaining('No money') });
  await expect(member.api.call(contracts.activateLaunch, of(launch.id))).rejects.toMatchObject({ problem: { code: 'conflict' } });
  const before = await w.db.query(`select id, version, attempt from launch_items where launch_id = $1 and state = 'VERIFIED' order by id`, [
    launch.id,
  ]);

  // Stands for a cause that somebody mended at the platform: correcting a refused row in place is not there yet (docs/launching.md).
  await w.db.query(
    `update launch_items set spec = jsonb_set(spec, '{optimizationGoal}', '"LEAD_GENERATION"') where launch_id = $1 and item_path = 'c1/s2'`,
    [launch.id],
  );
  await member.api.call(contracts.retryLaunch, of(launch.id));
  expect(await rest(w, member, launch, ['verified', 'needs_attention'], 20_000)).toMatchObject({ state: 'verified' });
  const after = await w.db.query(`select id, attempt from launch_items where id = any($1) order by id`, [
    before.rows.map((row: { id: string }) => row.id),
  ]);
  expect(after.rows.map((row: { attempt: number }) => row.attempt)).toEqual(before.rows.map((row: { attempt: number }) => row.attempt));
  expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, created: 19 });
  await expect(member.api.call(contracts.retryLaunch, of(launch.id))).rejects.toBeInstanceOf(ApiError);
});

test('live events: a picture at once, one after each change, and the same again after a reload', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 2, shade: 8 });
  const watch = async (until: (state: string) => boolean): Promise<string[]> => {
    const stop = new AbortController();
    const response = await member.fetch(`/v1/launches/${launch.id}/events`, { signal: stop.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const seen: string[] = [];
    const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const part = await reader.read();
      if (part.done) break;
      text += part.value;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (data) seen.push(contracts.launchSummary.parse(JSON.parse(data)).state);
      }
      if (until(seen.at(-1) ?? '')) break;
    }
    stop.abort();
    return seen;
  };
  expect(await watch((state) => state === 'draft')).toEqual(['draft']);
  const watching = watch((state) => state === 'verified');
  w.sandbox.setFaults({ ...noFaults(8), latencyMs: [60, 100] });
  await approve(member, launch);
  const seen = await watching;
  expect(seen.at(-1)).toBe('verified');
  // Faster than the poll of four seconds: the room's nudges brought these.
  expect(seen.filter((state) => state === 'running').length).toBeGreaterThanOrEqual(2);
  w.sandbox.setFaults(noFaults());
  expect(await watch((state) => state === 'verified')).toEqual(['verified']);
});

test('receipts hold every attempt; CSV cells cannot become formulas', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1, shade: 9 }, (plan) => {
    plan.concepts[0] = { ...plan.concepts[0], key: 'concept-1', name: '=cmd|calc', hook: null, creator: null, lang: null };
  });
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 20_000);
  const receipt = await (
    await member.fetch(`/v1/launches/${launch.id}/receipts?format=json`)
  ).json<{
    items: { externalId: string; attempts: { outcome: string; requestHash: string }[]; asBuilt: unknown }[];
    events: { kind: string }[];
  }>();
  expect(receipt.items).toHaveLength(launch.counts.total);
  expect(
    receipt.items.every(
      (item) =>
        item.externalId && item.attempts.at(-1)?.outcome === 'created' && item.attempts.at(-1)?.requestHash.length === 64 && item.asBuilt,
    ),
  ).toBe(true);
  expect(receipt.events.map((event) => event.kind)).toEqual(expect.arrayContaining(['approved', 'verified']));
  const csv = await (await member.fetch(`/v1/launches/${launch.id}/receipts?format=csv`)).text();
  expect(csv.split('\r\n')).toHaveLength(launch.counts.total + 2);
  expect(csv).toContain(`,'=cmd`);
  const stranger = await w.signUp();
  for (const path of ['', '/items', '/events', '/receipts']) {
    const [theirs, missing] = await Promise.all([
      stranger.fetch(`/v1/launches/${launch.id}${path}`),
      stranger.fetch(`/v1/launches/lch_00000000000000000000000000${path}`),
    ]);
    expect([theirs.status, (await theirs.json<{ detail: string }>()).detail]).toEqual([
      missing.status,
      (await missing.json<{ detail: string }>()).detail,
    ]);
    expect(theirs.status).toBe(404);
  }
  expect((await look(member, launch)).state).toBe('verified');
});
