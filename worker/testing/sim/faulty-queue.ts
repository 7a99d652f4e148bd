import type { JobMessage } from '../../kernel/define-job.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface QueueFaults {
  /** Share of messages that are delivered a second time, sometimes at the very same moment. */
  duplicate: number;
  /** Share that is never delivered; the minute's sweep has to make up for them. */
  lost: number;
  /** Messages arrive up to this much later, so that they overtake each other. */
  delayMs: number;
}

export interface FaultyQueue {
  send(message: JobMessage, options?: { delaySeconds?: number }): Promise<void>;
  sendBatch(messages: Iterable<{ body: JobMessage; delaySeconds?: number }>): Promise<void>;
}

/** A queue that keeps the only promise queues make: mostly, at least once, in no order. */
export function createFaultyQueue(
  clock: VirtualClock,
  roll: () => number,
  faults: QueueFaults,
  deliver: (message: JobMessage) => void,
): FaultyQueue {
  const post = (message: JobMessage, delaySeconds = 0): void => {
    if (roll() < faults.lost) return;
    const after = delaySeconds * 1000 + Math.floor(roll() * faults.delayMs);
    clock.timer(after, () => deliver(message));
    if (roll() < faults.duplicate) clock.timer(roll() < 0.5 ? after : after + Math.floor(roll() * 10_000), () => deliver(message));
  };
  return {
    async send(message, options) {
      post(message, options?.delaySeconds);
    },
    async sendBatch(messages) {
      for (const { body, delaySeconds } of messages) post(body, delaySeconds);
    },
  };
}
