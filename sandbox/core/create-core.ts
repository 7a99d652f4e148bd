import { createFaultDice, noFaults, type FaultPlan } from './faults.ts';
import { RequestLog } from './request-log.ts';
import type { SandboxCore } from './vendor.ts';
import { createWebhookSender, type WebhookSender } from './webhook-sender.ts';

export interface CoreOptions {
  seed: number;
  workerOrigin?: string;
  faults?: FaultPlan;
  /** Another clock than the machine's: tells the time, and runs something at a later one. */
  now?: () => number;
  timer?: (ms: number, run: () => void) => () => void;
  touch?: () => void;
}

export interface CoreParts {
  core: SandboxCore;
  webhooks: WebhookSender;
  setWorkerOrigin(origin: string | null): void;
  nextNumber(): number;
  setNextNumber(next: number): void;
  /** Forgets everything that was to happen later. */
  cancelLater(): void;
}

const ID_DIGITS = 15;

/** The part all vendors share. Usable alone in tests: `createCore({ seed: 1 }).core`. */
export function createCore(options: CoreOptions): CoreParts {
  const faults = createFaultDice(options.faults ?? noFaults(options.seed));
  const webhooks = createWebhookSender(faults);
  const timer = options.timer ?? realTimer;
  const pending = new Set<() => void>();
  let workerOrigin = options.workerOrigin ?? null;
  let next = 1;

  const core: SandboxCore = {
    seed: options.seed,
    now: options.now ?? Date.now,
    nextId(prefix = '1') {
      const id = prefix + String(next).padStart(ID_DIGITS - prefix.length, '0');
      next += 1;
      return id;
    },
    faults,
    log: new RequestLog(),
    workerOrigin: () => workerOrigin,
    deliver: (webhook) => webhooks.send(webhook),
    wait: (ms) => new Promise((resolve) => void timer(ms, resolve)),
    later(ms, run) {
      const cancel = timer(ms, () => {
        pending.delete(cancel);
        void run();
      });
      pending.add(cancel);
    },
    touch: options.touch ?? (() => undefined),
  };

  return {
    core,
    webhooks,
    setWorkerOrigin(origin) {
      workerOrigin = origin;
    },
    nextNumber: () => next,
    setNextNumber(number) {
      next = number;
    },
    cancelLater() {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
}

function realTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
