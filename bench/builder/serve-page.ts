import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { preact } from '@preact/preset-vite';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };
/** That of the extension's pages: nothing from elsewhere, no inline script or style, workers of our own only. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; worker-src 'self'; base-uri 'none'";

/** Builds the bench's page with the settings of the product and serves it under the extension's content policy. */
export async function servePage(folder: string): Promise<{ url: string; close(): void }> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [preact()],
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome116',
      modulePreload: false,
      rolldownOptions: { input: join(root, 'bench/builder/page.html') },
    },
  });
  const server = createServer(async (request, response) => {
    const file = new URL(request.url ?? '/', 'http://page').pathname;
    if (file === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const bytes = await readFile(join(folder, file)).catch(() => null);
    response
      .writeHead(bytes === null ? 404 : 200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'content-security-policy': POLICY })
      .end(bytes ?? '');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bench/builder/page.html`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
