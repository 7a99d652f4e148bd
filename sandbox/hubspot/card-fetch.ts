import { setTimeout as wait } from 'node:timers/promises';
import { signedHeaders } from './signature.ts';
import { APP_ID, type HubspotStore } from './store.ts';

export interface CardFetch {
  url: string;
  method?: string;
  body?: unknown;
  portalId: number;
  userId?: number;
  userEmail?: string;
}
export interface CardAnswer {
  status: number;
  body: string;
  attempts: number;
}

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1_000_000;

/**
 * What `hubspot.fetch` of an app card does: the portal, user and app go into the query, the call is signed like a webhook, times
 * out after 15 s, carries at most 1 MB each way and is repeated once when the endpoint answers 5xx. `url` is the public address;
 * the call itself goes to the Worker that runs here.
 */
export async function cardFetch(
  store: HubspotStore,
  { url, method = 'GET', body, portalId, userId = 5150, userEmail = 'user-1@example.com' }: CardFetch,
): Promise<CardAnswer> {
  const origin = store.core.workerOrigin();
  if (origin === null) return { status: 502, body: 'No Worker is running', attempts: 0 };
  const address = new URL(url, origin);
  for (const [name, value] of Object.entries({ userId, portalId, userEmail, appId: APP_ID })) address.searchParams.set(name, String(value));
  const raw = body === undefined ? '' : JSON.stringify(body);
  if (raw.length > MAX_BYTES) throw new Error('A card request carries at most 1 MB');
  for (let attempts = 1; ; attempts += 1) {
    // The Worker stands behind the public name here, as behind any proxy.
    const headers = {
      'x-forwarded-host': address.host,
      'x-forwarded-proto': 'https',
      ...signedHeaders(method, address.toString(), raw, Date.now()),
      ...(raw === '' ? {} : { 'content-type': 'application/json' }),
    };
    const answer = await fetch(`${origin}${address.pathname}${address.search}`, {
      method,
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(raw === '' ? {} : { body: raw }),
    }).catch(() => null);
    const status = answer?.status ?? 504;
    const text = (await answer?.text()) ?? '';
    if (status < 500 || attempts === 2) return { status, body: text.length > MAX_BYTES ? '' : text, attempts };
    await wait(50);
  }
}
