import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADWORDS_SCOPE, YOUTUBE_UPLOAD_SCOPE } from '../google/tokens.ts';
import { createSandbox, noFaults, type Sandbox } from '../index.ts';

const GRAIN = 256 * 1024;
const BYTES = new Uint8Array(2 * GRAIN + 1000).map((_, n) => n % 251);
let now = Date.parse('2026-11-20T10:00:00Z');
let sandbox: Sandbox;
let token: string;
beforeEach(async () => {
  now = Date.parse('2026-11-20T10:00:00Z');
  sandbox = await createSandbox({ seed: 1, demo: false, now: () => now });
  token = sandbox.google.issueToken([YOUTUBE_UPLOAD_SCOPE]);
});
afterEach(() => sandbox.close());

const BEGIN = 'https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status';
const send = (url: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  sandbox.handle(new Request(url, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } }));
const META = { snippet: { title: 'Launch' }, status: { privacyStatus: 'unlisted' } };

async function must(url: string, init?: RequestInit & { headers?: Record<string, string> }): Promise<Response> {
  const answer = await send(url, init);
  if (answer === null) throw new Error('cut');
  return answer;
}
async function begin(meta: unknown = META): Promise<string> {
  const answer = await must(BEGIN, {
    method: 'POST',
    body: JSON.stringify(meta),
    headers: { 'x-upload-content-length': String(BYTES.length) },
  });
  expect(answer.status).toBe(200);
  return answer.headers.get('location') ?? '';
}
const put = (url: string, from: number, to: number) =>
  send(url, { method: 'PUT', body: BYTES.slice(from, to), headers: { 'content-range': `bytes ${from}-${to - 1}/${BYTES.length}` } });
const probe = (url: string) => must(url, { method: 'PUT', headers: { 'content-range': `bytes */${BYTES.length}` } });
async function reasonOf(answer: Response | null): Promise<unknown> {
  if (answer === null) throw new Error('cut');
  const body = (await answer.json()) as { error: { errors: { reason: string }[] } };
  return body.error.errors[0]?.reason;
}

test('a video goes up in parts, says how far it is, and is worked on', async () => {
  sandbox.youtube.settings.processingMs = 5;
  const url = await begin();
  const [first] = [await put(url, 0, GRAIN)];
  expect([first?.status, first?.headers.get('range')]).toEqual([308, `bytes=0-${GRAIN - 1}`]);
  expect((await put(url, GRAIN, 2 * GRAIN))?.status).toBe(308);
  const done = await put(url, 2 * GRAIN, BYTES.length);
  const video = (await done?.json()) as { id: string; status: { privacyStatus: string; uploadStatus: string } };
  expect(video).toMatchObject({
    id: expect.stringMatching(/^[\w-]{11}$/),
    status: { privacyStatus: 'unlisted', uploadStatus: 'uploaded' },
  });
  const read = async () =>
    (
      (await (await must(`https://youtube.googleapis.com/youtube/v3/videos?part=status&id=${video.id}`)).json()) as {
        items: { status: { uploadStatus: string } }[];
      }
    ).items[0]?.status.uploadStatus;
  await expect.poll(read, { timeout: 1000 }).toBe('processed');
});

test('after a lost answer the address tells what arrived, and the video when it is whole', async () => {
  const url = await begin();
  expect((await probe(url)).headers.get('range')).toBeNull();
  sandbox.setFaults({ ...noFaults(2), answerLost: 1 });
  expect(await put(url, 0, GRAIN)).toBeNull();
  sandbox.setFaults(noFaults(2));
  const asked = await probe(url);
  expect([asked.status, asked.headers.get('range')]).toEqual([308, `bytes=0-${GRAIN - 1}`]);
  // Sent again although it had arrived: what overlaps counts once.
  sandbox.setFaults({ ...noFaults(2), answerLost: 1 });
  expect(await put(url, 0, BYTES.length)).toBeNull();
  sandbox.setFaults(noFaults(2));
  const whole = await probe(url);
  expect(whole.status).toBe(200);
  expect(sandbox.youtube.objects()).toMatchObject([{ bytes: BYTES.length, id: ((await whole.json()) as { id: string }).id }]);
});

test('wrong chunks, titles, scopes and sessions are refused in YouTube’s words', async () => {
  const url = await begin();
  expect(await reasonOf(await put(url, GRAIN, 2 * GRAIN))).toBe('badRequest');
  expect(await reasonOf(await put(url, 0, 1000))).toBe('badRequest');
  expect(await reasonOf(await put(`${BEGIN}&upload_id=1`, 0, GRAIN))).toBe('notFound');
  expect(await reasonOf(await send(BEGIN, { method: 'POST', body: '{}' }))).toBe('invalidTitle');
  expect(await reasonOf(await send(BEGIN, { method: 'POST', body: '{' }))).toBe('parseError');
  token = sandbox.google.issueToken([ADWORDS_SCOPE]);
  expect(await reasonOf(await send(BEGIN, { method: 'POST', body: JSON.stringify(META) }))).toBe('insufficientPermissions');
  token = 'nothing';
  expect((await send(BEGIN, { method: 'POST', body: JSON.stringify(META) }))?.status).toBe(401);
});

test('uploads have a bucket of their own that fills at midnight Pacific time; an unverified project stays private', async () => {
  Object.assign(sandbox.youtube.settings, { uploadsPerDay: 1, locksPrivate: true });
  const url = await begin();
  const done = await put(url, 0, BYTES.length);
  expect(await done?.json()).toMatchObject({ status: { privacyStatus: 'private' } });
  const again = () => send(BEGIN, { method: 'POST', body: JSON.stringify(META) });
  const refused = await again();
  expect([refused?.status, await reasonOf(refused)]).toEqual([403, 'quotaExceeded']);
  now = Date.parse('2026-11-21T08:00:00Z');
  token = sandbox.google.issueToken([YOUTUBE_UPLOAD_SCOPE]);
  expect((await again())?.status).toBe(200);
});
