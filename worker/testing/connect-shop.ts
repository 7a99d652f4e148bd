import { createHmac, randomUUID } from 'node:crypto';
import { finishConsent, giveConsent } from './connect-meta.ts';
import type { Member, TestWorker } from './harness.ts';

export const SHOP_SECRET = 'sandbox-shopify-secret';

/** Says yes to a platform's dialog as a browser would; resolves when the connection stands. */
async function consent(w: TestWorker, member: Member, provider: 'shopify' | 'hubspot', answer: string, shop?: string): Promise<string> {
  const back = await finishConsent(w, await giveConsent(member, provider, answer, shop), provider);
  if (back.searchParams.get('connected') !== provider) throw new Error(`Not connected: ${back.search}`);
  const {
    rows: [row],
  } = await w.db.query('select id from connections where organization_id = $1 and provider = $2 order by updated_at desc limit 1', [
    member.organizationId,
    provider,
  ]);
  return row.id as string;
}

/** Connects a shop and waits until its webhooks are there and its orders were read once. */
export async function connectShop(w: TestWorker, member: Member, shop: string): Promise<string> {
  const { rows: before } = await w.db.query(`select 1 from outbox where organization_id = $1 and job = 'read-orders'`, [
    member.organizationId,
  ]);
  const connectionId = await consent(w, member, 'shopify', 'decision=install', shop);
  await w.until(
    'the shop was asked for its orders',
    async () =>
      (await w.db.query(`select 1 from outbox where organization_id = $1 and job = 'read-orders'`, [member.organizationId])).rows.length >
      before.length,
    20_000,
  );
  return connectionId;
}

export const connectPortal = (w: TestWorker, member: Member, portal: number): Promise<string> =>
  consent(w, member, 'hubspot', `portal=${portal}`);

/** A store's delivery, signed as the store signs. */
export function deliver(
  w: TestWorker,
  shop: string,
  topic: string,
  body: unknown,
  change: { secret?: string; webhookId?: string; raw?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const signed = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${w.origin}/webhooks/shopify`, {
    method: 'POST',
    body: change.raw ?? signed,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': shop,
      'x-shopify-webhook-id': change.webhookId ?? randomUUID(),
      'x-shopify-triggered-at': new Date().toISOString(),
      'x-shopify-hmac-sha256': createHmac('sha256', change.secret ?? SHOP_SECRET)
        .update(signed)
        .digest('base64'),
      ...change.headers,
    },
  });
}
