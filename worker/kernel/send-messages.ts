import type { Bindings } from '../env.ts';
import type { JobMessage, QueueName } from './define-job.ts';

const BINDING = {
  launch: 'LAUNCH_QUEUE',
  webhook: 'WEBHOOK_QUEUE',
  job: 'JOB_QUEUE',
  mail: 'MAIL_QUEUE',
  delivery: 'DELIVERY_QUEUE',
} as const;
/** A queue takes no more in one call. */
const MOST_AT_ONCE = 100;

export interface Outgoing {
  queue: QueueName;
  message: JobMessage;
  /** 0 = at once; at most 12 hours. */
  delaySeconds: number;
}

/** Hands messages to their queues, a hundred a call. When one call fails the error is thrown and some may have been sent: they are repeatable. */
export async function sendMessages(bindings: Bindings, messages: readonly Outgoing[]): Promise<void> {
  for (const queue of new Set(messages.map((one) => one.queue))) {
    const own = messages.filter((one) => one.queue === queue);
    for (let from = 0; from < own.length; from += MOST_AT_ONCE) {
      const part = own.slice(from, from + MOST_AT_ONCE);
      await bindings[BINDING[queue]].sendBatch(
        part.map(({ message, delaySeconds }) => ({ body: message, ...(delaySeconds > 0 ? { delaySeconds } : {}) })),
      );
    }
  }
}
