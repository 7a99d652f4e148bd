import { createCore, type CoreParts } from '../core/create-core.ts';
import type { FaultPlan } from '../core/faults.ts';
import { createShopify, type ShopifyVendor } from './index.ts';
import { CLIENT_ID, CLIENT_SECRET, DEMO_SHOP } from './store.ts';

export const SCOPES = 'read_orders,read_customers,write_orders,read_products';

/** Loose on purpose: tests compare whole values. */
export interface GraphqlBody {
  data?: Record<string, never>;
  errors?: { message: string; extensions: { code: string } }[];
  extensions?: { cost: Record<string, never> };
}

export interface ShopHarness {
  parts: CoreParts;
  vendor: ShopifyVendor;
  clock: { now: number };
  call(path: string, init?: RequestInit, shop?: string): Promise<Response>;
  /** Installs the app the way our Worker does and gives the token answer. */
  install(scope?: string): Promise<{ access_token: string; refresh_token: string; expires_in: number; scope: string }>;
  graphql(token: string, query: string, variables?: object): Promise<{ status: number; body: GraphqlBody }>;
}

/** One shop without sockets, on a clock the test moves. */
export function shopHarness(options: { faults?: FaultPlan; workerOrigin?: string } = {}): ShopHarness {
  const clock = { now: Date.parse('2026-11-20T09:00:00Z') };
  const parts = createCore({ seed: 7, now: () => clock.now, ...options });
  const vendor = createShopify(parts.core);
  const call = async (path: string, init: RequestInit = {}, shop = DEMO_SHOP): Promise<Response> => {
    const response = await vendor.handle(new Request(`https://${shop}${path}`, init));
    if (response === null) throw new Error('connection cut');
    return response;
  };
  const asJson = (body: object): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    parts,
    vendor,
    clock,
    call,
    install: async (scope = SCOPES) => {
      const query = new URLSearchParams({
        client_id: CLIENT_ID,
        scope,
        redirect_uri: 'https://api.inlay.test/v1/connections/shopify/callback',
        state: 's1',
        decision: 'install',
      });
      const redirect = await call(`/admin/oauth/authorize?${query}`);
      const code = new URL(redirect.headers.get('location') ?? '').searchParams.get('code');
      const answer = await call(
        '/admin/oauth/access_token',
        asJson({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, code, expiring: '1' }),
      );
      return (await answer.json()) as Awaited<ReturnType<ShopHarness['install']>>;
    },
    graphql: async (token, query, variables = {}) => {
      const init = asJson({ query, variables });
      const answer = await call('/admin/api/2026-10/graphql.json', {
        ...init,
        headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
      });
      return { status: answer.status, body: (await answer.json()) as GraphqlBody };
    },
  };
}
