import type { Handle } from './node-http.ts';
import type { RequestLog } from './request-log.ts';
import type { Vendor } from './vendor.ts';

export interface RouterParts {
  vendors: readonly Vendor[];
  log: RequestLog;
  now(): number;
  /** Answers /_sandbox/... */
  control: Handle;
}

/** The name that the sandbox's own root page is asked for under; a vendor that serves it owns that page. */
export const ROOT_HOST = 'sandbox.inlay.test';

export const REQUEST_ID_HEADER = 'x-sandbox-request-id';
/** In the path form: where the vendor's root is on the plain port, so that a page can write addresses that work there. */
export const BASE_HEADER = 'x-sandbox-base';

function notFound(text: string): Response {
  return new Response(`${text}\n`, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

/**
 * Finds the vendor for a request: by Host header (`https://graph.facebook.com/v26.0/me`) or, on the plain port, by the
 * first path segment (`http://127.0.0.1:8790/graph.facebook.com/v26.0/me`). The vendor sees the real URL either way.
 */
export function createRouter({ vendors, log, now, control }: RouterParts): Handle {
  const vendorFor = (host: string): Vendor | undefined => vendors.find((vendor) => vendor.serves(host));

  const pass = async (vendor: Vendor, url: URL, request: Request, base: string | null): Promise<Response | null> => {
    const entry = log.open(vendor.name, request.method, url, now());
    const headers = new Headers(request.headers);
    headers.set(REQUEST_ID_HEADER, entry.requestId);
    headers.delete(BASE_HEADER);
    if (base !== null) headers.set(BASE_HEADER, base);
    const body = request.body === null ? {} : { body: await request.arrayBuffer() };
    const response = await vendor.handle(new Request(url, { method: request.method, headers, ...body }));
    entry.status = response?.status ?? null;
    return response;
  };

  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname.startsWith('/_sandbox/')) return control(request);

    const byHost = vendorFor(url.hostname.toLowerCase());
    if (byHost !== undefined) {
      return pass(byHost, new URL(`https://${url.hostname.toLowerCase()}${url.pathname}${url.search}`), request, null);
    }

    const [first = '', ...rest] = url.pathname.slice(1).split('/');
    const host = (first === '' ? ROOT_HOST : first).toLowerCase();
    const byPath = vendorFor(host);
    if (byPath !== undefined) {
      return pass(
        byPath,
        new URL(`https://${host}/${rest.join('/')}${url.search}`),
        request,
        first === '' ? url.origin : `${url.origin}/${first}`,
      );
    }
    if (first === '') return new Response('Inlay sandbox\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
    return notFound(`nobody answers for ${host}`);
  };
}
