import type { Env, Settings } from '../env.ts';
import { createContext, type Ports } from '../kernel/context.ts';
import { createPorts } from '../kernel/create-ports.ts';
import { DatabaseAway, openDatabase } from '../kernel/database.ts';
import { RunAgainLater, type JobMessage } from '../kernel/define-job.ts';
import { createLog } from '../observability/log.ts';
import { reportDone, reportError } from '../observability/report.ts';
import { startTrace } from '../observability/trace.ts';
import { bury } from './dead-letters.ts';
import { findJob } from './jobs.ts';

const DEFAULT_MAX_ATTEMPTS = 8;
/** The queue gives a message a hundred tries: with this wait, more than three hours of outage. */
const AWAY_SECONDS = 120;

/** Runs each message on its own: one failure neither fails its neighbours nor acknowledges itself. */
export async function consume(batch: MessageBatch<JobMessage>, env: Env, settings: Settings, execution: ExecutionContext): Promise<void> {
  const database = openDatabase(settings);
  const pending: Promise<unknown>[] = [];
  const portsOf = (message: Message<JobMessage>): Ports => {
    const trace = startTrace(message.body.trace, settings.OTLP_SAMPLE);
    return createPorts({
      settings,
      bindings: env,
      database,
      trace,
      log: createLog({ queue: batch.queue, req: trace.id }),
      waitUntil: (work) => {
        pending.push(work);
        execution.waitUntil(work);
      },
    });
  };
  try {
    if (batch.queue.endsWith('dead')) {
      for (const message of batch.messages) await giveUp(portsOf(message), message, new Error('The queue gave up on it.'));
      return;
    }
    const waiting = [...batch.messages];
    // Three at a time: a launch run uses several connections of its own, and six is the platform's limit.
    await Promise.all(
      Array.from({ length: Math.min(3, waiting.length) }, async () => {
        for (let message = waiting.shift(); message; message = waiting.shift()) await handle(portsOf(message), message);
      }),
    );
  } finally {
    execution.waitUntil(Promise.allSettled(pending).then(() => database.close()));
  }
}

async function handle(ports: Ports, message: Message<JobMessage>): Promise<void> {
  const { job: name, organizationId, input } = message.body;
  const job = findJob(name);
  const log = ports.log.with({ job: name, org: organizationId, attempt: message.attempts });
  if (!job) return bury(ports, message, new Error(`No job is called ${name}.`));
  try {
    await job.run(createContext({ ...ports, log }, organizationId, { kind: 'job', job: name }), job.input.parse(input));
    message.ack();
    reportDone(ports, { kind: 'job', name, outcome: 'done', attempt: message.attempts });
  } catch (error) {
    // A database that is away, however long, is no fault of the work: it waits, and does not use up its tries.
    if (error instanceof RunAgainLater || error instanceof DatabaseAway) {
      reportDone(ports, { kind: 'job', name, outcome: 'again', attempt: message.attempts });
      return message.retry({ delaySeconds: error instanceof DatabaseAway ? AWAY_SECONDS : error.seconds });
    }
    ports.trace.outcome = 'failed';
    reportError({ ...ports, log }, 'job.failed', error, { job: name });
    reportDone(ports, { kind: 'job', name, outcome: 'failed', attempt: message.attempts });
    if (message.attempts >= (job.maxAttempts ?? DEFAULT_MAX_ATTEMPTS)) return giveUp({ ...ports, log }, message, error);
    message.retry({ delaySeconds: Math.min(600, 2 ** message.attempts) });
  }
}

/** Says so to whoever waits, then buries it: a message that could not be buried comes again, and to say it twice harms nobody. */
async function giveUp(ports: Ports, message: Message<JobMessage>, error: unknown): Promise<void> {
  const { job: name, organizationId, input: given } = message.body;
  const job = findJob(name);
  const input = job?.input.safeParse(given);
  if (job?.givenUp && input?.success)
    await job
      .givenUp(createContext(ports, organizationId, { kind: 'job', job: name }), input.data)
      .catch((failure: unknown) => ports.log.error('job.giving_up_not_told', failure, { job: name }));
  return bury(ports, message, error);
}
