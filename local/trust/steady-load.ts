/** As many as are left open: a machine that cannot keep up is asked no faster than it answers. */
const MOST_OPEN = 64;

/** Requests at a steady rate, as long as not too many are open: one that is late does not hold back the next. */
export interface SteadyLoad {
  /** So far. `latencies` in milliseconds. */
  readonly seen: { requests: number; failed: number; statuses: Record<string, number>; latencies: number[] };
  /** No more are begun; resolves when all have ended. */
  stop(): Promise<void>;
}

/** @param pick what to ask next; resolves to the status, or throws when no answer came */
export function steadyLoad(perSecond: number, pick: (n: number) => Promise<number>, isFine = (status: number) => status < 400): SteadyLoad {
  const seen: SteadyLoad['seen'] = { requests: 0, failed: 0, statuses: {}, latencies: [] };
  const open = new Set<Promise<void>>();
  const began = performance.now();
  let n = 0;
  const one = async (): Promise<void> => {
    const started = performance.now();
    const status = await pick(n++).catch((error: unknown) => (error instanceof Error ? error.name : 'failed'));
    seen.requests += 1;
    seen.latencies.push(performance.now() - started);
    seen.statuses[String(status)] = (seen.statuses[String(status)] ?? 0) + 1;
    if (typeof status !== 'number' || !isFine(status)) seen.failed += 1;
  };
  let due = 0;
  const timer = setInterval(() => {
    const now = ((performance.now() - began) / 1000) * perSecond;
    // What could not be asked in its second is not asked later.
    for (due = Math.max(due, now - perSecond); due < now && open.size < MOST_OPEN; due++) {
      const work = one().finally(() => open.delete(work));
      open.add(work);
    }
  }, 10);
  return {
    seen,
    async stop() {
      clearInterval(timer);
      await Promise.all(open);
    },
  };
}

/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
