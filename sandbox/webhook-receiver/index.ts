import type { SandboxCore, Vendor } from '../core/vendor.ts';

/** How an address of the receiver behaves from now on. */
export type Behaviour =
  | { kind: 'answer'; status: number; location?: string; html?: string }
  /** A page that never ends. */
  | { kind: 'endless' }
  /** Cuts the connection. */
  | { kind: 'down' }
  /** Answers 200, this much later. */
  | { kind: 'slow'; ms: number };
/** One request as it came. */
export interface Received {
  path: string;
  at: string;
  headers: Record<string, string>;
  body: string;
}
export interface WebhookReceiver extends Vendor {
  readonly received: readonly Received[];
  behave(path: string, behaviour: Behaviour): void;
}

const HOSTS = new Set(['receiver.inlay.test', 'receiver.inlay.test:8443', 'hooks.inlay.test']);
const RESOLVER = 'cloudflare-dns.com';
/** What the sandbox's names lead to; a name that is not in it leads nowhere. */
const LEADS_TO: Record<string, string> = {
  'receiver.inlay.test': '93.184.215.14',
  'hooks.inlay.test': '93.184.215.14',
  'rebound.inlay.test': '169.254.169.254',
  'inlay-demo.myshopify.com': '23.227.38.74',
};
const SHOWN_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'content-type', 'user-agent'];
const FINE: Behaviour = { kind: 'answer', status: 200 };

/** Somebody who wants to be told: any path under receiver.inlay.test, each with a behaviour of its own; and the resolver of their names. */
export function createWebhookReceiver(core: SandboxCore): WebhookReceiver {
  let received: Received[] = [];
  let behaviours: Record<string, Behaviour> = {};
  const behave = (path: string, behaviour: Behaviour): void => {
    behaviours[path] = behaviour;
    core.touch();
  };

  const take = async (request: Request, path: string): Promise<Response | null> => {
    const behaviour = behaviours[path] ?? FINE;
    received.push({
      path,
      at: new Date(core.now()).toISOString(),
      headers: Object.fromEntries(SHOWN_HEADERS.map((name) => [name, request.headers.get(name) ?? ''])),
      body: await request.text(),
    });
    core.touch();
    if (behaviour.kind === 'down') return null;
    if (behaviour.kind === 'slow') {
      await new Promise((resolve) => setTimeout(resolve, behaviour.ms));
      return new Response('late');
    }
    if (behaviour.kind === 'endless') {
      const chunk = new TextEncoder().encode('<p>and on</p>'.repeat(1_000));
      const page = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
      return new Response(page, { headers: { 'content-type': 'text/html' } });
    }
    const { status, location, html } = behaviour;
    if (html !== undefined) return new Response(html, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
    return new Response(status === 204 || (status >= 300 && status < 400) ? null : 'as asked', {
      status,
      ...(location === undefined ? {} : { headers: { location } }),
    });
  };

  return {
    name: 'webhook-receiver',
    get received() {
      return received;
    },
    behave,
    serves: (host) => HOSTS.has(host) || host === RESOLVER,
    async handle(request) {
      const url = new URL(request.url);
      if (url.hostname !== RESOLVER) return take(request, url.pathname);
      const address = url.searchParams.get('type') === 'A' ? LEADS_TO[url.searchParams.get('name') ?? ''] : undefined;
      return Response.json({ Status: 0, Answer: address === undefined ? [] : [{ type: 1, data: address }] });
    },
    async control(method, path, body) {
      if (method === 'GET' && path === 'received') return { received };
      if (method === 'DELETE' && path === 'received') {
        received = [];
        return { received };
      }
      if (method === 'PUT' && path === 'behaviour') {
        const { path: of, ...behaviour } = body as { path: string } & Behaviour;
        behave(of, behaviour as Behaviour);
        return { behaviours };
      }
      return undefined;
    },
    objects: () => ({ received, behaviours }),
    snapshot: () => structuredClone({ received, behaviours }),
    restore(state) {
      ({ received, behaviours } = state as { received: Received[]; behaviours: Record<string, Behaviour> });
    },
  };
}
