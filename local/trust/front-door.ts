import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { until } from '../until.ts';

/** One address in front of Workers that come and go, as Cloudflare is: new requests go to the newest, begun ones end where they began. */
export interface FrontDoor {
  readonly origin: string;
  /** From now on requests go there; resolves when nothing is under way at the one before. @throws when that takes over a minute */
  switchTo(origin: string): Promise<void>;
  close(): Promise<void>;
}

export async function openFrontDoor(): Promise<FrontDoor> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const underWay = new Map<string, number>();
  let target: string | undefined;
  const server = http.createServer(async (request, response) => {
    const to = target;
    if (to === undefined) return void response.writeHead(503).end();
    underWay.set(to, (underWay.get(to) ?? 0) + 1);
    response.once('close', () => underWay.set(to, (underWay.get(to) ?? 1) - 1));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { hostname, port } = new URL(to);
    const pass = (): void => {
      const onward = http.request(
        { agent, hostname, port, method: request.method, path: request.url, headers: request.headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          pipeline(answer, response, () => undefined);
        },
      );
      onward.once('error', (error: NodeJS.ErrnoException) => {
        if (response.headersSent) response.destroy();
        // The other end closed an idle connection just as it was used again: nothing of the request arrived.
        else if (onward.reusedSocket && error.code === 'ECONNRESET') pass();
        else response.writeHead(502).end(error.message);
      });
      onward.end(Buffer.concat(chunks));
    };
    pass();
  });
  // A caller that kept its connection must not meet one that is just being closed.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async switchTo(origin) {
      const before = target;
      target = origin;
      if (before === undefined) return;
      await until('what was begun has ended', async () => (underWay.get(before) ?? 0) === 0, 60_000, 20);
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
