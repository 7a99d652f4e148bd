/** As many are left open, or a twentieth of a second's: a machine that cannot keep up is asked no faster than it answers. */
const MOST_OPEN = 8;
/** A request without an answer has failed; nobody waits for it for ever. */
const ANSWER_MS = 30_000;

/** Requests at a steady rate, as long as not too many are open: one that is late does not hold back the next. */
export interface SteadyLoad {
  /** So far. `latencies` in milliseconds; `statuses` by answer, or by the error's name where none came. */
  readonly seen: { requests: number; failed: number; statuses: Record<string, number>; latencies: number[] };
  /** No more are begun; resolves when all have ended, to how many were begun a second. */
  stop(): Promise<number>;
}

/** @param pick what to ask next, to be given up when the signal says so; resolves to the status, or throws when no answer came */
export function steadyLoad(
  perSecond: number,
  pick: (n: number, signal: AbortSignal) => Promise<number>,
  isFine = (status: number) => status < 400,
): SteadyLoad {
  const seen: SteadyLoad['seen'] = { requests: 0, failed: 0, statuses: {}, latencies: [] };
  const open = new Set<Promise<void>>();
  const began = performance.now();
  let n = 0;
  const one = async (): Promise<void> => {
    const started = performance.now();
    const status = await pick(n++, AbortSignal.timeout(ANSWER_MS)).catch((error: unknown) =>
      error instanceof Error ? error.name : 'failed',
    );
    seen.requests += 1;
    seen.latencies.push(performance.now() - started);
    seen.statuses[String(status)] = (seen.statuses[String(status)] ?? 0) + 1;
    if (typeof status !== 'number' || !isFine(status)) seen.failed += 1;
  };
  const mostOpen = Math.max(MOST_OPEN, perSecond / 20);
  let due = 0;
  const timer = setInterval(() => {
    const now = ((performance.now() - began) / 1000) * perSecond;
    // What could not be asked in its second is not asked later.
    for (due = Math.max(due, now - perSecond); due < now && open.size < mostOpen; due++) {
      const work = one().finally(() => open.delete(work));
      open.add(work);
    }
  }, 10);
  return {
    seen,
    async stop() {
      clearInterval(timer);
      const rate = n / ((performance.now() - began) / 1000);
      await Promise.all(open);
      return Math.round(rate * 10) / 10;
    },
  };
}

/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
