import { readFile } from 'node:fs/promises';

const ROOT = new URL('./', import.meta.url);
const BROWSER_FILE = /^(?:browser|(?:ads-manager|contact-record|storefront)\/client)\/[a-z-]+\.ts$/;
const cache = new Map<string, string>();

/** A browser module of the host pages, types stripped. `path` is below this folder; only browser folders can be read. */
export async function clientScript(path: string): Promise<Response> {
  if (!BROWSER_FILE.test(path)) return new Response('Not found', { status: 404 });
  let code = cache.get(path);
  if (code === undefined) {
    let source: string;
    try {
      source = await readFile(new URL(path, ROOT), 'utf8');
    } catch {
      return new Response('Not found', { status: 404 });
    }
    // Loaded on the first page view only: the sandbox itself has no use for a bundler.
    const { transformWithOxc } = await import('vite');
    code = (await transformWithOxc(source, path)).code;
    cache.set(path, code);
  }
  return new Response(code, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
}
