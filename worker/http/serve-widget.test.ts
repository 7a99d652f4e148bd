import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { AppEnv } from './bind-contract.ts';
import { serveWidget } from './serve-widget.ts';

const FILES: Record<string, Response> = {
  '/widget/inlay.js': new Response('loader', { headers: { 'content-type': 'text/javascript', etag: '"1"' } }),
  '/widget/inlay-lead-roas.0123abcd.js': new Response('chunk', { headers: { 'content-type': 'text/javascript' } }),
  '/widget/host-style.css': new Response('style', { headers: { 'content-type': 'text/css' } }),
};
/** Static assets as deployed: the app's page for every unknown path, 304 for what the browser has. */
const ASSETS = {
  fetch: async (request: Request) =>
    request.headers.has('if-none-match')
      ? new Response(null, { status: 304 })
      : (FILES[new URL(request.url).pathname]?.clone() ?? new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })),
};
const get = (path: string, headers: Record<string, string> = {}) =>
  new Hono<AppEnv>().get('/widget/*', serveWidget).request(path, { headers }, { ASSETS });

test('the loader is asked about at each page load, a chunk is kept for a year, both from any page', async () => {
  const caching: Record<string, string | null> = {};
  for (const path of Object.keys(FILES)) {
    const answer = await get(path);
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get('access-control-allow-origin'), path).toBe('*');
    expect(answer.headers.get('cross-origin-resource-policy'), path).toBe('cross-origin');
    expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
    caching[path] = answer.headers.get('cache-control');
  }
  expect(caching).toEqual({
    '/widget/inlay.js': 'public, no-cache',
    '/widget/inlay-lead-roas.0123abcd.js': 'public, max-age=31536000, immutable',
    '/widget/host-style.css': 'public, no-cache',
  });
  expect((await get('/widget/inlay.js', { 'if-none-match': '"1"' })).status).toBe(304);
});

test("a chunk that is not there is a 404 nobody keeps, never the app's page", async () => {
  const answer = await get('/widget/inlay-lead-roas.ffffffff.js');
  expect(answer.status).toBe(404);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
});
