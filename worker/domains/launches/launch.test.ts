import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, draftLaunch, look, rest } from '../../testing/launch-kit.ts';

let w: TestWorker;
beforeAll(async () => { w = await startWorker(); });
afterAll(() => w.stop());

test('a plan becomes verified, paused objects; one switch turns the campaign on', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 3 });
  expect(launch).toMatchObject({ state: 'draft', counts: { media: 6, campaign: 1, ad_set: 2, creative: 12, ad: 12, total: 33 } });
  const started = Date.now();
  await approve(member, launch);
  const verified = await rest(w, member, launch, ['verified', 'needs_attention']);
  console.info('ms', Date.now() - started);
  expect(verified).toMatchObject({ state: 'verified', attention: null, byState: { VERIFIED: 33 } });
  expect(await compareWithOracle(w, launch)).toMatchObject({ planned: 27, created: 27, duplicates: 0, lost: 0 });
  const before = await compareWithOracle(w, launch);
  const built = [...before.byToken.values()].flat();
  expect(built.filter((one) => one.kind === 'campaign').map((one) => one.status)).toEqual(['PAUSED']);

  const active = await member.api.call(contracts.activateLaunch, { params: { id: launch.id } });
  expect(active.state).toBe('active');
  const after = [...(await compareWithOracle(w, launch)).byToken.values()].flat();
  expect(after.filter((one) => one.kind !== 'creative').every((one) => one.status === 'ACTIVE')).toBe(true);
  expect((await look(member, launch)).byState).toMatchObject({ ACTIVE: 15, VERIFIED: 18 });
});
