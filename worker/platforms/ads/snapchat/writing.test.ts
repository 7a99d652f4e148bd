import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createSandbox, noFaults, type Sandbox } from '../../../../sandbox/index.ts';
import { DEMO_IDS } from '../../../../sandbox/snapchat/index.ts';
import { snapchatPlan } from '../../../testing/snapchat-plan.ts';
import { buildTree, objectsOf, planTree, wantedOf, type Tree } from '../../../testing/conformance/build-tree.ts';
import { movie } from '../../../testing/test-plan.ts';
import type { AdSession, AsBuilt, CreateRequest } from '../ad-platform.ts';
import { PlatformError } from '../../platform-error.ts';
import type { Subject } from '../../../testing/conformance/subject.ts';
import { snapchatAds } from './index.ts';
import { snapchatMedia } from './media.ts';
import { snapchatObjects } from './objects.ts';
import { failure, outsideOf } from '../../../testing/outside-of.ts';

let sandbox: Sandbox;
const { plan, files } = snapchatPlan({ adSets: 1, concepts: 3 });
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 5 });
  sandbox.snapchat.settings.mediaProcessingMs = 50;
});
beforeEach(() => {
  sandbox.setFaults(noFaults());
  sandbox.snapchat.setLimits({ perApp: 10_000, perToken: 10_000 });
});
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

const session = (more: Partial<AdSession> = {}): AdSession => ({
  outside: outsideOf(sandbox),
  accessToken: sandbox.snapchat.issueToken(),
  accountExternalId: DEMO_IDS.account,
  timeoutMs: 3_000,
  ...more,
});
const subject = { platform: snapchatAds, plan, picture: (key: string) => pictureOf(key) } as Subject;
const pictureOf = (key: string) => {
  const file = files.find((one) => one.fileName === key) ?? files[0];
  if (!file) throw new Error('no files');
  return { name: file.fileName, bytes: file.bytes.buffer };
};
const build = (): Promise<Tree> => buildTree(subject, session(), planTree(subject));
const campaigns = (n: number, from = 0): CreateRequest[] => {
  const tree = planTree(subject);
  const row = tree.rows.find((one) => one.kind === 'campaign');
  if (!row) throw new Error('no campaign');
  return Array.from({ length: n }, (_, i) => ({ ...tree.request(row), name: `Many ${from + i} ·${row.clientToken}` }));
};
const exists = (id: string) => sandbox.snapchat.objects().find((one) => one.id === id);

test('of an array of five the one in the middle is refused, with the words of the platform; the four others are made', async () => {
  const requests = campaigns(5);
  requests[2] = { ...(requests[2] as CreateRequest), spec: { ...(requests[2]?.spec as object), objective: 'NOTHING' } };
  const told = await snapchatObjects.create(session(), requests);
  expect(told.map((one) => (one instanceof PlatformError ? `${one.failure} ${one.detail.code} ${one.detail.field}` : 'made'))).toEqual([
    'made',
    'made',
    'refused E2002 objective_v2_type',
    'made',
    'made',
  ]);
  for (const [i, one] of told.entries()) if (!(one instanceof PlatformError)) expect(exists(one.externalId)?.name).toBe(requests[i]?.name);
});

test('parts that the platform drops by its own fault are unclear, though nothing came of them', async () => {
  sandbox.setFaults({ ...noFaults(3), batchNull: 1 });
  const told = await snapchatObjects.create(session(), campaigns(3));
  expect(told.map((one) => (one as PlatformError).failure)).toEqual(['unknown', 'unknown', 'unknown']);
});

test('more than the platform takes in one call is refused as a whole', async () => {
  expect(await failure(snapchatObjects.create(session(), campaigns(31)))).toBe('refused E1001');
  expect(snapchatObjects.freight.campaign.most).toBe(30);
});

test('an answer that leaves one out says nothing about any', async () => {
  const short: AdSession = session({
    outside: () =>
      Promise.resolve(Response.json({ request_status: 'SUCCESS', campaigns: [{ sub_request_status: 'SUCCESS', campaign: { id: 'a' } }] })),
  });
  expect(await failure(snapchatObjects.create(short, campaigns(2)))).toBe('unknown ');
});

test('a campaign that may begin as soon as it is on begins by the clock of the caller', async () => {
  const [told] = await snapchatObjects.create(session({ now: () => new Date('2026-11-21T12:00:00Z') }), campaigns(1));
  if (!told || told instanceof PlatformError) throw new Error('not made');
  expect(exists(told.externalId)?.fields['start_time']).toBe('2026-11-21T12:00:00.000Z');
});

test('many switches keep the pace of one token: none is refused', async () => {
  const made = [];
  for (const part of [0, 12]) made.push(...(await snapchatObjects.create(session(), campaigns(12, part))));
  const objects = made.map((one) => ({ kind: 'campaign' as const, externalId: (one as { externalId: string }).externalId }));
  sandbox.snapchat.setLimits({ perApp: 20, perToken: 10 });
  sandbox.log.clear();
  const told = await snapchatObjects.setStatusMany(session(), objects, 'active');
  expect([...told.values()]).toEqual(objects.map(() => true));
  expect(sandbox.log.requests.map((one) => one.status).filter((status) => status === 429)).toEqual([]);
  expect(objects.every(({ externalId }) => exists(externalId)?.status === 'ACTIVE')).toBe(true);
}, 20_000);

test('a round of switches ends at the first throttle, and after forty: what was not sent says so', async () => {
  const objects = Array.from({ length: 130 }, (_, i) => ({ kind: 'ad' as const, externalId: `id-${i}` }));
  let calls = 0;
  const after = (n: number): AdSession =>
    session({
      outside: () => {
        calls += 1;
        if (calls > n) return Promise.resolve(new Response(null, { status: 429 }));
        return Promise.resolve(
          Response.json({ request_status: 'SUCCESS', ads: [{ sub_request_status: 'SUCCESS', ad: { id: 'x', status: 'paused' } }] }),
        );
      },
    });
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const inTime = async (session: AdSession) => {
    const work = snapchatObjects.setStatusMany(session, objects, 'paused');
    await vi.advanceTimersByTimeAsync(60_000);
    return work;
  };
  const told = await inTime(after(6));
  expect(calls).toBe(8);
  const answers = objects.map(({ externalId }) => told.get(externalId));
  expect(answers.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => true));
  expect(new Set(answers.slice(6).map((one) => (one as PlatformError).failure))).toEqual(new Set(['throttled']));
  calls = 0;
  const many = await inTime(after(1_000));
  expect(calls).toBe(40);
  expect((many.get('id-40') as PlatformError).detail.code).toBe('not_sent');
});

test('a change that the platform says yes to and does not make is told as not made', async () => {
  const [made] = await snapchatObjects.create(session(), campaigns(1));
  const { externalId } = made as { externalId: string };
  sandbox.setFaults({ ...noFaults(1), statusIgnored: { p: 1, silent: true } });
  expect(await failure(snapchatObjects.setStatus(session(), 'campaign', externalId, 'active'))).toBe('refused not_done');
  sandbox.setFaults({ ...noFaults(1), statusIgnored: { p: 1, silent: false } });
  expect(await failure(snapchatObjects.setStatus(session(), 'campaign', externalId, 'active'))).toBe('unknown E4001');
});

test('what is taken away is found by nobody, a creative too; doing it twice is harmless', async () => {
  const tree = await build();
  for (const kind of ['ad', 'creative', 'ad_set', 'campaign'] as const) {
    const objects = objectsOf(tree, kind);
    for (const { externalId } of objects) {
      await snapchatObjects.setStatus(session(), kind, externalId, 'archived');
      await snapchatObjects.setStatus(session(), kind, externalId, 'archived');
    }
    const wanted = objects.map(({ row }) => wantedOf(row));
    expect(await snapchatObjects.findByTokens(session(), kind, wanted), kind).toEqual([]);
  }
  const [creative] = objectsOf(tree, 'creative');
  const kept = exists(creative?.externalId ?? '');
  expect(kept).toMatchObject({ name: 'Not used', isDeleted: false });
  expect(kept?.fields).toMatchObject({ headline: 'Find out more', call_to_action: 'SIGN_UP' });
  expect(await failure(snapchatObjects.setStatus(session(), 'creative', creative?.externalId ?? '', 'paused'))).toBe('refused not_done');
});

test('one kind that cannot be read spoils no other; when none can, the caller hears why', async () => {
  const tree = await build();
  const [campaign] = objectsOf(tree, 'campaign');
  const [ad] = objectsOf(tree, 'ad');
  if (!campaign || !ad) throw new Error('nothing was made');
  const real = session();
  const throttled = (path: RegExp): AdSession => ({
    ...real,
    outside: (url, init) => (path.test(url) ? Promise.resolve(new Response(null, { status: 429 })) : real.outside(url, init)),
  });
  const read = await snapchatObjects.readMany(throttled(/get_ads_by_ids/), [campaign, ad]);
  expect((read.get(campaign.externalId) as AsBuilt).externalId).toBe(campaign.externalId);
  expect((read.get(ad.externalId) as PlatformError).failure).toBe('throttled');
  expect(await failure(snapchatObjects.readMany(throttled(/_by_ids/), [campaign, ad]))).toBe('throttled ');
});

test('an ad is looked for below its ad squad, and in the account when that is gone', async () => {
  const tree = await build();
  const [squad] = objectsOf(tree, 'ad_set');
  const wanted = objectsOf(tree, 'ad').map(({ row }) => ({ ...wantedOf(row), parent: squad?.externalId ?? '' }));
  const asked: string[] = [];
  const watched: AdSession = { ...session(), outside: (url, init) => (asked.push(new URL(url).pathname), session().outside(url, init)) };
  expect((await snapchatObjects.findByTokens(watched, 'ad', wanted)).length).toBe(wanted.length);
  expect(asked).toEqual([`/v1/adsquads/${squad?.externalId}/ads`]);
  const strangers = wanted.map((one) => ({ ...one, parent: '00000000-0000-4000-a000-000000000000' }));
  expect((await snapchatObjects.findByTokens(watched, 'ad', strangers)).length).toBe(wanted.length);
});

const big = () => movie({ width: 1080, height: 1920, seconds: 5, padding: 17_000_000 });
const fileOf = (bytes: Uint8Array<ArrayBuffer>, name: string) => ({
  name,
  size: bytes.length,
  slice: (from: number, to: number) => Promise.resolve(bytes.slice(from, to).buffer),
});
/** Loses what belongs to an address, after its effect. */
const losing = (path: RegExp, effect = true): AdSession => {
  const real = session();
  return {
    ...real,
    outside: async (url, init) => {
      if (!path.test(url)) return real.outside(url, init);
      if (effect) await real.outside(url, init);
      throw new TypeError('connection reset');
    },
  };
};

test('a file whose place was announced and whose bytes never came is nothing: a plain no, and nobody finds it', async () => {
  const name = 'inlay-0000000000001.png';
  expect(await failure(snapchatMedia.image(losing(/\/media$/), { ...pictureOf(''), name }))).toBe('throttled upload_broken');
  expect(sandbox.snapchat.objects().filter((one) => one.name === name).length).toBe(1);
  expect(await snapchatMedia.find(session(), 'image', name)).toEqual([]);
});

test('a lost answer about the bytes is unclear: the file is found by its name when it came, and not when it did not', async () => {
  const [came, lost] = ['inlay-0000000000002.png', 'inlay-0000000000003.png'];
  expect(await failure(snapchatMedia.image(losing(/\/upload$/), { ...pictureOf(''), name: came }))).toBe('unknown ');
  expect((await snapchatMedia.find(session(), 'image', came)).length).toBe(1);
  expect(await snapchatMedia.find(session(), 'video', came)).toEqual([]);
  expect(await failure(snapchatMedia.image(losing(/\/upload$/, false), { ...pictureOf(''), name: lost }))).toBe('unknown ');
  expect(await snapchatMedia.find(session(), 'image', lost)).toEqual([]);
});

test('a large file is made by its last call alone: a break before it is a plain no, a lost answer of it is unclear', async () => {
  const { video } = snapchatMedia;
  if (!video) throw new Error('The platform takes videos.');
  const name = 'inlay-0000000000004.mp4';
  expect(await failure(video(losing(/action=ADD/), fileOf(big(), name)))).toBe('throttled upload_broken');
  const stopped = Object.assign(fileOf(big(), name), {
    beforeFinish: () => Promise.reject(new PlatformError('throttled', 'x', { platform: 'x' })),
  });
  expect(await failure(video(session(), stopped))).toBe('throttled ');
  expect(await snapchatMedia.find(session(), 'video', name)).toEqual([]);
  expect(await failure(video(losing(/action=FINALIZE/), fileOf(big(), name)))).toBe('unknown ');
  const [found] = await snapchatMedia.find(session(), 'video', name);
  if (!found) throw new Error('not found');
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  expect(await snapchatMedia.state(session(), 'video', found.externalId)).toBe('ready');
});

test('a file that is none fails while it is processed; one that is not there is missing', async () => {
  const { externalId } = await snapchatMedia.image(session(), {
    name: 'inlay-0000000000005.png',
    bytes: new Uint8Array([1, 2, 3]).buffer,
  });
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  expect(await snapchatMedia.state(session(), 'image', externalId)).toBe('failed');
  expect(await failure(snapchatMedia.state(session(), 'image', '00000000-0000-4000-a000-000000000000'))).toBe('missing E3003');
});
