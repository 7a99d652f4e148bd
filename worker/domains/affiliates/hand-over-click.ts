import type { z } from 'zod';
import type { Ports } from '../../kernel/context.ts';
import { WAITING_CLICKS, type waitingClick } from './click.ts';

/**
 * Gives a visit to the queue, or to storage when the queue refuses, where a sweep finds it. Never throws: the visitor is on the way
 * already, and the click id itself tells whose sale it was even when its row is lost.
 */
export async function handOverClick(ports: Ports, visit: z.infer<typeof waitingClick>): Promise<void> {
  try {
    await ports.bindings.JOB_QUEUE.send({ v: 1, job: 'record-click', organizationId: visit.organizationId, input: visit.click });
  } catch (error) {
    ports.log.error('click.not_queued', error);
    await ports.bindings.RAW.put(WAITING_CLICKS + visit.click.id, JSON.stringify(visit)).catch((failure: unknown) =>
      ports.log.error('click.lost', failure, { link: visit.click.linkId }),
    );
  }
}
