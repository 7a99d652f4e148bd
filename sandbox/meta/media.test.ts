import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCOUNT, CREATIVE, openGraph, type GraphBody, type GraphClient } from './testing/graph-client.ts';

let now = Date.parse('2026-11-20T10:00:00Z');
let graph: GraphClient;
beforeAll(async () => {
  graph = await openGraph({ now: () => now });
});
afterAll(() => graph.sandbox.close());

function picture(width: number, height: number, shade: number): Buffer<ArrayBuffer> {
  const png = new PNG({ width, height });
  png.data.fill(shade);
  return Buffer.from(PNG.sync.write(png));
}

async function form(edge: string, parts: Record<string, string | Blob>, host = 'graph.facebook.com'): Promise<GraphBody> {
  const body = new FormData();
  body.set('access_token', graph.token);
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') body.set(name, value);
    else body.set(name, value, `${name}.bin`);
  }
  const answer = await graph.sandbox.handle(new Request(`https://${host}/v26.0/${ACCOUNT}/${edge}`, { method: 'POST', body }));
  return (await answer?.json()) as GraphBody;
}

test('the same picture has one hash, by base64 and by multipart, and is kept once', async () => {
  const bytes = picture(64, 80, 120);
  const first = (await graph.post(`${ACCOUNT}/adimages`, { bytes: bytes.toString('base64') })).body['images'] as Record<
    string,
    { hash: string }
  >;
  const second = (await form('adimages', { 'square.png': new Blob([bytes]) }))['images'] as Record<string, { hash: string }>;
  const other = (await graph.post(`${ACCOUNT}/adimages`, { bytes: picture(64, 80, 121).toString('base64') })).body['images'] as Record<
    string,
    { hash: string }
  >;
  expect(first['bytes']?.hash).toMatch(/^[0-9a-f]{32}$/);
  expect(Object.values(second)[0]?.hash).toBe(first['bytes']?.hash);
  expect(other['bytes']?.hash).not.toBe(first['bytes']?.hash);
  const { data } = (await graph.get(`${ACCOUNT}/adimages`, { hashes: [first['bytes']?.hash], fields: 'hash,width,height,status' })).body;
  expect(data).toEqual([expect.objectContaining({ hash: first['bytes']?.hash, width: 64, height: 80, status: 'ACTIVE' })]);
  expect(graph.sandbox.meta.objects().filter((object) => object.kind === 'image')).toHaveLength(2);
});

test('bytes that are no picture are refused', async () => {
  const answer = await graph.post(`${ACCOUNT}/adimages`, { bytes: Buffer.from('hello').toString('base64') });
  expect(answer.body.error).toMatchObject({ code: 100 });
});

test('a video goes through start, transfer, finish, processing and ready; only then an ad may use it', async () => {
  const video = Buffer.alloc(2_500_000, 7);
  const host = 'graph-video.facebook.com';
  const start = await form('advideos', { upload_phase: 'start', file_size: String(video.length) }, host);
  const session = String(start['upload_session_id']);
  const id = String(start['video_id']);
  let from = Number(start['start_offset']);
  let to = Number(start['end_offset']);
  expect([from, to]).toEqual([0, 1024 * 1024]);
  let sent = 0;
  while (from !== to) {
    const chunk = new Blob([video.subarray(from, to)]);
    const next = await form(
      'advideos',
      { upload_phase: 'transfer', upload_session_id: session, start_offset: String(from), video_file_chunk: chunk },
      host,
    );
    sent += 1;
    from = Number(next['start_offset']);
    to = Number(next['end_offset']);
  }
  expect(sent).toBe(3);
  const status = async (): Promise<unknown> =>
    ((await graph.get(id, { fields: 'status' })).body['status'] as { video_status: string }).video_status;
  expect(await status()).toBe('uploading');
  expect(await form('advideos', { upload_phase: 'finish', upload_session_id: session, title: 'hook-1' }, host)).toEqual({ success: true });
  expect(await status()).toBe('processing');

  const { hash } = Object.values(
    (await graph.post(`${ACCOUNT}/adimages`, { bytes: picture(9, 9, 1).toString('base64') })).body['images'] as Record<
      string,
      { hash: string }
    >,
  )[0] ?? { hash: '' };
  const story = {
    page_id: CREATIVE.object_story_spec.page_id,
    video_data: { video_id: id, image_hash: hash, call_to_action: { type: 'SIGN_UP', value: { link: 'https://example.com/' } } },
  };
  const creative = () => graph.post(`${ACCOUNT}/adcreatives`, { name: 'Video', object_story_spec: story });
  expect((await creative()).body.error?.error_subcode).toBe(1885252);
  now += 800;
  expect(await status()).toBe('ready');
  expect((await creative()).status).toBe(200);
  const noThumbnail = { ...story, video_data: { video_id: id } };
  expect(
    (await graph.post(`${ACCOUNT}/adcreatives`, { name: 'Video', object_story_spec: noThumbnail })).body.error?.error_user_msg,
  ).toContain('thumbnail');
  expect((await graph.get(`${ACCOUNT}/advideos`, { title: 'hook-1', fields: 'title' })).body.data).toEqual([{ id, title: 'hook-1' }]);
});

test('a chunk at the wrong place, an unfinished upload and a cancelled one', async () => {
  const start = await form('advideos', { upload_phase: 'start', file_size: '10' });
  const session = String(start['upload_session_id']);
  const wrong = await form('advideos', {
    upload_phase: 'transfer',
    upload_session_id: session,
    start_offset: '5',
    video_file_chunk: new Blob(['01234']),
  });
  expect(wrong.error).toMatchObject({ code: 6001, error_subcode: 1363037 });
  expect((await form('advideos', { upload_phase: 'finish', upload_session_id: session })).error?.code).toBe(6001);
  expect(await form('advideos', { upload_phase: 'cancel', upload_session_id: session })).toEqual({ success: true });
  expect((await graph.get(String(start['video_id']), { fields: 'status' })).body['status']).toMatchObject({ video_status: 'error' });
});
