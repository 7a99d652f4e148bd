import { readFile } from 'node:fs/promises';

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', json: 'application/json', map: 'application/json' };

/** cdn.inlay.test: files of the built widget, readable from any page, as a public CDN serves them. */
export async function cdnRoute(folder: URL, url: URL): Promise<Response> {
  const headers = {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  const name = url.pathname.slice(1);
  if (!/^[\w-]+(?:\/[\w-]+)*(?:\.[\w-]+)+$/.test(name)) return new Response('Not found', { status: 404, headers });
  try {
    const bytes = await readFile(new URL(name, folder));
    return new Response(bytes, {
      headers: { ...headers, 'content-type': `${TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'}; charset=utf-8` },
    });
  } catch {
    return new Response('The widget is not built yet', { status: 404, headers });
  }
}
