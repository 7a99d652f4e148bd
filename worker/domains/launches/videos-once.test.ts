import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, eventKinds, rest, uploadFiles, type Built } from '../../testing/launch-kit.ts';
import { movie, testPlan } from '../../testing/test-plan.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 3, vars: { SETTLE_WINDOW_MS: '2400' } });
});
afterAll(() => w.stop());
beforeEach(() => w.sandbox.setFaults(noFaults()));

/** A stored draft with `n` videos, each in one ad. */
async function videoDraft(n: number, shade: number): Promise<{ member: Member; launch: LaunchSummary }> {
  const member = await w.signUp();
  await connectMeta(w, member);
  const { plan, files } = testPlan({ adSets: 1, concepts: n, ratios: ['1x1'], shade });
  const videos = files.map((file, i) => {
    const bytes = movie({ width: 1080, height: 1080, seconds: 6, padding: 1_200_000 + shade * 1_000 + i });
    return {
      ...file,
      fileName: `${file.conceptKey}.mp4`,
      contentType: 'video/mp4',
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  });
  plan.media = plan.media.map((media, i) => ({
    ...media,
    mediaKey: videos[i]?.fileName ?? '',
    fileName: videos[i]?.fileName ?? '',
    sha256: videos[i]?.sha256 ?? '',
    kind: 'video' as const,
    width: 1080,
    height: 1080,
    durationMs: 6_000,
  }));
  await uploadFiles(w, member, videos);
  const launch = await member.api.call(contracts.createLaunch, { body: { plan: plan as unknown as Record<string, unknown> } });
  return { member, launch };
}

/** Every finished video ever made, removed ones too, by the token in its title. */
async function videosByToken(launch: LaunchSummary): Promise<Map<string, Built[]>> {
  const { objects } = await (await fetch(`${w.sandbox.url}/_sandbox/objects?platform=meta`)).json<{ objects: Built[] }>();
  const { rows } = await w.db.query<{ client_token: string }>(
    `select client_token from launch_items where launch_id = $1 and kind = 'media' order by position`,
    [launch.id],
  );
  return new Map(
    rows.map(({ client_token: token }) => [token, objects.filter((one) => one.kind === 'video' && one.name === `inlay-${token}.mp4`)]),
  );
}

/** A video with this title, made past the engine. */
async function makeVideo(title: string): Promise<string> {
  const { access_token: token } = await (
    await fetch(`${w.sandbox.url}/_sandbox/meta/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  ).json<{ access_token: string }>();
  const answer = await fetch(`${w.sandbox.url}/graph-video.facebook.com/v26.0/act_1000000001/advideos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams({ title, file_url: 'https://example.com/clip.mp4' }),
  });
  return (await answer.json<{ id: string }>()).id;
}

for (const seed of [1, 2]) {
  test(`every video of a launch is made once under the fault plan, seed ${seed}`, async () => {
    const { member, launch } = await videoDraft(6, 40 + seed);
    w.sandbox.setFaults({ ...defaultFaultPlan(seed), answerLost: 0.3 });
    await approve(member, launch);
    expect(await rest(w, member, launch, ['verified', 'needs_attention'])).toMatchObject({ state: 'verified' });
    expect([...(await videosByToken(launch)).values()].map((made) => made.length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(w.sandbox.log.faults.get('meta answer-lost') ?? 0).toBeGreaterThan(0);
    expect(await compareWithOracle(w, launch)).toMatchObject({ extra: 0, lost: 0, ghosts: 0 });
  }, 180_000);
}

test('several videos with one token: the oldest is kept, the others are removed, an incident is written', async () => {
  const { member, launch } = await videoDraft(1, 50);
  const [token] = [...(await videosByToken(launch)).keys()];
  const first = await makeVideo(`inlay-${token}.mp4`);
  await makeVideo(`inlay-${token}.mp4`);
  // A worker died in the call that makes the video, and no answer was ever recorded.
  await w.db.query(
    `with died as (update launch_items set state = 'SENDING', attempt = 1, settle_until = now() + interval '2 s' where launch_id = $1 and kind = 'media' returning id)
    insert into launch_attempts (item_id, n, organization_id, request_hash, sent_at) select id, 1, $2, 'h', now() from died`,
    [launch.id, member.organizationId],
  );
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 40_000);
  const made = (await videosByToken(launch)).get(token ?? '') ?? [];
  expect(made).toHaveLength(2);
  expect(made.filter((one) => one.status !== 'DELETED').map((one) => one.id)).toEqual([first]);
  expect((await eventKinds(w, launch)).filter((kind) => kind === 'incident')).toHaveLength(1);
}, 180_000);

test('a second video that appears after the end is removed before the switch', async () => {
  const { member, launch } = await videoDraft(1, 60);
  await approve(member, launch);
  await rest(w, member, launch, ['verified'], 30_000);
  const [token] = [...(await videosByToken(launch)).keys()];
  const late = await makeVideo(`inlay-${token}.mp4`);
  await member.api.call(contracts.activateLaunch, { params: { id: launch.id } });
  await rest(w, member, launch, ['active'], 20_000);
  const made = (await videosByToken(launch)).get(token ?? '') ?? [];
  expect(made.filter((one) => one.status === 'DELETED').map((one) => one.id)).toEqual([late]);
  expect(made).toHaveLength(2);
  expect(await eventKinds(w, launch)).toContain('incident');
}, 180_000);
