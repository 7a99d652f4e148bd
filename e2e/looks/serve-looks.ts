import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { createFakeApi } from './fake-api.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built web home and panel beside an API from memory, same origin, on a free port. */
export async function serveLooks(root: string, options: Parameters<typeof createFakeApi>[0]): Promise<{ url: string; close(): void }> {
  const api = createFakeApi(options);
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://look');
    if (url.pathname.startsWith('/v1/')) {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const asked = {
        method: request.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        body: text === '' ? null : (JSON.parse(text) as unknown),
      };
      if (url.pathname.endsWith('/events')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const answer = api({ ...asked, path: url.pathname.replace('/events', '') });
        response.write(`event: launch\ndata: ${JSON.stringify(answer?.json)}\n\n`);
        return;
      }
      const answer = api(asked);
      response.writeHead(answer?.status ?? 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer?.json));
      return;
    }
    if (url.pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const file =
      url.pathname === '/panel.html'
        ? 'e2e/looks/panel.html'
        : extname(url.pathname) === ''
          ? 'extension/index.html'
          : url.pathname.slice(1);
    const bytes = await readFile(join(root, file)).catch(() => null);
    response
      .writeHead(bytes === null ? 404 : 200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy':
          "default-src 'self'; img-src 'self' blob: data:; media-src blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
      })
      .end(bytes ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The look server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
