import { createControl } from '../../core/control.ts';
import { createCore } from '../../core/create-core.ts';
import type { FaultPlan } from '../../core/faults.ts';
import type { Handle } from '../../core/node-http.ts';
import type { RequestLog } from '../../core/request-log.ts';
import { createRouter } from '../../core/router.ts';
import { putState, takeState } from '../../core/vendor-state.ts';
import { createSnapchat, type SnapchatVendor } from '../index.ts';

/** The sandbox with this one vendor in it: no sockets, and none of the other vendors' code to load. */
export interface SnapSandbox {
  readonly snapchat: SnapchatVendor;
  readonly log: RequestLog;
  readonly handle: Handle;
  setFaults(plan: FaultPlan): void;
  webhooksIdle(): Promise<void>;
  reset(): void;
  close(): void;
}

export interface SnapSandboxOptions {
  seed: number;
  demo: boolean;
  now: () => number;
  faults?: FaultPlan;
  workerOrigin?: string;
}

export function openSnapSandbox(options: SnapSandboxOptions): SnapSandbox {
  const parts = createCore(options);
  const { core, webhooks } = parts;
  const snapchat = createSnapchat(core, { demo: options.demo });
  const vendors = [snapchat];
  const blank = structuredClone(takeState(parts, vendors));
  const reset = (): void => putState(parts, vendors, structuredClone(blank));
  const control = createControl({ seed: options.seed, vendors, faults: core.faults, log: core.log, webhooks, reset, touch: core.touch });
  return {
    snapchat,
    log: core.log,
    handle: createRouter({ vendors, log: core.log, now: core.now, control }),
    setFaults: (plan) => core.faults.set(plan),
    webhooksIdle: () => webhooks.idle(),
    reset,
    close() {
      parts.cancelLater();
      webhooks.close();
    },
  };
}
