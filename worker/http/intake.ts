import { sql } from 'drizzle-orm';
import { webhookRefusals } from '#schema/index.ts';
import { fromBase64, hmacSha256, sameBytes } from '../kernel/bytes.ts';
import type { Ports } from '../kernel/context.ts';
import { isMutant } from '../kernel/mutants.ts';
import { reportWebhook } from '../observability/report.ts';
import { keepRaw, type WebhookSource } from '../kernel/raw-webhooks.ts';

export interface Refusal {
  status: 400 | 401 | 413;
  reason: 'empty' | 'truncated' | 'too_large' | 'no_signature' | 'bad_signature' | 'malformed';
}
/** Null = the raw bytes are the sender's. Never parses the body. */
export type Verify = (raw: Uint8Array<ArrayBuffer>, request: Request) => Promise<Refusal | null>;
export interface Delivery {
  source: WebhookSource;
  /** Part of the storage key: a shop or portal where the request names one, else a fixed word. */
  account: string;
  request: Request;
  verify: Verify;
  /** Names of headers the ingest job needs beside the body, such as a topic or an event id. */
  keepHeaders?: readonly string[];
}

const MOST_BYTES = 2_000_000;

/**
 * The whole of a webhook's request: cap, raw bytes, signature, durable copy, 200. Parsing and Postgres come later, in the ingest job.
 * 401 or 400 for what is not proven, 503 when nothing could keep the body, so that the sender comes again.
 */
export async function receive(ports: Ports, { source, account, request, verify, keepHeaders = [] }: Delivery): Promise<Response> {
  const raw = await readCapped(request);
  if (!(raw instanceof Uint8Array)) return refuse(ports, source, raw);
  const refusal = isMutant(ports, 'no-signature-check') ? null : await verify(raw, request);
  if (refusal) return refuse(ports, source, refusal);
  const headers = Object.fromEntries(
    keepHeaders.flatMap((name) => {
      const value = request.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const isKept = await keepRaw(ports, source, account, { raw, headers });
  reportWebhook(ports, { source, outcome: isKept ? 'kept' : 'not_kept', bytes: raw.byteLength });
  return isKept ? new Response('ok') : new Response('try again', { status: 503, headers: { 'retry-after': '30' } });
}

/** HMAC-SHA256 over the raw bytes in a header, compared in constant time; by the secret, or the one before while it is being changed. */
export function hmacSignature(input: {
  header: string;
  encoding: 'hex' | 'base64';
  prefix?: string;
  secret: string;
  previous: string | undefined;
}): Verify {
  const { header, encoding, prefix = '', secret, previous } = input;
  return async (raw, request) => {
    const sent = request.headers.get(header);
    if (sent === null || !sent.startsWith(prefix)) return { status: 401, reason: 'no_signature' };
    const signature = decode(sent.slice(prefix.length), encoding);
    if (signature !== null)
      for (const known of [secret, ...(previous === undefined ? [] : [previous])])
        if (sameBytes(signature, await hmacSha256(known, raw))) return null;
    return { status: 401, reason: 'bad_signature' };
  };
}

function decode(text: string, encoding: 'hex' | 'base64'): Uint8Array | null {
  if (encoding === 'hex')
    return /^([0-9a-f]{2})+$/i.test(text) ? Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : null;
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? fromBase64(text) : null;
}

async function readCapped(request: Request): Promise<Uint8Array<ArrayBuffer> | Refusal> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > MOST_BYTES) return { status: 413, reason: 'too_large' };
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > MOST_BYTES) return { status: 413, reason: 'too_large' };
      chunks.push(chunk);
    }
  } catch {
    return { status: 400, reason: 'truncated' }; // the sender hung up in the middle
  }
  if (size === 0) return { status: 400, reason: 'empty' };
  if (declared !== null && Number(declared) !== size) return { status: 400, reason: 'truncated' };
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

function refuse(ports: Ports, source: WebhookSource, { status, reason }: Refusal): Response {
  ports.waitUntil(countRefusal(ports, source, reason));
  reportWebhook(ports, { source, outcome: reason, bytes: null });
  return new Response(reason, { status });
}

/** Best effort: with Postgres down a refusal is only logged, because the answer must not depend on it. */
async function countRefusal(ports: Ports, source: WebhookSource, reason: string): Promise<void> {
  try {
    await ports.database.within({}).read((q) =>
      q
        .insert(webhookRefusals)
        .values({ source, reason, day: ports.now().toISOString().slice(0, 10), n: 1 })
        .onConflictDoUpdate({
          target: [webhookRefusals.source, webhookRefusals.reason, webhookRefusals.day],
          set: { n: sql`${webhookRefusals.n} + 1` },
        }),
    );
  } catch (error) {
    ports.log.error('webhook.refusal_not_counted', error, { source, reason });
  }
}
