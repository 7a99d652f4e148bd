import type { FaultDice } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { Webhook } from './webhook-sender.ts';

/** What every imitated vendor gets from the sandbox: the same seed, clock, log and webhook sender for all. */
export interface SandboxCore {
  readonly seed: number;
  /** Milliseconds since 1970; tests may replace it. */
  now(): number;
  /** Deterministic ids, 15 digits that begin with the prefix, never reused within one state file. */
  nextId(prefix?: string): string;
  readonly faults: FaultDice;
  readonly log: RequestLog;
  /** Origin of the Worker that webhooks are delivered to, or null when nobody listens. */
  workerOrigin(): string | null;
  /** Send a webhook through the fault plan (duplicates, reordering, delay, drops); resolves when it is queued, not when it is answered. */
  deliver(webhook: Webhook): void;
  /** Waits on the sandbox's clock. */
  wait(ms: number): Promise<void>;
  /** Run something a little later (late applies, processing states); dropped by reset and close. */
  later(ms: number, run: () => void | Promise<void>): void;
  /** State changed: persist soon. */
  touch(): void;
}

/** One imitated vendor. Requests and answers are web-standard, so the same code serves HTTP, HTTPS and in-process tests. */
export interface Vendor {
  readonly name: string;
  /** Hosts this vendor answers for (exact host names, lower case). */
  serves(host: string): boolean;
  /** A request with the vendor's real URL (https://host/path) and, for sockets, null when the connection must be cut without an answer. */
  handle(request: Request): Promise<Response | null>;
  /** Control routes under /_sandbox/<name>/...; path is what follows the vendor's name. Undefined = no such route. */
  control(method: string, path: string, body: unknown): Promise<unknown>;
  /** The oracle: plain JSON of everything that exists. */
  objects(): unknown;
  snapshot(): unknown;
  restore(state: unknown): void;
}
