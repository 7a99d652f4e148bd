import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { checkProof } from './check-proof.ts';
import { servePage } from './fixture-page.ts';
import { leadSample, statsSample } from './samples.ts';

/**
 * A shop, a CRM page, our API and our CDN as four origins on one local server. `*.localhost` counts as a secure place, so WebCrypto works.
 * The API checks every proof with somebody else's code.
 */
export interface FixtureHosts {
  /** `attributes` are those of the element; `query` parameters: class, lang, module, twice, below, clipboard. */
  page(element: 'inlay-lead-roas' | 'inlay-affiliate-stats', attributes?: Record<string, string>, query?: Record<string, string>): string;
  api: string;
  /** The same API and shop proxy for the sandbox's host pages, in the Worker's place. */
  workerOrigin: string;
  /** What the API does next; tests change it. */
  state: FixtureState;
  close(): Promise<void>;
}

export interface FixtureState {
  api: 'up' | 'down' | 'refusing';
  cdnDown: boolean;
  lead: unknown;
  stats: unknown;
  /** What the shop's proxy answers; null means a token. */
  proxy: unknown;
  tokenLifeS: number;
  /** Refuse the next token once, as after a rotation of our key. */
  refuseTokenOnce: boolean;
  latencyMs: number;
  calls: string[];
  /** Proofs that somebody else's code did not accept, and why. */
  badProofs: string[];
}

export async function startFixtureHosts(widgetDir: string): Promise<FixtureHosts> {
  const state: FixtureState = {
    api: 'up',
    cdnDown: false,
    lead: leadSample,
    stats: statsSample,
    proxy: null,
    tokenLifeS: 600,
    refuseTokenOnce: false,
    latencyMs: 0,
    calls: [],
    badProofs: [],
  };
  const jktOf = new Map<string, string>();
  const seenJti = new Set<string>();

  const mint = (jkt: string) => {
    const token = `token-${jktOf.size + 1}`;
    jktOf.set(token, jkt);
    return { token, expiresIn: state.tokenLifeS };
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      // A page that is left in the middle of a request is no fault.
      if (!request.complete) return;
      state.badProofs.push(`server: ${String(error)}`);
      response.writeHead(500).end();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = (request.headers.host ?? '').split('.')[0];
    const url = new URL(request.url ?? '/', `${String(request.headers['x-forwarded-proto'] ?? 'http')}://${request.headers.host}`);
    const json = (status: number, body: unknown) => answerJson(response, status, body);
    if (host === 'cdn') {
      response.setHeader('access-control-allow-origin', '*');
      if (state.cdnDown && url.pathname !== '/inlay.js') return void response.writeHead(503).end();
      const code = await readFile(path.join(widgetDir, path.basename(url.pathname)));
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(code);
    }
    if (host !== 'api' && url.pathname === '/apps/inlay/token') {
      state.calls.push('proxy token');
      return state.api === 'down' ? json(503, {}) : json(200, state.proxy ?? mint(url.searchParams.get('jkt') ?? ''));
    }
    // Signed by HubSpot, in the Worker's place only; its signature is the Worker's test.
    if (url.pathname === '/v1/hubspot/card') return json(200, state.lead);
    return host === 'api' ? answerApi(url, request, response) : servePage(url, response, origin);
  }

  async function answerApi(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (state.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, state.latencyMs));
    const json = (status: number, body: unknown) => answerJson(response, status, body);
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-expose-headers', 'date');
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-allow-headers', 'authorization, content-type, dpop');
      return void response.writeHead(204, { 'access-control-max-age': '600' }).end();
    }
    state.calls.push(`${request.method} ${url.pathname}`);
    if (state.api === 'down') return json(503, {});
    if (state.api === 'refusing') return json(403, {});
    if (url.pathname === '/v1/embeds/token') {
      const body = JSON.parse(await textOf(request)) as { jkt: string };
      state.calls.push(`mint ${JSON.stringify({ ...body, jkt: body.jkt.length })}`);
      return json(200, mint(body.jkt));
    }
    const token = (request.headers.authorization ?? '').replace(/^DPoP /, '');
    const wrong = await checkProof(String(request.headers['dpop']), {
      method: 'GET',
      url: `${url.origin}${url.pathname}`,
      token,
      jkt: jktOf.get(token) ?? '',
      seenJti,
    });
    if (wrong !== null) state.badProofs.push(wrong);
    if (state.refuseTokenOnce || wrong !== null) {
      state.refuseTokenOnce = false;
      return json(401, {});
    }
    json(200, url.pathname.endsWith('lead-roas') ? state.lead : state.stats);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = (host: string) => `http://${host}.localhost:${port}`;

  return {
    api: origin('api'),
    workerOrigin: `http://127.0.0.1:${port}`,
    state,
    page: (element, attributes = {}, query = {}) => {
      const all = { 'data-key': 'pk_fixture', 'data-contact': '501', 'data-api': origin('api'), ...attributes };
      const url = new URL('/page', origin(element === 'inlay-lead-roas' ? 'crm' : 'shop'));
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      url.searchParams.set('element', element);
      url.searchParams.set(
        'attributes',
        Object.entries(all)
          .map(([name, value]) => `${name}="${value}"`)
          .join(' '),
      );
      return url.href;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
