import './quiet-wrangler.ts';
import fs from 'node:fs';
import path from 'node:path';
import { Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from 'wrangler';

const ROOT = path.resolve(import.meta.dirname, '..');
const CONFIG = path.join(ROOT, 'wrangler.toml');

export interface RunningWorker {
  origin: string;
  mf: Miniflare;
  cron(at?: Date): Promise<void>;
  stop(): Promise<void>;
}
export interface WorkerOptions {
  bundleDir: string;
  /** The web app's files; absent = where wrangler.toml says. */
  webDir?: string;
  port?: number;
  /** Variables and secrets on top of wrangler.toml's. */
  vars: Record<string, string>;
  /** Where R2 and Durable Objects persist; absent = in memory. */
  stateDir?: string;
  /** Fire the cron this often; absent = never (call `cron`). Production fires each minute. */
  cronEverySeconds?: number;
  quiet?: boolean;
  /** Opens the inspector, for a look at the isolate's heap. */
  inspect?: boolean;
  /** Hears everything the Worker writes, instead of the console. */
  onOutput?: (text: string) => void;
}

/** The bundle in workerd under the settings of wrangler.toml; only waiting times of queues are shortened. */
export async function runWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(CONFIG, undefined, {});
  const consumers = Object.fromEntries(
    Object.entries(workerOptions.queueConsumers as Record<string, object>).map(([name, c]) => [name, { ...c, maxBatchTimeout: 0.02 }]),
  );
  const mf = new Miniflare({
    ...workerOptions,
    name: 'inlay',
    modules: modulesOf(options.bundleDir),
    modulesRoot: options.bundleDir,
    rootPath: options.bundleDir,
    ...(options.webDir ? { assets: { ...workerOptions.assets, directory: options.webDir } } : {}),
    queueConsumers: consumers,
    bindings: { ...workerOptions.bindings, ...options.vars },
    cf: false,
    host: '127.0.0.1',
    port: options.port ?? 0,
    log: new Log(LogLevel.ERROR),
    ...(options.inspect ? { inspectorPort: 0 } : {}),
    ...(options.onOutput
      ? {
          handleRuntimeStdio: (out: NodeJS.ReadableStream, err: NodeJS.ReadableStream) => {
            for (const stream of [out, err]) stream.on('data', (part: Buffer) => options.onOutput?.(part.toString('utf8')));
          },
        }
      : options.quiet
        ? {
            handleRuntimeStdio: (out: NodeJS.ReadableStream, err: NodeJS.ReadableStream) => {
              out.resume();
              err.resume();
            },
          }
        : {}),
    ...(options.stateDir ? { defaultPersistRoot: options.stateDir } : {}),
  } as ConstructorParameters<typeof Miniflare>[0]);
  const url = await mf.ready;
  const crons = unstable_readConfig({ config: CONFIG }).triggers.crons ?? [];
  const cron = async (at = new Date()): Promise<void> => {
    const worker = await mf.getWorker();
    for (const expression of crons) await worker.scheduled({ cron: expression, scheduledTime: at });
  };
  const timer = options.cronEverySeconds
    ? setInterval(() => void cron().catch(() => undefined), options.cronEverySeconds * 1000)
    : undefined;
  let stopped: Promise<void> | undefined;
  return {
    origin: url.origin,
    mf,
    cron,
    /** A second time does nothing. */
    stop() {
      clearInterval(timer);
      return (stopped ??= mf.dispose());
    },
  };
}

const ENTRY = 'index.js';
/** What the bundler writes beside modules. */
const NO_MODULE = /(\.map|^README\.md)$/;

/** The bundle's modules by name, the entry first: left to find them itself, Miniflare parses the whole bundle at each start. @throws for a kind we do not ship */
function modulesOf(bundleDir: string): { type: 'ESModule' | 'CompiledWasm'; path: string }[] {
  const names = fs.readdirSync(bundleDir).filter((name) => !NO_MODULE.test(name) && name !== ENTRY);
  return [ENTRY, ...names].map((name) => {
    const type = name.endsWith('.js') ? 'ESModule' : name.endsWith('.wasm') ? 'CompiledWasm' : null;
    if (type === null) throw new Error(`The bundle holds a module of an unknown kind: ${name}`);
    return { type, path: path.join(bundleDir, name) };
  });
}
