import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  ACCOUNT,
  ACCOUNT_URN,
  campaign,
  encoded,
  group,
  inlineCreative,
  openLinkedin,
  ORGANIZATION,
  post,
  type RestClient,
} from './testing/rest-client.ts';
import { DEFAULT_SETTINGS } from './world.ts';

let now = Date.parse('2026-11-20T10:00:00Z');
let rest: RestClient;
beforeAll(() => {
  rest = openLinkedin({ now: () => now });
});
beforeEach(() => {
  Object.assign(rest.sandbox.linkedin.settings, DEFAULT_SETTINGS, { nextMediaEnds: [] });
});
afterAll(() => rest.sandbox.close());

/** Enough of a PNG to be measured. */
function png(width = 1200, height = 627): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(10))), chunk('IEND', Buffer.alloc(0))]);
}

async function put(url: string, bytes: Buffer): Promise<{ status: number; etag: string }> {
  const answer = await rest.sandbox.handle(new Request(url, { method: 'PUT', body: new Uint8Array(bytes) }));
  if (answer === null) throw new Error('cut');
  return { status: answer.status, etag: answer.headers.get('etag') ?? '' };
}
const initialize = async (kind: 'images' | 'videos', more: object = {}): Promise<Record<string, unknown>> =>
  (await rest.post(`${kind}?action=initializeUpload`, { initializeUploadRequest: { owner: ORGANIZATION, ...more } })).body.value ?? {};
const statusOf = async (kind: 'images' | 'videos', urn: unknown): Promise<unknown> =>
  (await rest.get(`${kind}/${encoded(String(urn))}`)).body['status'];

test('an image waits for its bytes, is processed and becomes available; then a post may show it', async () => {
  const { image, uploadUrl, uploadUrlExpiresAt } = await initialize('images', {
    mediaLibraryMetadata: { associatedAccount: ACCOUNT_URN, assetName: 'square' },
  });
  expect([image, uploadUrl, uploadUrlExpiresAt]).toEqual([
    expect.stringMatching(/^urn:li:image:C4E10A/),
    expect.stringMatching(/^https:\/\/www\.linkedin\.com\/dms-uploads\//),
    now + DEFAULT_SETTINGS.uploadUrlMs,
  ]);
  expect(await statusOf('images', image)).toBe('WAITING_UPLOAD');
  expect((await put(String(uploadUrl), png())).status).toBe(201);
  expect(await statusOf('images', image)).toBe('PROCESSING');
  const groupId = (await rest.post(`${ACCOUNT}/adCampaignGroups`, group({ runSchedule: { start: now } }))).id;
  const { id } = await rest.post(`${ACCOUNT}/adCampaigns`, campaign(groupId, { runSchedule: { start: now } }));
  const creative = inlineCreative(id, { inlineContent: { post: post({ content: { media: { id: image, title: 'Beans' } } }) } });
  expect((await rest.post(`${ACCOUNT}/creatives?action=createInline`, creative)).status).toBe(400); // not yet
  now += 200;
  expect(await statusOf('images', image)).toBe('AVAILABLE');
  expect((await rest.post(`${ACCOUNT}/creatives?action=createInline`, creative)).status).toBe(201);
  expect(rest.sandbox.linkedin.objects().filter((one) => one.kind === 'image')).toEqual([
    expect.objectContaining({ id: image, status: 'AVAILABLE' }),
  ]);
});

test('bytes that are no picture fail in processing, and so does what the platform decides', async () => {
  const broken = await initialize('images');
  await put(String(broken['uploadUrl']), Buffer.from('not a picture'));
  rest.sandbox.linkedin.settings.nextMediaEnds = ['PROCESSING_FAILED'];
  const unlucky = await initialize('images');
  await put(String(unlucky['uploadUrl']), png());
  now += 200;
  expect([await statusOf('images', broken['image']), await statusOf('images', unlucky['image'])]).toEqual([
    'PROCESSING_FAILED',
    'PROCESSING_FAILED',
  ]);
});

test('a video comes in parts, each answered with its etag, and is finished with all of them in order', async () => {
  rest.sandbox.linkedin.settings.videoPartBytes = 4;
  const value = await initialize('videos', { fileSizeBytes: 10, uploadCaptions: false, uploadThumbnail: true });
  const parts = value['uploadInstructions'] as { uploadUrl: string; firstByte: number; lastByte: number }[];
  expect(parts.map(({ firstByte, lastByte }) => [firstByte, lastByte])).toEqual([
    [0, 3],
    [4, 7],
    [8, 9],
  ]);
  expect(value).toHaveProperty('thumbnailUploadUrl');
  const bytes = Buffer.from('0123456789');
  const etags: string[] = [];
  for (const { uploadUrl, firstByte, lastByte } of parts) {
    const answer = await put(uploadUrl, bytes.subarray(firstByte, lastByte + 1));
    expect(answer.status).toBe(200);
    etags.push(answer.etag);
  }
  expect((await put(parts[0]?.uploadUrl ?? '', bytes)).status).toBe(400); // too long for its part
  const { video, uploadToken } = value;
  const finish = async (more: object): Promise<number> =>
    (await rest.post('videos?action=finalizeUpload', { finalizeUploadRequest: { video, uploadToken, uploadedPartIds: etags, ...more } }))
      .status;
  expect(await finish({ uploadedPartIds: etags.slice(1) })).toBe(400);
  expect(await finish({ uploadedPartIds: etags.toReversed() })).toBe(400);
  expect(await finish({ uploadToken: 'another' })).toBe(400);
  expect(await statusOf('videos', video)).toBe('WAITING_UPLOAD');
  expect([await finish({}), await finish({})]).toEqual([200, 200]); // a set: repeating it is harmless
  expect(await statusOf('videos', video)).toBe('PROCESSING');
  now += 800;
  expect(await statusOf('videos', video)).toBe('AVAILABLE');
  const ids = `ids=List(${encoded(String(video))},${encoded('urn:li:video:none')})`;
  expect((await rest.get(`videos?${ids}`)).body).toMatchObject({
    results: { [String(video)]: { status: 'AVAILABLE' } },
    errors: { 'urn:li:video:none': { status: 404 } },
  });
});

test('wrong wishes, an unknown owner, and an upload address that is unknown, empty or over', async () => {
  const status = async (kind: string, wish: unknown): Promise<number> =>
    (await rest.post(`${kind}?action=initializeUpload`, { initializeUploadRequest: wish })).status;
  expect(await status('images', {})).toBe(400);
  expect(await status('images', { owner: 'urn:li:organization:1' })).toBe(400);
  expect(await status('images', { owner: ORGANIZATION, size: 1 })).toBe(403);
  expect(await status('videos', { owner: ORGANIZATION })).toBe(400);
  expect(await status('videos', { owner: ORGANIZATION, fileSizeBytes: 501 * 1024 * 1024 })).toBe(400);
  expect((await put('https://www.linkedin.com/dms-uploads/D1/0', png())).status).toBe(404);
  const { uploadUrl } = await initialize('images');
  expect((await put(String(uploadUrl), Buffer.alloc(0))).status).toBe(400);
  now += DEFAULT_SETTINGS.uploadUrlMs;
  expect((await put(String(uploadUrl), png())).status).toBe(403);
});

test('the library of an ad account lists its files by page; a file is archived there, and a post may show it still', async () => {
  const before = now;
  const names = ['one', 'two'];
  for (const assetName of names) {
    const { uploadUrl } = await initialize('images', { mediaLibraryMetadata: { associatedAccount: ACCOUNT_URN, assetName } });
    await put(String(uploadUrl), png());
  }
  now = before + 200;
  const library = async (query = ''): Promise<Record<string, unknown>[]> =>
    (await rest.get(`images?q=associatedAccount&associatedAccount=${encoded(ACCOUNT_URN)}${query}`)).body.elements ?? [];
  const named = (await library('&count=100')).filter((one) =>
    names.includes(String((one['mediaLibraryMetadata'] as Record<string, unknown>)['assetName'])),
  );
  expect(named.map((one) => one['status'])).toEqual(['AVAILABLE', 'AVAILABLE']);
  expect(await library('&start=1&count=1')).toHaveLength(1);
  const path = `images/${encoded(String(named[0]?.['id']))}`;
  const archive = async (set: object): Promise<number | undefined> =>
    (await rest.tryCall('POST', path, { body: { patch: { mediaLibraryMetadata: { $set: set } } }, as: 'PARTIAL_UPDATE' }))?.status;
  expect(await archive({ mediaLibraryStatus: 'GONE' })).toBe(400);
  expect([await archive({ mediaLibraryStatus: 'ARCHIVED' }), await archive({ mediaLibraryStatus: 'ARCHIVED' })]).toEqual([204, 204]);
  expect((await rest.get(path)).body).toMatchObject({ status: 'AVAILABLE', mediaLibraryMetadata: { mediaLibraryStatus: 'ARCHIVED' } });
  expect((await rest.get('images?q=associatedAccount&associatedAccount=x')).status).toBe(404);
});
