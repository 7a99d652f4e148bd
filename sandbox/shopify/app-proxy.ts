import { createHmac } from 'node:crypto';
import { BASE_HEADER, REQUEST_ID_HEADER } from '../core/router.ts';
import { CLIENT_SECRET, type Shop, type ShopifyStore } from './store.ts';

export const PROXY_PREFIX = '/apps/inlay';
const DROPPED = ['cookie', 'host', 'connection', 'content-length', 'authorization', BASE_HEADER, REQUEST_ID_HEADER];

/** Signature of an app proxy request: pairs sorted, joined without separator, repeated values by comma, hex HMAC-SHA256. */
export function proxySignature(params: URLSearchParams): string {
  const names = [...new Set(params.keys())].filter((name) => name !== 'signature').sort();
  const message = names.map((name) => `${name}=${params.getAll(name).join(',')}`).join('');
  return createHmac('sha256', CLIENT_SECRET).update(message).digest('hex');
}

/** Forwards a storefront request to the app: signed query, no cookies in either direction. */
export async function forwardToApp(store: ShopifyStore, shop: Shop, request: Request): Promise<Response> {
  const origin = store.core.workerOrigin();
  if (origin === null) return new Response('There was an error in the third-party application.', { status: 502 });
  const url = new URL(request.url);
  const query = new URLSearchParams(url.searchParams);
  query.set('shop', shop.domain);
  query.set('logged_in_customer_id', /(?:^|;\s*)sandbox_customer=(\d+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '');
  query.set('path_prefix', PROXY_PREFIX);
  query.set('timestamp', String(Math.floor(store.core.now() / 1000)));
  query.set('signature', proxySignature(query));
  const headers = new Headers(request.headers);
  for (const name of DROPPED) headers.delete(name);
  headers.set('x-forwarded-host', shop.domain);
  const body = request.method === 'GET' || request.method === 'HEAD' ? {} : { body: await request.arrayBuffer() };
  try {
    const answer = await fetch(`${origin}${url.pathname}?${query}`, { method: request.method, headers, redirect: 'manual', ...body });
    const out = new Headers(answer.headers);
    for (const name of ['set-cookie', 'content-encoding', 'content-length', 'transfer-encoding']) out.delete(name);
    return new Response(answer.body, { status: answer.status, headers: out });
  } catch {
    return new Response('There was an error in the third-party application.', { status: 502 });
  }
}
