import type { z } from 'zod';
import type { Context } from './context.ts';

export type QueueName = 'launch' | 'webhook' | 'job' | 'mail' | 'delivery';

/**
 * One kind of queued work. Messages are delivered at least once and in any order, so `run` must be repeatable: it decides from
 * Postgres what is left to do. Input carries ids and versions only.
 */
export interface Job<Input = unknown> {
  name: string;
  queue: QueueName;
  input: z.ZodType<Input>;
  /** Tries before the dead-letter table; default 8. */
  maxAttempts?: number;
  run(ctx: Context, input: Input): Promise<void>;
  /** Told once the last try has failed, for whoever waits and would wait for ever. A replay of the dead letter runs again from there. */
  givenUp?(ctx: Context, input: Input): Promise<void>;
}
/** A job as those see it who only ask for it: the asker may stand below the domain that does the work. */
export type JobRef<Input> = Omit<Job<Input>, 'run' | 'givenUp'>;
export function defineJob<Input>(job: Job<Input>): Job<Input> {
  return job;
}

/** What travels in a queue. `organizationId` is '' for work that finds its organizations itself; `outboxId` names the row it came from. */
export interface JobMessage {
  v: 1;
  job: string;
  organizationId: string;
  input: unknown;
  outboxId?: string;
  /** W3C traceparent of the request or job that asked for it. */
  trace?: string;
}

/** Throw to be run again after `seconds`, without counting as a failure. */
export class RunAgainLater extends Error {
  constructor(readonly seconds: number) {
    super(`again in ${seconds} s`);
    this.name = 'RunAgainLater';
  }
}
