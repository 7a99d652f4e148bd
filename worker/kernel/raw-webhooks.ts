import { z } from 'zod';
import { traceparentOf } from '../observability/trace.ts';
import { fromBase64, sha256Hex, toBase64 } from './bytes.ts';
import type { Ports } from './context.ts';

/**
 * Raw webhook bodies between arrival and effect. A body is put under `pending/` before the sender gets its 200 and is moved away only
 * when its ingest job has finished, so a lost queue message, a killed worker or a queue that refuses costs time and never a delivery:
 * the sweep queues again whatever stayed. Nothing here touches Postgres.
 */
export const WEBHOOK_SOURCES = ['meta', 'shopify', 'hubspot'] as const;
export type WebhookSource = (typeof WEBHOOK_SOURCES)[number];
export interface RawDelivery {
  raw: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

/** What travels in the queue: the storage key, or the body itself when storage refused it. */
export const rawPointer = z.union([
  z.object({ key: z.string() }),
  z.object({ body: z.string(), headers: z.record(z.string(), z.string()) }),
]);
export type RawPointer = z.infer<typeof rawPointer>;

/** Whether a job's input is a body itself, which names people, and not ids like every other. */
export function carriesBody(input: unknown): boolean {
  const pointer = rawPointer.safeParse(input);
  return pointer.success && 'body' in pointer.data;
}

const PENDING = 'pending/';
/** A queue message may hold 128 KB; base64 adds a third. */
const INLINE_LIMIT = 90_000;
const SWEEP_AFTER_MS = 2 * 60_000;
/** What failed for two days is in the dead letters; queueing it again would only repeat them. */
const SWEEP_UNTIL_MS = 48 * 3_600_000;

export const ingestJobName = (source: WebhookSource): string => `ingest-webhook-${source}`;
/** The source whose ingest job this is; null = it is another kind of work. */
export const sourceOfJob = (job: string): WebhookSource | null => WEBHOOK_SOURCES.find((source) => ingestJobName(source) === job) ?? null;
const message = (source: WebhookSource, input: RawPointer) => ({ v: 1 as const, job: ingestJobName(source), organizationId: '', input });

/** Makes a verified delivery durable. False = neither storage nor queue took it, and the sender must come again. */
export async function keepRaw(ports: Ports, source: WebhookSource, account: string, delivery: RawDelivery): Promise<boolean> {
  const key = `${PENDING}${source}/${encodeURIComponent(account)}/${await sha256Hex(delivery.raw)}`;
  const stored = await ports.bindings.RAW.put(key, delivery.raw, { customMetadata: delivery.headers }).then(
    () => true,
    (error: unknown) => logged(ports, 'webhook.not_stored', error),
  );
  if (!stored && delivery.raw.byteLength > INLINE_LIMIT) return false;
  const pointer: RawPointer = stored ? { key } : { body: toBase64(delivery.raw), headers: delivery.headers };
  const queued = await ports.bindings.WEBHOOK_QUEUE.send({ ...message(source, pointer), trace: traceparentOf(ports.trace) }).then(
    () => true,
    (error: unknown) => logged(ports, 'webhook.not_queued', error),
  );
  return stored || queued;
}

/** A delivery that travelled as its own body. @throws when it is none */
export function rawDelivery(input: unknown): RawDelivery {
  const pointer = rawPointer.parse(input);
  if (!('body' in pointer)) throw new Error('A pointer is not a body.');
  return { raw: fromBase64(pointer.body), headers: pointer.headers };
}

/** When the oldest delivery came that has not taken effect, among the first thousand; null = none waits. */
export async function oldestPending(ports: Ports, source: WebhookSource): Promise<Date | null> {
  const { objects } = await ports.bindings.RAW.list({ prefix: `${PENDING}${source}/`, limit: 1000 });
  return objects.reduce<Date | null>((oldest, { uploaded }) => (oldest === null || uploaded < oldest ? uploaded : oldest), null);
}

/** The delivery behind a pointer; null when it was already dealt with and its storage time is over. */
export async function readRaw(ports: Ports, pointer: RawPointer): Promise<RawDelivery | null> {
  if ('body' in pointer) return { raw: fromBase64(pointer.body), headers: pointer.headers };
  const object = (await ports.bindings.RAW.get(pointer.key)) ?? (await ports.bindings.RAW.get(settledKey(pointer.key)));
  return object && { raw: new Uint8Array(await object.arrayBuffer()), headers: object.customMetadata ?? {} };
}

/** Takes a delivery out of `pending/`. Kept for 90 days under its content hash (a lifecycle rule of the bucket), then only our record stays. */
export async function settleRaw(ports: Ports, pointer: RawPointer, delivery: RawDelivery): Promise<void> {
  if ('body' in pointer || !pointer.key.startsWith(PENDING)) return;
  await ports.bindings.RAW.put(settledKey(pointer.key), delivery.raw, { customMetadata: delivery.headers });
  await ports.bindings.RAW.delete(pointer.key);
}

/** Takes a delivery out of storage for good: it speaks of somebody who is to be forgotten. */
export async function dropRaw(ports: Ports, pointer: RawPointer): Promise<void> {
  if ('body' in pointer) return;
  await ports.bindings.RAW.delete(pointer.key.startsWith(PENDING) ? [pointer.key, settledKey(pointer.key)] : pointer.key);
}

/** Deliveries of one account that took effect and are still kept, a page at a time; the cursor is null after the last page. */
export async function keptRaw(
  ports: Ports,
  source: WebhookSource,
  account: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ pointers: { key: string }[]; cursor: string | null }> {
  const list = await ports.bindings.RAW.list({
    prefix: `${source}/${encodeURIComponent(account)}/`,
    limit: page.limit,
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
  });
  return { pointers: list.objects.map(({ key }) => ({ key })), cursor: list.truncated ? list.cursor : null };
}

/** Takes every delivery of one account out of storage for good, also those that have not taken effect yet; returns how many. */
export async function dropAllRaw(ports: Ports, source: WebhookSource, account: string): Promise<number> {
  let gone = 0;
  for (const prefix of [PENDING, ''])
    for (;;) {
      const { objects } = await ports.bindings.RAW.list({ prefix: `${prefix}${source}/${encodeURIComponent(account)}/`, limit: 1000 });
      if (objects.length === 0) break;
      await ports.bindings.RAW.delete(objects.map(({ key }) => key));
      gone += objects.length;
    }
  return gone;
}

/** Queues again every delivery that has been pending for too long; returns how many. */
export async function sweepRaw(ports: Ports): Promise<number> {
  const now = ports.now().getTime();
  let cursor: string | undefined;
  let queued = 0;
  do {
    const page = await ports.bindings.RAW.list({ prefix: PENDING, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key, uploaded } of page.objects) {
      const age = now - uploaded.getTime();
      if (age < SWEEP_AFTER_MS || age > SWEEP_UNTIL_MS) continue;
      const source = key.slice(PENDING.length).split('/')[0] as WebhookSource;
      await ports.bindings.WEBHOOK_QUEUE.send(message(source, { key }));
      queued += 1;
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return queued;
}

const settledKey = (key: string): string => key.slice(PENDING.length);

function logged(ports: Ports, event: string, error: unknown): false {
  ports.log.error(event, error);
  return false;
}
