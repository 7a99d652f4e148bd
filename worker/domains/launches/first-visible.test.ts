import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFaults } from '../../../sandbox/index.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, draftLaunch, rest } from '../../testing/launch-kit.ts';

const SEARCH_LAG_MS = 900;
let lines = '';
let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 3, vars: { SETTLE_WINDOW_MS: '2400' }, onOutput: (text) => (lines += text) });
});
afterAll(() => w.stop());

test('from each send to the first look that showed its object is recorded, by search for what lost its answer and by id for the rest', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 4, shade: 80 });
  w.sandbox.setFaults({ ...noFaults(80), answerLost: 0.3, searchLagMs: SEARCH_LAG_MS });
  await approve(member, launch);
  await rest(w, member, launch, ['verified']);
  const { rows } = await w.db.query<{ outcome: string; visible_by: string | null; ms: number | null; newest: boolean; kind: string }>(
    `select a.outcome, a.visible_by, (extract(epoch from a.visible_at - a.sent_at) * 1000)::float8 as ms, a.n = i.attempt as newest, i.kind
    from launch_attempts a join launch_items i on i.id = a.item_id where i.launch_id = $1`,
    [launch.id],
  );
  const shown = rows.filter((row) => row.newest);
  expect(shown).toHaveLength(launch.counts.total);
  expect(shown.every((row) => row.ms !== null && row.ms >= 0)).toBe(true);
  const by = (how: string) => shown.filter((row) => row.visible_by === how);
  expect(by('search').map((row) => row.outcome)).toEqual(by('search').map(() => 'adopted'));
  expect(by('read').map((row) => row.outcome)).toEqual(by('read').map(() => 'created'));
  expect(by('search').length).toBeGreaterThan(0);
  // Nothing was found by search before the platform showed it there; labels and names alike.
  expect(Math.min(...by('search').map((row) => row.ms ?? 0))).toBeGreaterThanOrEqual(SEARCH_LAG_MS);
  expect(rows.filter((row) => !row.newest).every((row) => row.ms === null)).toBe(true);
  const logged = [...lines.matchAll(/"event":"launch\.first_visible".*?"n":(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
  expect(logged).toBe(shown.length);
}, 180_000);
