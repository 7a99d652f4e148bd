import type { Context } from 'hono';
import type { AppEnv } from './bind-contract.ts';

/** A chunk's name carries a hash of its content; the loader's never changes, so it is asked about anew at each page load. */
const HASHED = /\.[0-9a-f]{8}\.js$/;

/** GET /widget/…: the built widget, readable from any page. Not a contract, and no organization: files only, no database. */
export async function serveWidget(c: Context<AppEnv>): Promise<Response> {
  const found = await c.env.ASSETS?.fetch(c.req.raw);
  // For a path they do not know the assets give the app's page, which must not lie in caches under a chunk's name.
  const isFile = found !== undefined && (found.status === 304 || (found.ok && !found.headers.get('content-type')?.startsWith('text/html')));
  const answer = isFile ? new Response(found.body, found) : new Response('Not found', { status: 404 });
  answer.headers.set(
    'cache-control',
    !isFile ? 'no-store' : HASHED.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'public, no-cache',
  );
  answer.headers.set('access-control-allow-origin', '*');
  answer.headers.set('cross-origin-resource-policy', 'cross-origin');
  answer.headers.set('x-content-type-options', 'nosniff');
  return answer;
}
