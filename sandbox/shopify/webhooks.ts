import { createHmac } from 'node:crypto';
import { API_VERSION, CLIENT_SECRET, type Shop, type ShopifyStore, type Subscription } from './store.ts';

/** Pauses between the 8 retries; four hours in the real store, some seconds here. */
const RETRY_MS = [100, 200, 300, 400, 600, 800, 1000, 1200];

/** base64 HMAC-SHA256 of the raw body with the app's secret. */
export const signBody = (body: string): string => createHmac('sha256', CLIENT_SECRET).update(body, 'utf8').digest('base64');

/**
 * Tells every subscription about one event. Deliveries of one action share an event id, each has its own webhook id, and a
 * retry repeats the original payload. A subscription made by API is deleted when the last retry fails.
 */
export function notify(store: ShopifyStore, shop: Shop, eventId: string, topic: string, payload: object): void {
  const body = JSON.stringify(payload);
  for (const subscription of shop.subscriptions) {
    if (subscription.topic !== topic) continue;
    const webhookId = uuid(store.core.nextId());
    store.core.deliver({
      vendor: 'shopify',
      url: addressOf(store, subscription),
      body,
      retryAfterMs: RETRY_MS,
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Sandbox-Store-Webhooks/1.0',
        'X-Shopify-Topic': topic,
        'X-Shopify-Hmac-Sha256': signBody(body),
        'X-Shopify-Shop-Domain': shop.domain,
        'X-Shopify-API-Version': API_VERSION,
        'X-Shopify-Webhook-Id': webhookId,
        'X-Shopify-Event-Id': eventId,
        'X-Shopify-Triggered-At': new Date(store.core.now()).toISOString(),
      },
      onAnswer: (status, attempt) => count(store, shop, subscription, status, attempt),
    });
  }
}

export const newEventId = (store: ShopifyStore): string => uuid(store.core.nextId());

function count(store: ShopifyStore, shop: Shop, subscription: Subscription, status: number | null, attempt: number): void {
  if (status !== null && status >= 200 && status < 300) subscription.failures = 0;
  else if (attempt > RETRY_MS.length) subscription.failures = RETRY_MS.length;
  else return;
  if (subscription.failures > 0 && subscription.source === 'api')
    shop.subscriptions = shop.subscriptions.filter((one) => one !== subscription);
  store.core.touch();
}

/** The registered path on the Worker that listens here; an absolute address only when nobody set one. */
function addressOf(store: ShopifyStore, subscription: Subscription): string {
  const origin = store.core.workerOrigin();
  if (origin === null) return subscription.uri;
  const registered = new URL(subscription.uri);
  return `${origin}${registered.pathname}${registered.search}`;
}

function uuid(id: string): string {
  const hex = BigInt(id).toString(16).padStart(32, '0').slice(-32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
