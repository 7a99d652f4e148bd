import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { approve, compareWithOracle, draftLaunch, look, rest, uploadFiles } from '../../testing/launch-kit.ts';
import { movie, testPlan, type TestFile } from '../../testing/test-plan.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

test('a plan becomes verified, paused objects; one switch turns the campaign on', async () => {
  const { member, launch } = await draftLaunch(w, { adSets: 2, concepts: 3 });
  expect(launch).toMatchObject({ state: 'draft', counts: { media: 6, campaign: 1, ad_set: 2, creative: 12, ad: 12, total: 33 } });
  await approve(member, launch);
  const verified = await rest(w, member, launch, ['verified', 'needs_attention']);
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
  // Every request we sent and every answer we got, against the platform's published spec where it is at hand.
  expect(w.sandbox.log.violations).toEqual([]);
});

test('videos are uploaded in parts, waited for, and shown with a picture', async () => {
  const member = await w.signUp();
  await connectMeta(w, member);
  const { plan, files } = testPlan({ adSets: 1, concepts: 1, ratios: ['1x1'], shade: 30 });
  const clip = movie({ width: 1080, height: 1080, seconds: 6, padding: 2_500_000 });
  const video: TestFile = {
    fileName: 'concept-1-clip.mp4',
    contentType: 'video/mp4',
    bytes: clip,
    sha256: createHash('sha256').update(clip).digest('hex'),
    ratio: '1x1',
    width: 1080,
    height: 1080,
    conceptKey: 'concept-1',
  };
  plan.media = [
    {
      mediaKey: video.fileName,
      fileName: video.fileName,
      sha256: video.sha256,
      kind: 'video',
      width: 1080,
      height: 1080,
      durationMs: 6_000,
      conceptKey: 'concept-1',
      variantKey: 'default',
      ratio: '1x1',
      role: 'main',
    },
  ];
  await uploadFiles(w, member, [...files, video]);
  const launch = await member.api.call(contracts.createLaunch, { body: { plan: plan as unknown as Record<string, unknown> } });
  await approve(member, launch);
  expect(await rest(w, member, launch, ['verified', 'needs_attention'], 25_000)).toMatchObject({ state: 'verified' });
  const creative = [...(await compareWithOracle(w, launch)).byToken.values()].flat().find((one) => one.kind === 'creative');
  expect(creative?.fields['object_story_spec']).toMatchObject({
    video_data: { video_id: expect.any(String), image_url: expect.stringContaining('https://') },
  });
});
