import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ADVERTISERS, DEMO_ASSETS } from './index.ts';
import { AD, makeTree, openTiktok, type ApiClient } from './testing/api-client.ts';

const IMAGE = new Uint8Array(readFileSync(new URL('../briefs/media/concept-08_1x1.png', import.meta.url)));
const VIDEO = new Uint8Array(Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42'), Buffer.alloc(2_200_000, 7)]));
const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

let now: number;
let api: ApiClient;
beforeEach(() => {
  now = Date.parse('2026-11-20T10:00:00Z');
  api = openTiktok({ now: () => now });
});
afterEach(() => api.sandbox.close());

const byFile = { upload_type: 'UPLOAD_BY_FILE' };
const sendVideo = (file_name: string) =>
  api.upload('file/video/ad/upload/', { ...byFile, file_name, video_file: VIDEO, video_signature: md5(VIDEO) });
const idOf = (data: unknown): string => String((data as { video_id: string }[])[0]?.video_id);

test('an image by its file: measured, under a name of its own; equal bytes make another image', async () => {
  const send = (file_name: string, more: object = {}) =>
    api.upload('file/image/ad/upload/', { ...byFile, file_name, image_file: IMAGE, image_signature: md5(IMAGE), ...more });
  const first = await send('a.png');
  expect(first.data).toMatchObject({
    file_name: 'a.png',
    width: 1080,
    height: 1080,
    format: 'png',
    signature: md5(IMAGE),
    size: IMAGE.length,
  });
  expect((await send('a.png')).code).toBe(40911);
  expect((await send('b.png')).data['image_id']).not.toBe(first.data['image_id']);
  expect((await send('c.png', { image_signature: 'no' })).code).toBe(40002);
  const text = new TextEncoder().encode('not an image');
  expect((await send('d.png', { image_file: text, image_signature: md5(text) })).code).toBe(40900);
  const cut = IMAGE.slice(0, 12);
  expect((await send('e.png', { image_file: cut, image_signature: md5(cut) })).code).toBe(40900);
  expect((await api.get('file/image/ad/info/', { image_ids: [first.data['image_id']] })).data['list']).toMatchObject([
    { file_name: 'a.png' },
  ]);
  expect((await api.get('file/image/ad/info/', { image_ids: ['nothing'] })).code).toBe(40002);
  expect((await api.list('file/image/ad/search/')).map((one) => one['file_name'])).toEqual(['b.png', 'a.png', 'demo-cup.png']);
});

test('an image by its address', async () => {
  const made = await api.upload('file/image/ad/upload/', {
    upload_type: 'UPLOAD_BY_URL',
    image_url: 'https://example.com/a.png',
    file_name: 'by-url',
  });
  expect(made.data).toMatchObject({ file_name: 'by-url', width: 1080, height: 1080 });
  expect((await api.upload('file/image/ad/upload/', { upload_type: 'UPLOAD_BY_URL', image_url: 'a.png' })).code).toBe(40002);
});

test('a video is transcoded first: listed without a cover, and 40901 for the ad that names it', async () => {
  const made = await sendVideo('v.mp4');
  expect(Array.isArray(made.data)).toBe(true); // a list, unlike for images
  const id = idOf(made.data);
  const info = async () => ((await api.get('file/video/ad/info/', { video_ids: [id] })).data['list'] as Record<string, unknown>[])[0];
  expect(await info()).toMatchObject({ displayable: false, signature: md5(VIDEO) });
  expect((await info())?.['video_cover_url']).toBeUndefined();
  const { adgroup } = await makeTree(api);
  const create = async () => (await api.post('ad/create/', { adgroup_id: adgroup, creatives: [{ ...AD, video_id: id }] })).code;
  expect(await create()).toBe(40901);
  expect((await api.get('file/video/suggestcover/', { video_id: id })).code).toBe(40901);
  now += 800;
  expect(await info()).toMatchObject({ displayable: true, video_cover_url: expect.stringContaining('https://') });
  expect(await create()).toBe(0);
  expect((await api.get('file/video/suggestcover/', { video_id: id })).data['list']).toHaveLength(3);
});

test('60 videos a look; unknown ones, wrong files and taken names are refused', async () => {
  expect((await api.get('file/video/ad/info/', { video_ids: Array.from({ length: 61 }, String) })).code).toBe(40011);
  expect((await api.get('file/video/ad/info/', { video_ids: ['v1'] })).code).toBe(40053);
  await sendVideo('v.mp4');
  expect((await sendVideo('v.mp4')).code).toBe(40911);
  const lie = { ...byFile, file_name: 'lie.mp4', video_file: IMAGE, video_signature: md5(IMAGE) };
  expect((await api.upload('file/video/ad/upload/', lie)).code).toBe(40900);
  expect((await api.upload('file/video/ad/upload/', { ...byFile, file_name: 'x.mp4' })).code).toBe(40002);
});

test('a video in parts, then by its file id', async () => {
  const size = String(VIDEO.length);
  const started = await api.post('file/start/upload/', { size, content_type: 'video', name: 'parts.mp4' });
  let { start_offset: start, end_offset: end } = started.data as { start_offset: number; end_offset: number };
  const upload_id = String(started.data['upload_id']);
  const send = (from: number, part: Uint8Array, signature = md5(part)) =>
    api.upload('file/transfer/upload/', { upload_id, start_offset: String(from), signature, file: part });
  expect((await send(5, VIDEO.slice(5, 10))).code).toBe(40002);
  expect((await send(0, VIDEO.slice(0, end), 'no')).code).toBe(40002);
  expect((await api.post('file/finish/upload/', { upload_id })).code).toBe(40002);
  let parts = 0;
  while (start < end) {
    ({ start_offset: start, end_offset: end } = (await send(start, VIDEO.slice(start, end))).data as {
      start_offset: number;
      end_offset: number;
    });
    parts += 1;
  }
  expect(parts).toBe(3);
  const done = await api.post('file/finish/upload/', { upload_id });
  expect(done.data).toMatchObject({ signature: md5(VIDEO), size: VIDEO.length, file_name: 'parts.mp4' });
  expect((await api.post('file/finish/upload/', { upload_id })).data['file_id']).toBe(done.data['file_id']);
  const made = await api.upload('file/video/ad/upload/', { upload_type: 'UPLOAD_BY_FILE_ID', file_id: String(done.data['file_id']) });
  expect(made.data).toMatchObject([{ file_name: 'parts.mp4', signature: md5(VIDEO) }]);
  expect((await api.post('file/finish/upload/', { upload_id: '1' })).code).toBe(40007);
});

test('a video by its address, and from another account by its id', async () => {
  const made = await api.upload('file/video/ad/upload/', { upload_type: 'UPLOAD_BY_URL', video_url: 'https://example.com/a.mp4' });
  expect(made.code).toBe(0);
  const copy = { upload_type: 'UPLOAD_BY_VIDEO_ID', video_id: DEMO_ASSETS.video, advertiser_id: DEMO_ADVERTISERS.dollars };
  expect(idOf((await api.upload('file/video/ad/upload/', copy)).data)).not.toBe(DEMO_ASSETS.video);
  expect((await api.upload('file/video/ad/upload/', { ...copy, video_id: 'v1' })).code).toBe(40053);
});

test('what leaves the library is gone for lists and ads, and gives its name back', async () => {
  const id = idOf((await sendVideo('v.mp4')).data);
  expect((await api.post('creative/asset/delete/', { video_ids: [id], image_ids: ['nothing'] })).code).toBe(40002);
  expect((await api.post('creative/asset/delete/', { video_ids: [id] })).code).toBe(0);
  expect((await api.get('file/video/ad/info/', { video_ids: [id] })).code).toBe(40053);
  expect((await sendVideo('v.mp4')).code).toBe(0);
});
