import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSandbox, noFaults, type Sandbox } from '../../../../sandbox/index.ts';
import { DEMO_ASSETS } from '../../../../sandbox/tiktok/index.ts';
import { movie } from '../../../testing/test-plan.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, Created } from '../ad-platform.ts';
import { buildLevel, buildMedia, objectsOf, planTree, wantedOf, type Tree } from '../../../testing/conformance/build-tree.ts';
import { tiktokAds } from './index.ts';
import { ADVERTISER, tiktokPlan } from '../../../testing/tiktok-plan.ts';
import { outsideOf } from '../../../testing/outside-of.ts';

const { objects, media } = tiktokAds;
const { plan, files } = tiktokPlan('traffic', { adSets: 1, concepts: 12, ratios: ['9x16'] });
let sandbox: Sandbox;
let calls: string[];
const session = (): AdSession => ({
  outside: (url, init) => {
    calls.push(`${init?.method ?? 'GET'} ${new URL(url).pathname.split('/v1.3/')[1] ?? ''}`);
    return outsideOf(sandbox)(url, init);
  },
  accessToken: sandbox.tiktok.issueToken(),
  accountExternalId: ADVERTISER,
  timeoutMs: 5_000,
});
const failure = (answer: unknown) => (answer instanceof PlatformError ? answer.failure : 'none');

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 5 });
  sandbox.tiktok.setTier('unlimited');
  sandbox.tiktok.settings.videoProcessingMs = 0;
});
beforeEach(() => {
  sandbox.setFaults(noFaults());
  calls = [];
});
afterAll(async () => {
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

const subject = () => ({ platform: tiktokAds, plan, picture, sandbox }) as unknown as Parameters<typeof buildLevel>[0];
const picture = (mediaKey: string) => ({
  name: mediaKey,
  bytes: (files.find((one) => one.fileName === mediaKey) as (typeof files)[0]).bytes.buffer,
});

async function treeWithoutAds(): Promise<Tree> {
  const tree = planTree(subject());
  for (const row of tree.rows.filter((one) => one.kind === 'media')) await buildMedia(subject(), session(), tree, row);
  await buildLevel(subject(), session(), tree, 'campaign');
  await buildLevel(subject(), session(), tree, 'ad_set');
  calls = [];
  return tree;
}
const adsOf = (tree: Tree) => tree.rows.filter((row) => row.kind === 'ad');

test('twelve ads in one call; of a partial one each is told apart by its name, and what is named as failed is looked for', async () => {
  const tree = await treeWithoutAds();
  const requests = adsOf(tree).map((row) => tree.request(row));
  sandbox.setFaults({ ...noFaults(4), batchNull: 0.4 });
  const told = await objects.create(session(), requests);
  sandbox.setFaults(noFaults());
  expect(calls).toEqual(['POST ad/create/']);
  const made = told.filter((one): one is Created => !(one instanceof PlatformError));
  expect(made.length).toBeGreaterThan(2);
  expect(made.length).toBeLessThan(12);
  for (const [i, one] of told.entries()) {
    if (one instanceof PlatformError) expect([one.failure, one.detail.code]).toEqual(['unknown', '20001']);
    else expect((await objects.read(session(), 'ad', one.externalId)).clientToken).toBe(requests[i]?.clientToken);
  }
  const parent = requests[0]?.parents.ad_set as string;
  calls = [];
  const found = await objects.findByTokens(
    session(),
    'ad',
    adsOf(tree).map((row) => ({ ...wantedOf(row), parent })),
  );
  expect(new Set(found.map((one) => one.externalId))).toEqual(new Set(made.map((one) => one.externalId)));
  // Below a known parent a look for many is one read per family.
  expect(calls).toEqual(['GET ad/get/', 'GET smart_plus/ad/get/']);
});

test('one wrong ad refuses its call: each of it may be sent alone, nothing was made, and alone only the wrong one is refused', async () => {
  const tree = await treeWithoutAds();
  const [first, second, third] = adsOf(tree).map((row) => tree.request(row));
  if (!first || !second || !third) throw new Error('three ads are wanted');
  const wrong = { ...second, parents: { ...second.parents, media: [{ externalId: 'ad-site-i18n-sg/1', kind: 'image' as const }] } };
  const before = sandbox.tiktok.objects().length;
  const told = await objects.create(session(), [first, wrong, third]);
  expect(told.map((one) => one instanceof PlatformError && [one.failure, one.detail.sendAlone, one.detail.retryAfterSeconds])).toEqual(
    [1, 2, 3].map(() => ['throttled', true, 0]),
  );
  expect(sandbox.tiktok.objects().length).toBe(before);
  expect(failure((await objects.create(session(), [first]))[0])).toBe('none');
  await expect(objects.create(session(), [wrong])).rejects.toMatchObject({ failure: 'refused' });
});

test('a status goes to twenty at a time; what was deleted natively spoils no other, and deleting twice is harmless', async () => {
  const tree = await treeWithoutAds();
  await buildLevel(subject(), session(), tree, 'ad');
  const refs = objectsOf(tree, 'ad');
  const gone = refs[0]?.externalId ?? '';
  sandbox.tiktok.editNatively(gone, { operation_status: 'DELETE' });
  calls = [];
  const told = await objects.setStatusMany(session(), refs, 'active');
  expect(calls).toEqual(['GET ad/get/', 'POST ad/status/update/']);
  expect(refs.map(({ externalId }) => failure(told.get(externalId)))).toEqual(['missing', ...refs.slice(1).map(() => 'none')]);
  expect((await objects.read(session(), 'ad', gone)).status.unified).toBe('deleted');
  await objects.setStatus(session(), 'ad', gone, 'archived');
  sandbox.setFaults({ ...noFaults(), statusIgnored: { p: 1, silent: false } });
  await expect(objects.setStatusMany(session(), refs.slice(1), 'paused')).rejects.toMatchObject({ failure: 'unknown' });
});

test('of a partial change only what is named as failed is unclear', async () => {
  const tree = planTree(subject());
  const made: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const row = planTree(subject()).rows.find((one) => one.kind === 'campaign');
    if (!row) throw new Error('no campaign');
    const [one] = await objects.create(session(), [
      tree.request({ ...row, name: `Part ${n}`, spec: { ...(row.spec as object), objective: 'WEB_CONVERSIONS' } }),
    ]);
    made.push((one as Created).externalId);
  }
  sandbox.setFaults({ ...noFaults(2), batchNull: 0.5 });
  const told = await objects.setStatusMany(
    session(),
    made.map((externalId) => ({ kind: 'campaign' as const, externalId })),
    'paused',
  );
  const outcomes = made.map((id) => failure(told.get(id)));
  expect(new Set(outcomes)).toEqual(new Set(['none', 'unknown']));
  for (const [i, id] of made.entries())
    expect((await objects.read(session(), 'campaign', id)).status.unified).toBe(outcomes[i] === 'none' ? 'paused' : 'active');
});

test('a request id that is known already is no new campaign: unclear, and found', async () => {
  const { plan: smart } = tiktokPlan('sales');
  const tree = planTree({ plan: smart });
  const row = tree.rows.find((one) => one.kind === 'campaign');
  if (!row) throw new Error('no campaign');
  const [first] = await objects.create(session(), [tree.request(row)]);
  await expect(objects.create(session(), [tree.request(row)])).rejects.toMatchObject({ failure: 'unknown', detail: { code: '40050' } });
  const found = await objects.findByTokens(session(), 'campaign', [wantedOf(row)]);
  expect(found.map((one) => one.externalId)).toEqual([(first as Created).externalId]);
});

test('a file name stands for one file: the second upload is unclear and the first is found; what is gone is not ready', async () => {
  const file = { name: 'inlay-0123456789ABC.png', bytes: picture(files[0]?.fileName ?? '').bytes };
  const { externalId } = await media.image(session(), file);
  await expect(media.image(session(), file)).rejects.toMatchObject({ failure: 'unknown', detail: { code: '40911' } });
  expect((await media.find(session(), 'image', file.name)).map((one) => one.externalId)).toEqual([externalId]);
  expect(await media.find(session(), 'image', 'inlay-0000000000000.png')).toEqual([]);
  await media.remove?.(session(), 'image', externalId);
  expect(await media.state(session(), 'image', externalId)).toBe('processing');
  expect(await media.state(session(), 'video', 'v1')).toBe('processing');
  expect(await media.state(session(), 'video', DEMO_ASSETS.video)).toBe('ready');
});

test('a video of several parts; a break before its last call made nothing, one in it is unclear, and a video in the making is waited for', async () => {
  const bytes = movie({ width: 720, height: 1280, seconds: 10, padding: 2_500_000 });
  const { video } = media;
  if (!video) throw new Error('The platform takes videos.');
  const upload = (name: string, over: Partial<AdSession> = {}) =>
    video({ ...session(), ...over }, { name, size: bytes.length, slice: (from, to) => Promise.resolve(bytes.slice(from, to).buffer) });
  sandbox.tiktok.settings.videoProcessingMs = 60_000;
  const { externalId } = await upload('one.mp4');
  expect(calls.filter((call) => call === 'POST file/transfer/upload/')).toHaveLength(3);
  expect(await media.state(session(), 'video', externalId)).toBe('processing');
  expect(await media.thumbnail?.(session(), externalId)).toBeNull();

  const tree = await treeWithoutAds();
  const [ad] = adsOf(tree).map((row) => tree.request(row));
  if (!ad) throw new Error('no ad');
  const withVideo = { ...ad, parents: { ...ad.parents, media: [{ externalId, kind: 'video' as const }] } };
  await expect(objects.create(session(), [withVideo])).rejects.toMatchObject({ failure: 'throttled', detail: { code: '40901' } });
  sandbox.tiktok.settings.videoProcessingMs = 0;
  expect(await media.thumbnail?.(session(), externalId)).toMatch(/^https:/);
  expect(failure((await objects.create(session(), [withVideo]))[0])).toBe('none');

  const breaking = (path: string): Partial<AdSession> => ({
    outside: (url, init) => (url.endsWith(path) ? Promise.reject(new TypeError('cut')) : outsideOf(sandbox)(url, init)),
  });
  await expect(upload('two.mp4', breaking('file/transfer/upload/'))).rejects.toMatchObject({
    failure: 'throttled',
    detail: { code: 'upload_broken' },
  });
  await expect(upload('two.mp4', breaking('file/video/ad/upload/'))).rejects.toMatchObject({ failure: 'unknown' });
});
