import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { movie, picture } from '../../testing/test-plan.ts';

let w: TestWorker;
let member: Member;
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
});
afterAll(() => w.stop());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
interface Ticket {
  mediaId: string;
  sha256: string;
  url: string | null;
}

async function ticket(fileName: string, contentType: string, bytes: Uint8Array, hash = sha256(bytes), who = member): Promise<Ticket> {
  const {
    uploads: [upload],
  } = await who.api.call(contracts.requestUploads, { body: { files: [{ fileName, contentType, bytes: bytes.length, sha256: hash }] } });
  return upload as Ticket;
}
const put = (url: string | null, body: Uint8Array<ArrayBuffer>) => {
  const { pathname, search } = new URL(url ?? '');
  return fetch(w.origin + pathname + search, { method: 'PUT', body });
};
const answer = async (response: Response) => contracts.uploadedMedia.parse(await response.json());

test('pictures and videos are measured by their own bytes, and asked for once', async () => {
  const png = picture('one', '9x16', 1);
  const first = await ticket(png.fileName, 'image/png', png.bytes);
  expect(await answer(await put(first.url, png.bytes))).toMatchObject({
    state: 'ready',
    kind: 'image',
    width: 540,
    height: 960,
    durationMs: null,
  });
  expect(await answer(await put(first.url, png.bytes))).toMatchObject({ mediaId: first.mediaId, state: 'ready' });
  expect((await ticket('the same under another name.png', 'image/png', png.bytes)).url).toBeNull();
  const clip = movie({ width: 720, height: 1280, seconds: 4, padding: 40_000 });
  expect(await answer(await put((await ticket('clip.mp4', 'video/mp4', clip)).url, clip))).toMatchObject({
    state: 'ready',
    kind: 'video',
    width: 720,
    height: 1280,
    durationMs: 4_000,
  });
});

test('a file that lies is refused with the reason and never counts', async () => {
  const png = picture('two', '1x1', 2);
  const text = new TextEncoder().encode('<html>not a picture</html>') as Uint8Array<ArrayBuffer>;
  const clip = movie({ width: 100, height: 100, seconds: 1, padding: 10 });
  const cut = png.bytes.slice(0, 20);
  expect((await answer(await put((await ticket('a.png', 'image/png', text)).url, text))).refusal).toContain('neither PNG');
  expect((await answer(await put((await ticket('b.png', 'image/png', clip)).url, clip))).refusal).toContain('is a video');
  expect((await answer(await put((await ticket('c.png', 'image/png', cut)).url, cut))).refusal).toContain('broken');
  const other = await ticket('d.png', 'image/png', png.bytes, 'a'.repeat(64));
  expect(await answer(await put(other.url, png.bytes))).toMatchObject({
    state: 'refused',
    refusal: expect.stringContaining('not those that were announced'),
  });
  expect((await put((await ticket('e.png', 'image/png', png.bytes)).url, cut)).status).toBe(422);
  expect(
    await w.db.query(`select 1 from media where state = 'ready' and file_name = any($1)`, [['a.png', 'b.png', 'c.png', 'd.png', 'e.png']]),
  ).toMatchObject({ rowCount: 0 });
});

test('a ticket opens one file of one organization until it expires', async () => {
  const [one, two] = [picture('three', '1x1', 3), picture('four', '1x1', 4)];
  const mine = await ticket(one.fileName, 'image/png', one.bytes);
  const other = await ticket(two.fileName, 'image/png', two.bytes);
  const change = (from: string, to: string) => (mine.url as string).replace(from, to);
  const stranger = await w.signUp();
  for (const url of [
    change(mine.mediaId, other.mediaId),
    change(/mac=.{6}/.exec(mine.url as string)?.[0] as string, 'mac=AAAAAA'),
    change(/until=\d+/.exec(mine.url as string)?.[0] as string, 'until=9999999999999'),
    change(member.organizationId, stranger.organizationId),
    change(member.organizationId, 'org_nobody'),
  ]) {
    expect((await put(url, one.bytes)).status, url).toBe(401);
  }
  expect(await answer(await put(mine.url, one.bytes))).toMatchObject({ state: 'ready' });
  // Another organization never learns that the bytes are here.
  expect((await ticket(one.fileName, 'image/png', one.bytes, sha256(one.bytes), stranger)).url).not.toBeNull();
});

test('one ticket used by several senders at once, some of whom lie: one answer holds, and a good file is a good file', async () => {
  for (let round = 0; round < 4; round += 1) {
    const file = picture('shared', '1x1', 60 + round);
    const shared = await ticket(file.fileName, 'image/png', file.bytes);
    const lie = new Uint8Array(file.bytes.map((byte, i) => (i > 40 ? byte ^ 255 : byte)));
    const answers = await Promise.all([lie, file.bytes, lie, file.bytes, lie, file.bytes].map((bytes) => put(shared.url, bytes)));
    expect(answers.map((one) => one.status)).toEqual(Array.from({ length: 6 }, () => 200));
    const states = new Set((await Promise.all(answers.map(answer))).map((one) => one.state));
    const {
      rows: [row],
    } = await w.db.query('select state, storage_key from media where id = $1', [shared.mediaId]);
    expect([...states]).toEqual([row.state]);
    const stored = await (await w.mf.getR2Bucket('MEDIA')).get(row.storage_key as string);
    if (row.state === 'ready')
      expect(sha256(new Uint8Array(await (stored as { arrayBuffer(): Promise<ArrayBuffer> }).arrayBuffer()))).toBe(file.sha256);
    expect((await (await w.mf.getR2Bucket('MEDIA')).list({ prefix: 'quarantine/' })).objects).toEqual([]);
  }
});

test('files an ad cannot take are refused before a byte is sent, all at once', async () => {
  const call = member.api.call(contracts.requestUploads, {
    body: {
      files: [
        { fileName: 'a.pdf', contentType: 'application/pdf', bytes: 10, sha256: 'b'.repeat(64) },
        { fileName: 'big.png', contentType: 'image/png', bytes: 31 * 1024 * 1024, sha256: 'c'.repeat(64) },
      ],
    },
  });
  await expect(call).rejects.toMatchObject({
    problem: { code: 'invalid_input', fields: [{ path: 'files.0.contentType' }, { path: 'files.1.bytes' }] },
  });
});
