import type { Env, Settings } from '../env.ts';
import { createContext, createPorts, type Ports } from '../kernel/context.ts';
import { openDatabase } from '../kernel/database.ts';
import { RunAgainLater, type JobMessage } from '../kernel/define-job.ts';
import { createLog } from '../observability/log.ts';
import { bury } from './dead-letters.ts';
import { findJob } from './jobs.ts';

const DEFAULT_MAX_ATTEMPTS = 8;

/** Runs each message on its own: one failure neither fails its neighbours nor acknowledges itself. */
export async function consume(batch: MessageBatch<JobMessage>, env: Env, settings: Settings, execution: ExecutionContext): Promise<void> {
  const database = openDatabase(settings);
  const log = createLog({ queue: batch.queue });
  const pending: Promise<unknown>[] = [];
  const ports = createPorts({
    settings,
    bindings: env,
    database,
    log,
    waitUntil: (work) => {
      pending.push(work);
      execution.waitUntil(work);
    },
  });
  try {
    if (batch.queue.endsWith('dead')) {
      for (const message of batch.messages) await bury(ports, message, new Error('The queue gave up on it.'));
      return;
    }
    const waiting = [...batch.messages];
    // Three at a time: a launch run uses several connections of its own, and six is the platform's limit.
    await Promise.all(
      Array.from({ length: Math.min(3, waiting.length) }, async () => {
        for (let message = waiting.shift(); message; message = waiting.shift()) await handle(ports, message);
      }),
    );
  } finally {
    execution.waitUntil(Promise.allSettled(pending).then(() => database.close()));
  }
}

async function handle(ports: Ports, message: Message<JobMessage>): Promise<void> {
  const { job: name, organizationId, input } = message.body;
  const started = ports.now().getTime();
  const job = findJob(name);
  const log = ports.log.with({ job: name, org: organizationId, attempt: message.attempts });
  if (!job) return bury(ports, message, new Error(`No job is called ${name}.`));
  try {
    await job.run(createContext({ ...ports, log }, organizationId, { kind: 'job', job: name }), job.input.parse(input));
    message.ack();
    log.info('job', { outcome: 'done', ms: ports.now().getTime() - started });
  } catch (error) {
    if (error instanceof RunAgainLater) return message.retry({ delaySeconds: error.seconds });
    log.error('job', error, { outcome: 'failed', ms: ports.now().getTime() - started });
    if (message.attempts >= (job.maxAttempts ?? DEFAULT_MAX_ATTEMPTS)) return bury(ports, message, error);
    message.retry({ delaySeconds: Math.min(600, 2 ** message.attempts) });
  }
}
