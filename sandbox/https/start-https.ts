import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { serveNode, type Handle } from '../core/node-http.ts';
import { certificate } from './certificate.ts';
import { WORKER_HOSTS } from './hosts.ts';
import { passToWorker } from './pass-to-worker.ts';

export interface HttpsFront {
  url: string;
  port: number;
  spki: string;
  close(): Promise<void>;
}

export interface HttpsOptions {
  /** 0 picks a free port. */
  port: number;
  handle: Handle;
  /** Origin of the Worker for api.inlay.test and app.inlay.test, asked for each request; null = nobody listens yet. */
  proxyTo(): string | null;
  /** Where the certificate is kept; default .local/https in the repository. */
  certificateFolder?: URL;
}

/** The TLS front: every imitated host by its Host header, the product's own two names passed on to the Worker. */
export async function startHttps({ port, handle, proxyTo, certificateFolder }: HttpsOptions): Promise<HttpsFront> {
  const { key, cert, spki } = await certificate(certificateFolder);
  const serve = serveNode(handle, 'https');
  const server = createServer({ key, cert }, (message, reply) => {
    const host = (message.headers.host ?? '').split(':')[0]?.toLowerCase() ?? '';
    if (!WORKER_HOSTS.includes(host)) return serve(message, reply);
    const origin = proxyTo();
    if (origin === null) reply.writeHead(502, { 'content-type': 'text/plain' }).end('No Worker is running');
    else passToWorker(origin, message, reply);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `https://127.0.0.1:${bound}`,
    port: bound,
    spki,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
