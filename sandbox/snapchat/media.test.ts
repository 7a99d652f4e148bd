import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCOUNT, fileForm, firstIn, makeMedia, openSnap, PNG, type SnapAnswer, type SnapClient } from './testing/snap-client.ts';

let snap: SnapClient;
beforeEach(() => {
  snap = openSnap();
});
afterEach(() => snap.sandbox.close());

const shell = async (type: 'IMAGE' | 'VIDEO'): Promise<string> =>
  firstIn(await snap.post(`${ACCOUNT}/media`, { media: [{ name: 'Cup', type }] }), 'media', 'media').id;
const statusOf = async (id: string): Promise<unknown> => firstIn(await snap.get(`media/${id}`), 'media', 'media')['media_status'];
const upload = (id: string, bytes: Uint8Array, name = 'cup.png'): Promise<SnapAnswer> =>
  snap.call('POST', `media/${id}/upload`, fileForm(bytes, name));
const mp4 = (size: number): Buffer => {
  const bytes = Buffer.alloc(size, 7);
  bytes.write('ftyp', 4, 'latin1');
  return bytes;
};

test('a picture is pending until its bytes came and were processed; the words come in lower case', async () => {
  const answer = await snap.post(`${ACCOUNT}/media`, { media: [{ name: 'Cup', type: 'IMAGE' }] });
  expect(answer.body).toMatchObject({ request_status: 'success', media: [{ sub_request_status: 'success' }] });
  const { id } = firstIn(answer, 'media', 'media');
  expect(await statusOf(id)).toBe('PENDING_UPLOAD');
  const sent = await upload(id, PNG);
  expect(sent.body).toMatchObject({ request_status: 'success', result: { id, media_status: 'PENDING_UPLOAD', file_name: 'cup.png' } });
  snap.pass(800);
  expect(firstIn(await snap.get(`media/${id}`), 'media', 'media')).toMatchObject({
    media_status: 'READY',
    image_metadata: { width_px: 1, height_px: 1 },
  });
  expect((await upload(id, PNG)).body.error_code).toBe('E2002');
});

test('a file that is not what its type says fails, and may be sent again', async () => {
  for (const [type, bytes, good] of [
    ['IMAGE', mp4(40), PNG],
    ['IMAGE', PNG.subarray(0, 12), PNG],
    ['VIDEO', PNG, mp4(40)],
  ] as const) {
    const id = await shell(type);
    expect((await upload(id, bytes)).status).toBe(200);
    snap.pass(800);
    expect(await statusOf(id)).toBe('FAILED');
    expect((await upload(id, good)).status).toBe(200);
    snap.pass(800);
    expect(await statusOf(id)).toBe('READY');
  }
});

test('one upload takes 32 MB, and a picture 5', async () => {
  const { settings } = snap.sandbox.snapchat;
  expect(settings.uploadBytes).toBe(32 * 1024 * 1024);
  settings.uploadBytes = 1000;
  const id = await shell('VIDEO');
  expect((await upload(id, mp4(1001))).body.error_code).toBe('E1001');
  expect((await upload(id, mp4(1000))).status).toBe(200);
  settings.uploadBytes = 32 * 1024 * 1024;
  const picture = await shell('IMAGE');
  expect((await upload(picture, new Uint8Array())).body.error_code).toBe('E1001');
  expect((await snap.call('POST', `media/${picture}/upload`, new FormData())).body.error_code).toBe('E1001');
  await upload(picture, Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]));
  snap.pass(800);
  expect(await statusOf(picture)).toBe('FAILED');
});

test('a longer file goes up in parts, in any order, and lands whole', async () => {
  const id = await shell('VIDEO');
  const bytes = mp4(3000);
  snap.sandbox.snapchat.settings.uploadBytes = 1000;
  const start = (fields: Record<string, string>): Promise<SnapAnswer> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return snap.call('POST', `media/${id}/multipart-upload-v2?action=INIT`, form);
  };
  const wish = { file_name: 'long.mp4', file_size: '3000', number_of_parts: '3' };
  expect((await start({ ...wish, number_of_parts: '33' })).status).toBe(400);
  const begun = (await start(wish)).body as Record<'add_path' | 'finalize_path' | 'upload_id', string>;
  expect(begun.add_path).toBe(`/us/v1/media/${id}/multipart-upload-v2?action=ADD`);
  const add = (part: number, chunk: Uint8Array): Promise<SnapAnswer> =>
    snap.call('POST', begun.add_path, fileForm(chunk, 'part', { upload_id: begun.upload_id, part_number: String(part) }));
  const finish = (): Promise<SnapAnswer> => {
    const form = new FormData();
    form.set('upload_id', begun.upload_id);
    return snap.call('POST', begun.finalize_path, form);
  };
  await add(3, bytes.subarray(2000));
  await add(1, bytes.subarray(0, 1000));
  expect((await finish()).body['debug_message']).toBe('Parts are missing: 2');
  expect((await add(2, bytes.subarray(1000))).body['debug_message']).toBe('A part is larger than 1000 bytes');
  await add(2, bytes.subarray(1000, 1500));
  expect((await finish()).body['debug_message']).toContain('3000 bytes were announced and 2500 came');
  await add(2, bytes.subarray(1000, 2000));
  expect((await add(4, bytes)).status).toBe(400);
  const done = await finish();
  expect(done.body['result']).toMatchObject({ id, file_name: 'long.mp4', file_size_in_bytes: 3000 });
  snap.pass(800);
  expect(await statusOf(id)).toBe('READY');
  expect((await finish()).body.error_code).toBe('E1001'); // the session is over
  expect((await snap.call('POST', `media/${id}/multipart-upload-v2?action=STOP`, new FormData())).status).toBe(400);
});

test('equal bytes make a second media; the oracle knows them by their digest', async () => {
  const first = await makeMedia(snap, 'One');
  const second = await makeMedia(snap, 'Two');
  expect(second).not.toBe(first);
  const made = snap.sandbox.snapchat.objects().filter((one) => one.kind === 'image');
  expect(new Set(made.map((one) => one.fields['sha256'])).size).toBe(1);
  expect(made.map((one) => one.status)).toEqual(['READY', 'READY']);
});
