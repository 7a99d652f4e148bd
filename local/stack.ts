import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { createSandbox, type FaultPlan, type Sandbox } from '../sandbox/index.ts';
import { bundleWorker } from './bundle-worker.ts';
import { noteWorkerd } from './end-leftovers.ts';
import type { Ports } from './hold-folder.ts';
import { localVars } from './local-secrets.ts';
import { migrate } from './migrate.ts';
import { startNeonProxy } from './neon-proxy.ts';
import { placeWidget } from './place-widget.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { runWorker, type RunningWorker } from './run-worker.ts';

/** The id of unpacked builds, fixed by the manifest's public key (extension/manifest.config.ts). */
export const EXTENSION_ID = 'mobbfmmkhddlmcbbpihjfdcggbjfeach';
const ROOT = path.resolve(import.meta.dirname, '..');

export interface StackOptions {
  /** Folder of everything this stack remembers. */
  dir: string;
  ports: Ports;
  seed: number;
  faults?: FaultPlan;
  /** Variables on top of the local ones. */
  vars?: Record<string, string>;
  /** Nothing is worth keeping: no durability, in-memory objects. */
  throwaway?: boolean;
  cronEverySeconds?: number;
  quiet?: boolean;
  inspect?: boolean;
  demo?: boolean;
  /** Told how far the start is. */
  onStep?: (step: string) => void;
}

export interface Stack {
  readonly origin: string;
  /** Folder of everything this stack remembers; a throw-away stack removes it. */
  readonly dir: string;
  readonly sandbox: Sandbox;
  readonly worker: RunningWorker;
  readonly postgres: Postgres;
  /** Postgres as superuser, for checks that look behind every wall. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Ends workerd without warning and starts it again; what was only in its memory is lost. */
  restartWorker(): Promise<void>;
  stop(): Promise<void>;
}

/** The whole product on this machine: Postgres, Neon stand-in, sandbox, and the bundle in workerd. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const step = options.onStep ?? (() => undefined);
  const dir = path.resolve(ROOT, options.dir);
  fs.mkdirSync(dir, { recursive: true });

  const [bundle, postgres] = await Promise.all([
    bundleWorker(path.join(dir, 'bundle')),
    startPostgres({ dataDir: path.join(dir, 'postgres'), port: options.ports.postgres, ...(options.throwaway ? { throwaway: true } : {}) }),
  ]);
  // A build that comes later must not take the files from under a Worker that has their names.
  fs.rmSync(path.join(dir, 'web'), { recursive: true, force: true });
  fs.cpSync(path.join(ROOT, 'dist/web'), path.join(dir, 'web'), { recursive: true });
  if (fs.existsSync(path.join(ROOT, 'dist/widget'))) placeWidget(path.join(dir, 'web'), `http://127.0.0.1:${options.ports.worker}`);
  step('database started, Worker bundled');
  const applied = await migrate(postgres.url(), 'inlay_api');
  const proxy = await startNeonProxy({ postgresPort: postgres.port });
  step(applied.length > 0 ? `migrated: ${applied.join(', ')}` : 'database up to date');

  const origin = `http://127.0.0.1:${options.ports.worker}`;
  const sandbox = await createSandbox({
    seed: options.seed,
    port: options.ports.sandbox,
    httpsPort: options.ports.https,
    workerOrigin: origin,
    ...(options.throwaway ? {} : { stateFile: path.join(dir, 'sandbox.json') }),
    ...(options.faults ? { faults: options.faults } : {}),
    ...(options.demo === undefined ? {} : { demo: options.demo }),
  });
  step('sandbox started');
  const start = async (): Promise<RunningWorker> => {
    const running = await runWorker({
      bundleDir: bundle.dir,
      webDir: path.join(dir, 'web'),
      port: options.ports.worker,
      cronEverySeconds: options.cronEverySeconds ?? 60,
      quiet: options.quiet ?? false,
      inspect: options.inspect ?? false,
      stateDir: path.join(dir, 'worker'),
      vars: {
        ...localVars({
          databaseUrl: postgres.url('postgres', 'inlay_api'),
          neonProxyPort: proxy.port,
          outsideOrigin: sandbox.url,
          workerOrigin: origin,
          extensionIds: EXTENSION_ID,
        }),
        ...options.vars,
      },
    });
    noteWorkerd(dir);
    return running;
  };
  let worker = await start();
  step('Worker started');

  const client = new pg.Pool({ connectionString: postgres.url(), max: 2 });
  client.on('error', () => undefined);
  return {
    origin,
    dir,
    sandbox,
    postgres,
    get worker() {
      return worker;
    },
    async query(sql, values) {
      return (await client.query(sql, values)).rows;
    },
    async restartWorker() {
      await worker.stop();
      worker = await start();
    },
    async stop() {
      await worker.stop();
      await sandbox.close();
      await client.end();
      await proxy.stop();
      await postgres.stop();
      if (options.throwaway) for (const folder of [dir, postgres.dataDir]) fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
