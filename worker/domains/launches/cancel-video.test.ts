import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { noFaults } from '../../../sandbox/index.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, rest, uploadFiles } from '../../testing/launch-kit.ts';
import { movie, testPlan } from '../../testing/test-plan.ts';

let w: TestWorker;
beforeAll(async () => {
  // A window that outlasts the upload: only the cancel may stop it.
  w = await startWorker({ cronEverySeconds: 2, vars: { SETTLE_WINDOW_MS: '20000', CALL_TIMEOUT_MS: '4000' } });
});
afterAll(() => w.stop());

/** Every video the platform has, and when its upload was finished (UTC milliseconds); null = never. */
async function videos(): Promise<(number | null)[]> {
  const answer = await (
    await fetch(`${w.sandbox.url}/_sandbox/objects?platform=meta`)
  ).json<{ objects: { kind: string; demo: boolean; fields: { finishedAt?: number } }[] }>();
  return answer.objects.filter((one) => one.kind === 'video' && !one.demo).map((one) => one.fields.finishedAt ?? null);
}

test('a video whose parts are still being sent at a cancel is not made', async () => {
  const member = await w.signUp();
  await connectMeta(w, member);
  const { plan, files } = testPlan({ adSets: 1, concepts: 1, ratios: ['1x1'], shade: 31 });
  const bytes = movie({ width: 1080, height: 1080, seconds: 6, padding: 5_500_000 });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const video = {
    fileName: 'concept-1-clip.mp4',
    contentType: 'video/mp4',
    bytes,
    sha256,
    ratio: '1x1',
    width: 1080,
    height: 1080,
    conceptKey: 'concept-1',
  } as const;
  plan.media = [
    {
      mediaKey: video.fileName,
      fileName: video.fileName,
      sha256,
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
  w.sandbox.setFaults({ ...noFaults(31), latencyMs: [600, 600] });
  await approve(member, launch);
  const parts = () => w.sandbox.log.requests.filter((one) => one.method === 'POST' && one.route.endsWith('/advideos')).length;
  await w.until('the first part is on its way', async () => parts() >= 2, 20_000);
  await member.api.call(contracts.cancelLaunch, { params: { id: launch.id } });
  const end = await rest(w, member, launch, ['cancelled'], 40_000);
  // The parts were sent, the one call that makes the video was not.
  expect(parts()).toBeGreaterThanOrEqual(6);
  expect(await videos()).toEqual([null]);
  expect(end.byState).toMatchObject({ SENDING: 0, READY: 0 });
}, 180_000);
