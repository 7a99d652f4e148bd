import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { control } from './control.ts';
import { HubspotError } from './errors.ts';
import { authorize, token, tokenInfo } from './oauth.ts';
import { rateLimited } from './rate-limit.ts';
import { crm } from './routes.ts';
import { DEMO_PORTAL, HubspotStore } from './store.ts';

export type RecordPageHandler = (store: HubspotStore, request: Request) => Promise<Response | null>;

export interface HubspotVendor extends Vendor {
  readonly store: HubspotStore;
  /** Contacts of the demo portal, newest first. */
  contacts(): { id: string; name: string }[];
  /** The host page that answers everything on the app host outside /oauth. */
  setPages(handler: RecordPageHandler): void;
}

export function createHubspot(core: SandboxCore): HubspotVendor {
  const store = new HubspotStore(core);
  let pages: RecordPageHandler | null = null;
  return {
    name: 'hubspot',
    store,
    contacts: () =>
      store
        .portal(DEMO_PORTAL)
        .objects.filter(({ type, archived }) => type === 'contacts' && !archived)
        .reverse()
        .map(({ id, properties }) => ({
          id,
          name: [properties['firstname'], properties['lastname']].filter(Boolean).join(' ') || (properties['email'] ?? id),
        })),
    setPages: (handler) => {
      pages = handler;
    },
    serves: (host) => host === 'api.hubapi.com' || /^app(-[a-z0-9]+)?\.hubspot\.com$/.test(host),
    handle: async (request) => {
      const url = new URL(request.url);
      if (url.hostname === 'api.hubapi.com') return api(store, request, url);
      if (url.pathname === '/oauth/authorize') return authorize(store, url);
      return (await pages?.(store, request)) ?? new Response('Not found', { status: 404 });
    },
    control: (method, path, body) => control(store, method, path, body),
    objects: () => ({ portals: [...store.portals.values()] }),
    snapshot: () => store.save(),
    restore: (state) => store.load(state),
  };
}

const refusal = (error: HubspotError): Response => Response.json(error.body, { status: error.status });
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  status === 204 ? new Response(null, { status, headers }) : Response.json(body, { status, headers });

async function api(store: HubspotStore, request: Request, url: URL): Promise<Response | null> {
  const text = await request.text();
  const apply = (): Response => {
    try {
      return dispatch(store, request, url, text);
    } catch (error) {
      if (error instanceof HubspotError) return refusal(error);
      throw error;
    }
  };
  const words = url.pathname.replace(/\/\d+(?=\/|$)/g, '/:id').replace(/access-tokens\/.*/, 'access-tokens/:token');
  const isRead = request.method === 'GET' || /\/(search|read)$/.test(url.pathname);
  return underFaults(store.core, {
    vendor: 'hubspot',
    key: `${request.method} ${words}`,
    isWrite: !isRead,
    apply,
    throttled: () => refusal(rateLimited('TEN_SECONDLY_ROLLING')),
    failed: () => refusal(new HubspotError(500, 'INTERNAL_ERROR', 'internal error')),
  });
}

function dispatch(store: HubspotStore, request: Request, url: URL, text: string): Response {
  if (request.method === 'POST' && /^\/oauth\/(v1|v3|2026-\d{2})\/token$/.test(url.pathname))
    return answer(200, token(store, url.pathname, new URLSearchParams(text)));
  const info = /^\/oauth\/(?:v1|2026-\d{2})\/access-tokens\/(.+)$/.exec(url.pathname)?.[1];
  if (info !== undefined) return answer(200, tokenInfo(store, info));
  let body: Record<string, unknown>;
  try {
    body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    throw new HubspotError(400, 'VALIDATION_ERROR', 'Invalid input JSON');
  }
  const {
    status,
    body: shown,
    headers,
  } = crm(store, url.pathname, request.headers.get('authorization'), { method: request.method, query: url.searchParams, body });
  return answer(status, shown, headers);
}
