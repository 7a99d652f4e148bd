import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { uploadedMedia } from '#shared/contracts/launches.ts';
import { media } from '#schema/index.ts';
import { toHex } from '../../../kernel/bytes.ts';
import { createContext, type Context, type Ports } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { inspectFile, type Inspected } from '#shared/media/inspect-file.ts';
import { ticketHolds } from './upload-ticket.ts';

type Row = typeof media.$inferSelect;
type Answer = z.infer<typeof uploadedMedia>;
const SMALL_BYTES = 4 * 1024 * 1024;
const SHORT_LIVED = () => new AppError('not_signed_in', 'This upload address is not valid or has expired. Ask for a new one.');

/** Takes the bytes a ticket was made for, straight to storage; they count only if they are what was announced. */
export async function receiveUpload(ports: Ports, mediaId: string, request: Request): Promise<Answer> {
  try {
    return await take(ports, mediaId, request);
  } finally {
    await passBy(request);
  }
}

/** A body nobody read would break the caller's connection for its next request; a large one is not worth waiting for. */
async function passBy(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  if (Number(request.headers.get('content-length')) <= SMALL_BYTES) await request.body.pipeTo(new WritableStream()).catch(() => undefined);
  else await request.body.cancel().catch(() => undefined);
}

async function take(ports: Ports, mediaId: string, request: Request): Promise<Answer> {
  const query = new URL(request.url).searchParams;
  const ticket = { mediaId, organizationId: query.get('org') ?? '', expiresAt: Number(query.get('until')) };
  const ctx = createContext(ports, ticket.organizationId, { kind: 'job', job: 'receive-upload' });
  const box = await ctx.box().catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'unavailable' ? error : SHORT_LIVED();
  });
  if (!(await ticketHolds(box, ticket, query.get('mac') ?? '', ports.now().getTime()))) throw SHORT_LIVED();
  const [row] = await ctx.read((q) =>
    q
      .select()
      .from(media)
      .where(and(eq(media.id, mediaId), eq(media.organizationId, ctx.organizationId))),
  );
  if (!row) throw notFound('upload');
  if (row.state !== 'waiting') return present(row);
  const length = Number(request.headers.get('content-length'));
  if (!request.body || length !== row.bytes)
    throw new AppError('invalid_input', `The ticket was made for ${row.bytes} bytes, not ${length}. Ask for a new one.`);
  return present(await keep(ctx, row, request.body));
}

async function keep(ctx: Context, row: Row, body: ReadableStream): Promise<Row> {
  const bucket = ctx.ports.bindings.MEDIA;
  // Hashed while it passes, under a name of its own: a file that lies never stands where a good one is looked for.
  const digest = new crypto.DigestStream('SHA-256');
  const [toStore, toHash] = body.tee();
  const hashing = toHash.pipeTo(digest);
  // And of its own each time: two senders with one ticket must not judge each other's bytes.
  const quarantine = `quarantine/${row.organizationId}/${row.id}/${ctx.newId('upl')}`;
  await Promise.all([bucket.put(quarantine, toStore.pipeThrough(new FixedLengthStream(row.bytes))), hashing]);
  const refusal =
    toHex(await digest.digest) === row.sha256
      ? await look(bucket, quarantine, row)
      : 'The bytes are not those that were announced: the file changed or the upload was cut.';
  if (typeof refusal === 'string') {
    await bucket.delete(quarantine);
    return settle(ctx, row, { state: 'refused', refusal });
  }
  const clean = await bucket.get(quarantine);
  if (!clean) throw new Error(`${quarantine} vanished`);
  await bucket.put(row.storageKey, clean.body, { sha256: row.sha256 ?? '' });
  await bucket.delete(quarantine);
  return settle(ctx, row, {
    state: 'ready',
    kind: refusal.kind,
    width: refusal.width,
    height: refusal.height,
    durationMs: refusal.durationMs,
  });
}

async function look(bucket: R2Bucket, key: string, row: Row): Promise<Inspected | string> {
  const found = await inspectFile(async (offset, length) => {
    const part = await bucket.get(key, { range: { offset, length: Math.min(length, row.bytes - offset) } });
    if (!part) throw new Error(`${key} vanished`);
    return new Uint8Array(await part.arrayBuffer());
  }, row.bytes);
  if (typeof found === 'string') return found;
  return found.kind === row.kind
    ? found
    : `The file was announced as ${row.contentType} but is ${found.kind === 'image' ? 'an image' : 'a video'}.`;
}

async function settle(ctx: Context, row: Row, changes: Partial<Row>): Promise<Row> {
  const [written] = await ctx.read((q) =>
    q
      .update(media)
      .set(changes)
      .where(and(eq(media.id, row.id), eq(media.organizationId, ctx.organizationId), eq(media.state, 'waiting')))
      .returning(),
  );
  if (written) return written;
  const [first] = await ctx.read((q) =>
    q
      .select()
      .from(media)
      .where(and(eq(media.id, row.id), eq(media.organizationId, ctx.organizationId))),
  );
  return first ?? row; // somebody else with this ticket was first: what they brought is what counts
}

function present(row: Row): Answer {
  return {
    mediaId: row.id,
    state: row.state === 'ready' ? 'ready' : 'refused',
    kind: row.kind,
    width: row.width,
    height: row.height,
    durationMs: row.durationMs,
    refusal: row.refusal,
  };
}
