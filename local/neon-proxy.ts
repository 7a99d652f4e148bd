import http from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { WebSocketServer } from 'ws';
import { createSessionPool } from './session-pool.ts';

export interface NeonProxy {
  port: number;
  stop(): Promise<void>;
}
interface Query {
  query: string;
  params?: unknown[];
}

const asText: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;
const ISOLATION: Record<string, string> = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
};
const ERROR_FIELDS = [
  'message',
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

/**
 * Stands in for Neon's two doors on one port, in front of one Postgres (never an address that the client names):
 * POST /sql for single statements and batches, a WebSocket for sessions.
 */
export async function startNeonProxy(options: { postgresPort: number; port?: number }): Promise<NeonProxy> {
  const postgres = { host: '127.0.0.1', port: options.postgresPort };
  const pools = new Map<string, pg.Pool>();
  const poolFor = (connection: string): pg.Pool => {
    const known = pools.get(connection);
    if (known) return known;
    const url = new URL(connection);
    const pool = new pg.Pool({
      ...postgres,
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1),
      max: 20,
      idleTimeoutMillis: 10_000,
    });
    pool.on('error', () => undefined);
    // A session that Postgres ends while it is lent out fails its next query; it must not end the proxy.
    pool.on('connect', (client) => client.on('error', () => undefined));
    pools.set(connection, pool);
    return pool;
  };
  const run = async (client: pg.PoolClient, { query, params = [] }: Query) => {
    const result = await client.query({ text: query, values: params, rowMode: 'array', types: asText });
    return { command: result.command, rowCount: result.rowCount, fields: result.fields, rows: result.rows, rowAsArray: true };
  };

  const server = http.createServer(async (request, response) => {
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.method !== 'POST' || !request.url?.startsWith('/sql')) return reply(404, { message: 'not found' });
    let client: pg.PoolClient | undefined;
    let broken: Error | undefined;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Query | { queries: Query[] };
      client = await poolFor(String(request.headers['neon-connection-string'])).connect();
      if (!('queries' in body)) return reply(200, await run(client, body));
      const level = ISOLATION[String(request.headers['neon-batch-isolation-level'])];
      await client.query(
        `BEGIN${level ? ` ISOLATION LEVEL ${level}` : ''}${request.headers['neon-batch-read-only'] === 'true' ? ' READ ONLY' : ''}`,
      );
      try {
        const results = [];
        for (const query of body.queries) results.push(await run(client, query));
        await client.query('COMMIT');
        reply(200, { results });
      } catch (error) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      }
    } catch (error) {
      const fields = error as Record<string, unknown>;
      reply(400, Object.fromEntries(ERROR_FIELDS.map((name) => [name, fields[name]])));
    } finally {
      client?.release(broken);
    }
  });

  // workerd keeps connections and must not meet one that is just being closed: that would look like Postgres being away.
  server.keepAliveTimeout = 120_000;
  const sessions = createSessionPool(postgres);
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket) => sessions.serve(socket));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sessions.stop();
      await Promise.all([...pools.values()].map((pool) => pool.end().catch(() => undefined)));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
