import type { FaultDice } from './faults.ts';

export interface Webhook {
  vendor: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Pauses before each further try after a non-2xx or no answer; the payload stays the original. Default: 7 growing pauses. */
  retryAfterMs?: readonly number[];
  /** Called after every try with the HTTP status, or null when nobody answered. */
  onAnswer?(status: number | null, attempt: number): void;
}

export interface Delivery {
  id: number;
  vendor: string;
  url: string;
  body: string;
  /** Set on the second copy of a duplicated delivery. */
  duplicateOf: number | null;
  dropped: boolean;
  /** Status per try; null = nobody answered. */
  answers: (number | null)[];
  done: boolean;
}

export interface WebhookSender {
  send(webhook: Webhook): void;
  readonly deliveries: Delivery[];
  /** Resolves when nothing is queued, on its way or waiting for a retry. */
  idle(): Promise<void>;
  clear(): void;
  close(): void;
}

const RETRIES = [250, 500, 1000, 2000, 4000, 8000, 16_000];
const KEPT = 2000;
/** How long a delivery may wait for others to be shuffled with. */
const GATHER_MS = 60;
const TIMEOUT_MS = 10_000;

/** Sends webhooks the way platforms do: at least once, in no promised order, sometimes not at all. */
export function createWebhookSender(faults: FaultDice): WebhookSender {
  const deliveries: Delivery[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let gathered: { webhook: Webhook; delivery: Delivery }[] = [];
  let gathering: NodeJS.Timeout | null = null;
  let sequence = 0;
  let open = 0;
  let closed = false;
  let waiters: (() => void)[] = [];

  const settle = (): void => {
    open -= 1;
    if (open > 0) return;
    for (const wake of waiters) wake();
    waiters = [];
  };
  const later = (ms: number, run: () => void): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
    return timer;
  };

  const post = async (webhook: Webhook): Promise<number | null> => {
    try {
      const answer = await fetch(webhook.url, {
        method: 'POST',
        headers: webhook.headers,
        body: webhook.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null; // nobody there, or cut: the retry plan decides
    }
  };

  const attempt = async (webhook: Webhook, delivery: Delivery): Promise<void> => {
    if (closed) return;
    const status = await post(webhook);
    delivery.answers.push(status);
    webhook.onAnswer?.(status, delivery.answers.length);
    const pause = (webhook.retryAfterMs ?? RETRIES)[delivery.answers.length - 1];
    const accepted = status !== null && status >= 200 && status < 300;
    if (accepted || pause === undefined || closed) {
      delivery.done = true;
      settle();
      return;
    }
    later(pause, () => void attempt(webhook, delivery));
  };

  const flush = (): void => {
    gathering = null;
    const batch = gathered;
    gathered = [];
    const order = batch.map((item) => ({ item, rank: faults.roll('webhook order') }));
    if (faults.plan.webhooks.reorderWindow > 1) order.sort((a, b) => a.rank - b.rank);
    order.forEach(({ item }, place) => {
      later(faults.plan.webhooks.delayMs + place * 3, () => void attempt(item.webhook, item.delivery));
    });
  };

  const queue = (webhook: Webhook, duplicateOf: number | null, dropped: boolean): Delivery => {
    sequence += 1;
    const { vendor, url, body } = webhook;
    const delivery: Delivery = { id: sequence, vendor, url, body, duplicateOf, dropped, answers: [], done: dropped };
    deliveries.push(delivery);
    if (deliveries.length > KEPT) deliveries.shift();
    if (dropped) return delivery;
    open += 1;
    gathered.push({ webhook, delivery });
    if (gathered.length >= faults.plan.webhooks.reorderWindow) {
      if (gathering !== null) {
        clearTimeout(gathering);
        timers.delete(gathering);
      }
      flush();
    } else {
      gathering ??= later(GATHER_MS, flush);
    }
    return delivery;
  };

  return {
    deliveries,
    send(webhook) {
      if (closed) return;
      const covered = faults.covers(webhook.vendor);
      const { dropShare, duplicate } = faults.plan.webhooks;
      const key = `${webhook.vendor} webhook`;
      const dropped = covered && faults.roll(`${key} drop`) < dropShare;
      const first = queue(webhook, null, dropped);
      if (!dropped && covered && faults.roll(`${key} duplicate`) < duplicate) queue(webhook, first.id, false);
    },
    idle() {
      return open === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve));
    },
    clear() {
      deliveries.length = 0;
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      for (const wake of waiters) wake();
      waiters = [];
    },
  };
}
