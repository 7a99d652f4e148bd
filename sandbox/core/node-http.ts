import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

export type Handle = (request: Request) => Promise<Response | null>;

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade', 'expect', 'host']);

async function readBody(message: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Node message → web request. A GET body is read and thrown away: one official client sends "{}" with every GET. */
async function toRequest(message: IncomingMessage, origin: string): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value === undefined || name.startsWith(':') || HOP_BY_HOP.has(name)) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  const method = message.method ?? 'GET';
  const body = await readBody(message);
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  return new Request(new URL(message.url ?? '/', origin), { method, headers, ...(hasBody ? { body } : {}) });
}

async function send(response: Response, reply: ServerResponse): Promise<void> {
  reply.statusCode = response.status;
  const cookies = response.headers.getSetCookie();
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') reply.setHeader(name, value);
  });
  if (cookies.length > 0) reply.setHeader('set-cookie', cookies);
  if (response.body === null) {
    reply.end();
    return;
  }
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  body.on('error', () => reply.destroy());
  body.pipe(reply);
}

/**
 * Serves a web-standard handler from a Node HTTP, HTTPS or HTTP/1 server. The request URL keeps the Host header's name,
 * so one handler answers both the path form and the real host names. Null cuts the socket without an answer.
 */
export function serveNode(handle: Handle, scheme: 'http' | 'https'): (message: IncomingMessage, reply: ServerResponse) => void {
  return (message, reply) => {
    const run = async (): Promise<void> => {
      const request = await toRequest(message, `${scheme}://${message.headers.host ?? 'localhost'}`);
      const response = await handle(request);
      if (response === null) {
        message.socket.destroy();
        return;
      }
      await send(response, reply);
    };
    run().catch((error: unknown) => {
      if (reply.headersSent || reply.destroyed) {
        reply.destroy();
        return;
      }
      reply.statusCode = 500;
      reply.setHeader('content-type', 'text/plain; charset=utf-8');
      reply.end(`sandbox failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  };
}
