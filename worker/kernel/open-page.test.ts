import { expect, test } from 'vitest';
import type { Ports } from './context.ts';
import { createVisitor, type VisitLimits } from './open-page.ts';

type Page = (url: URL, signal: AbortSignal) => Response | Promise<Response>;
const to =
  (location: string, status = 302): Page =>
  () =>
    new Response(null, { status, headers: { location } });
const html =
  (text: string, headers: Record<string, string> = {}): Page =>
  () =>
    new Response(text, { headers: { 'content-type': 'text/html', ...headers } });

/** The outside as it is told: pages by host and path; a name leads to a public address unless `inner` holds it. */
function world(pages: Record<string, Page>, limits: Partial<VisitLimits> = {}, inner: readonly string[] = []) {
  const asked: string[] = [];
  let resolved = 0;
  const names = new Set(Object.keys(pages).map((page) => page.split('/')[0]));
  const ports = {
    settings: { API_ORIGIN: 'https://api.inlay.app', APP_ORIGIN: 'https://app.inlay.app' },
    log: { info: () => undefined },
    async outside(address: string, init: RequestInit) {
      const url = new URL(address);
      if (url.hostname === 'cloudflare-dns.com') {
        resolved += 1;
        const name = url.searchParams.get('name') ?? '';
        const data = inner.includes(name) ? '10.0.0.7' : '93.184.215.14';
        const isThere = url.searchParams.get('type') === 'A' && (names.has(name) || inner.includes(name));
        return Response.json({ Answer: isThere ? [{ type: 1, data }] : [] });
      }
      asked.push(url.host + url.pathname + url.search);
      const page = pages[url.host + url.pathname];
      if (page === undefined) throw new TypeError('cut');
      return page(url, init.signal as AbortSignal);
    },
  } as unknown as Ports;
  const visit = createVisitor(ports, { timeoutMs: 1_000, mostRedirects: 3, mostBytes: 20_000, mostCalls: 40, ...limits });
  return { visit, asked, resolved: () => resolved };
}

test('a page is opened through its redirects, and says its language', async () => {
  const { visit, asked } = world({
    'shop.io/a': to('/b?x=1'),
    'shop.io/b': to('https://www.shop.io/c', 301),
    'www.shop.io/c': html('<!doctype html><html class="js" lang="fr-CA"><title>Bonjour</title>'),
  });
  expect(await visit('https://shop.io/a')).toEqual({
    status: 200,
    error: null,
    finalUrl: 'https://www.shop.io/c',
    redirects: 2,
    language: 'fr-CA',
  });
  expect(asked).toEqual(['shop.io/a', 'shop.io/b?x=1', 'www.shop.io/c']);
});

test('a redirect into an inner network is not followed, by name, by address, by another protocol or port', async () => {
  const { visit, asked } = world(
    {
      'a.io/': to('https://rebound.io/'),
      'b.io/': to('https://169.254.169.254/latest/meta-data'),
      'c.io/': to('https://[::1]/'),
      'd.io/': to('file:///etc/passwd'),
      'e.io/': to('https://shop.io:6379/'),
      'f.io/': to('https://api.inlay.app/v1/account'),
      'g.io/': to('http://shop.io/'),
    },
    {},
    ['rebound.io'],
  );
  const errors = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(async (host) => (await visit(`https://${host}.io/`)).error));
  expect(errors).toEqual([
    ...Array.from({ length: 3 }, () => 'refused_address'),
    'not_https',
    'refused_address',
    'refused_address',
    'not_https',
  ]);
  expect(asked.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((host) => `${host}.io/`));
});

test('a loop ends, and so does a redirect that leads nowhere', async () => {
  const { visit, asked } = world({ 'shop.io/a': to('/b'), 'shop.io/b': to('/a'), 'shop.io/c': to('https://') });
  expect(await visit('https://shop.io/a')).toMatchObject({ status: 302, error: 'redirects', redirects: 3 });
  expect(asked.length).toBe(4);
  expect(await visit('https://shop.io/c')).toMatchObject({ error: 'redirects' });
});

test('no name, no answer, an answer that is late, a page that never ends', async () => {
  let read = 0;
  const { visit } = world(
    {
      'late.io/': (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new DOMException('late', 'TimeoutError')))),
      'endless.io/': () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              read += 1_000;
              controller.enqueue(new Uint8Array(1_000).fill(32));
            },
          }),
          { headers: { 'content-type': 'text/html' } },
        ),
      'cut.io/other': html(''),
    },
    { timeoutMs: 60 },
  );
  expect(await visit('https://nobody.io/')).toMatchObject({ status: null, error: 'no_name' });
  expect(await visit('https://cut.io/')).toMatchObject({ status: null, error: 'network' });
  expect(await visit('https://late.io/')).toMatchObject({ status: null, error: 'timeout' });
  expect(await visit('https://endless.io/')).toMatchObject({ status: 200, error: null, language: null });
  expect(read).toBeLessThan(30_000);
});

test('all visits together make no more calls than they may; a name is asked about once', async () => {
  const shop = world({ 'shop.io/': html('<html lang="de">') }, { mostCalls: 5 });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => shop.visit('https://shop.io/')));
  expect(outcomes.map((one) => one.error)).toEqual([null, null, null, 'not_visited', 'not_visited', 'not_visited']);
  expect([shop.asked.length, shop.resolved()]).toEqual([3, 2]);
});

test('the language stands in a header, too; what is no page is not read', async () => {
  const { visit } = world({
    'shop.io/': html('<html>', { 'content-language': 'es, en' }),
    'shop.io/file': () => new Response('%PDF <html lang="fr">', { headers: { 'content-type': 'application/pdf' } }),
    'shop.io/hreflang': html('<html data-lang="en"><link hreflang="fr">'),
  });
  expect((await visit('https://shop.io/')).language).toBe('es');
  expect((await visit('https://shop.io/file')).language).toBeNull();
  expect((await visit('https://shop.io/hreflang')).language).toBeNull();
});
