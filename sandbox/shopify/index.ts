import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { forwardToApp, PROXY_PREFIX } from './app-proxy.ts';
import { control } from './control.ts';
import { executeGraphql, throttledAnswer, type GraphqlCall } from './graphql/execute.ts';
import { accessToken, authorize, grantFor } from './oauth.ts';
import { API_VERSION, ShopifyStore, type Shop } from './store.ts';

export type StorefrontHandler = (shop: Shop, store: ShopifyStore, request: Request) => Promise<Response | null>;

export interface ShopifyVendor extends Vendor {
  readonly store: ShopifyStore;
  /** The host page that answers everything outside /admin and the app proxy. */
  setStorefront(handler: StorefrontHandler): void;
}

export function createShopify(core: SandboxCore): ShopifyVendor {
  const store = new ShopifyStore(core);
  let storefront: StorefrontHandler | null = null;
  return {
    name: 'shopify',
    store,
    setStorefront: (handler) => {
      storefront = handler;
    },
    serves: (host) => /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(host),
    handle: async (request) => {
      const url = new URL(request.url);
      const shop = store.shop(url.hostname);
      if (url.pathname.startsWith('/admin/')) return admin(store, shop, request, url);
      if (url.pathname.startsWith(`${PROXY_PREFIX}/`)) return forwardToApp(store, shop, request);
      return (await storefront?.(shop, store, request)) ?? new Response('Not found', { status: 404 });
    },
    control: (method, path, body) => control(store, method, path, body),
    objects: () => ({ shops: [...store.shops.values()].map(({ grants: _grants, codes: _codes, ...visible }) => visible) }),
    snapshot: () => store.save(),
    restore: (state) => store.load(state),
  };
}

const errors = (message: string, status: number): Response => Response.json({ errors: message }, { status });

async function admin(store: ShopifyStore, shop: Shop, request: Request, url: URL): Promise<Response | null> {
  if (request.method === 'GET' && url.pathname === '/admin/oauth/authorize') return authorize(store, shop, url);
  const text = await request.text();
  if (request.method === 'POST' && url.pathname === '/admin/oauth/access_token') {
    const grantType = text.includes('refresh_token') ? 'refresh' : 'code';
    return underFaults(store.core, {
      vendor: 'shopify',
      key: `POST access_token ${grantType}`,
      isWrite: true,
      apply: () => accessToken(store, shop, readFields(text, request.headers.get('content-type'))),
      throttled: () => errors('Exceeded 2 calls per second for api client.', 429),
      failed: () => errors('Internal Server Error', 500),
    });
  }
  if (request.method !== 'POST' || !/^\/admin\/api\/[^/]+\/graphql\.json$/.test(url.pathname)) return errors('Not Found', 404);
  if (!url.pathname.includes(`/${API_VERSION}/`)) return errors(`Only API version ${API_VERSION} is imitated here`, 404);
  const grant = grantFor(store, shop, request.headers.get('x-shopify-access-token'));
  if (!grant) return errors('[API] Invalid API key or access token (unrecognized login or wrong password)', 401);
  let call: GraphqlCall;
  try {
    call = JSON.parse(text) as GraphqlCall;
  } catch {
    return errors('Bad Request', 400);
  }
  const isWrite = /^\s*mutation\b/m.test(call.query);
  return underFaults(store.core, {
    vendor: 'shopify',
    key: `graphql ${fieldWords(call.query)}`,
    isWrite,
    apply: () => executeGraphql(store, shop, grant, call),
    throttled: () => throttledAnswer(shop),
    failed: () => errors('Internal Server Error', 500),
  });
}

/** First field names of a query: the same words in every run, unlike ids and cursors. */
const fieldWords = (query: string): string => query.replace(/\s+/g, ' ').slice(0, 60);

function readFields(text: string, type: string | null): Record<string, unknown> {
  if (type?.includes('json')) return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  return Object.fromEntries(new URLSearchParams(text));
}
