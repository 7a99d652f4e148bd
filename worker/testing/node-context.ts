import { neonConfig } from '@neondatabase/serverless';
import { inject } from 'vitest';
import { WebSocket } from 'ws';
import { localVars } from '../../local/local-secrets.ts';
import { readSettings, type Bindings } from '../env.ts';
import { createContext, type Actor, type Context } from '../kernel/context.ts';
import { createPorts } from '../kernel/create-ports.ts';
import { openDatabase } from '../kernel/database.ts';
import { createLog } from '../observability/log.ts';
import type { TestWorker } from './harness.ts';

export interface NodeContext extends Context {
  close(): Promise<void>;
  readonly queued: { job: string; input: unknown }[];
}

/** A context on the running Worker's database, for rules that no route shows by itself. Queued work is only recorded. */
export async function nodeContext(
  w: TestWorker,
  organizationId: string,
  actor: Actor = { kind: 'job', job: 'test' },
): Promise<NodeContext> {
  neonConfig.webSocketConstructor = WebSocket;
  const {
    rows: [{ name }],
  } = await w.db.query('select current_database() as name');
  const databaseUrl = `postgres://inlay_api:inlay_api@127.0.0.1:${inject('postgresPort')}/${name}`;
  const queued: NodeContext['queued'] = [];
  const queue = {
    sendBatch: async (messages: Iterable<{ body: { job: string; input: unknown } }>) => {
      for (const { body } of messages) queued.push({ job: body.job, input: body.input });
    },
  };
  const bindings = {
    LAUNCH_QUEUE: queue,
    WEBHOOK_QUEUE: queue,
    JOB_QUEUE: queue,
    MAIL_QUEUE: queue,
    DELIVERY_QUEUE: queue,
    RAW: {},
    MEDIA: {},
    CALL_LIMIT: {},
    RATE_BUDGET: {},
    PROGRESS_ROOM: {},
  } as unknown as Bindings;
  const vars = localVars({
    databaseUrl,
    neonProxyPort: inject('neonProxyPort'),
    outsideOrigin: w.sandbox.url,
    workerOrigin: w.origin,
    extensionIds: 'a'.repeat(32),
  });
  const settings = readSettings({ ...bindings, ...vars });
  const database = openDatabase(settings);
  const ctx = createContext(
    createPorts({ settings, bindings, database, log: createLog(), waitUntil: () => undefined }),
    organizationId,
    actor,
  );
  return Object.assign(ctx, { close: () => database.close(), queued });
}
