import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createControl } from './core/control.ts';
import { createCore } from './core/create-core.ts';
import type { FaultPlan } from './core/faults.ts';
import { serveNode, type Handle } from './core/node-http.ts';
import type { RequestLog } from './core/request-log.ts';
import { createRouter } from './core/router.ts';
import { createStateFile } from './core/state-file.ts';
import { putState, takeState } from './core/vendor-state.ts';
import type { Vendor } from './core/vendor.ts';
import type { Delivery } from './core/webhook-sender.ts';
import { createMeta, type MetaVendor } from './meta/index.ts';

export { defaultFaultPlan, noFaults, type FaultPlan } from './core/faults.ts';

export interface SandboxOptions {
  seed: number;
  /** Plain HTTP port; 0 or absent picks a free one. */
  port?: number;
  /** HTTPS port for the real host names; absent means no HTTPS front. */
  httpsPort?: number;
  stateFile?: string;
  workerOrigin?: string;
  faults?: FaultPlan;
  /** False leaves out the generated demo ad account. Default true. */
  demo?: boolean;
  now?: () => number;
}

export interface Sandbox {
  readonly url: string;
  readonly httpsUrl: string | null;
  readonly log: RequestLog;
  readonly meta: MetaVendor;
  readonly deliveries: readonly Delivery[];
  /** The router itself, for tests in the same process: no sockets. */
  readonly handle: Handle;
  setFaults(plan: FaultPlan): void;
  setWorkerOrigin(origin: string | null): void;
  webhooksIdle(): Promise<void>;
  reset(): void;
  close(): Promise<void>;
}

/** Starts the outside world on one local HTTP server: every vendor, the host pages and the control routes. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const parts = createCore({ ...options, touch: () => stateFile.touch() });
  const { core, webhooks } = parts;
  const meta = createMeta(core, options.demo === undefined ? {} : { demo: options.demo });
  const vendors: Vendor[] = [meta];
  const stateFile = createStateFile(options.stateFile, () => takeState(parts, vendors));

  const blank = takeState(parts, vendors);
  const saved = stateFile.read();
  if (saved !== null) putState(parts, vendors, saved);

  const reset = (): void => {
    parts.cancelLater();
    webhooks.clear();
    core.log.clear();
    core.faults.set(core.faults.plan);
    putState(parts, vendors, structuredClone(blank));
    stateFile.touch();
  };
  const control = createControl({
    seed: options.seed,
    vendors,
    faults: core.faults,
    log: core.log,
    webhooks,
    reset,
    touch: () => stateFile.touch(),
  });
  const handle = createRouter({ vendors, log: core.log, now: core.now, control });

  const server = createServer(serveNode(handle, 'http'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    httpsUrl: null,
    log: core.log,
    meta,
    deliveries: webhooks.deliveries,
    handle,
    setFaults: (plan) => core.faults.set(plan),
    setWorkerOrigin: (origin) => parts.setWorkerOrigin(origin),
    webhooksIdle: () => webhooks.idle(),
    reset,
    async close() {
      parts.cancelLater();
      webhooks.close();
      stateFile.flush();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
