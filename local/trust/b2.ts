import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Stack } from '../stack.ts';
import { percentile, steadyLoad } from './steady-load.ts';
import type { TrustRow } from './trust-row.ts';

const PER_SECOND = 2_000;
const SECONDS = 600;
/** Of what was asked a second, at least so much must have been carried: all of it at the table's number, at CI scale what a busy machine does. */
const LEAST = { full: 0.95, ci: 0.2 };
const DRAINED_WITHIN_SECONDS = 15 * 60;
const SECRET = 'sandbox-meta-secret';

/** Signed deliveries at a steady rate while Postgres lets the Worker in no more; then it does, and everything must have been dealt with. */
export const fastAnswer: TrustRow = {
  row: 'B2',
  promise: 'webhooks are answered within a second and none is lost while Postgres is away',
  async run({ stack, scaled, say }) {
    const seconds = scaled(SECONDS);
    const asked = scaled(PER_SECOND);
    const raw = await stack.worker.mf.getR2Bucket('RAW');
    const before = await countObjects(raw, 'meta/');
    await away(stack);
    const load = steadyLoad(
      asked,
      async (n, signal) => {
        const body = JSON.stringify({
          object: 'page',
          entry: [
            {
              id: '1',
              time: n,
              changes: [{ field: 'leadgen', value: { leadgen_id: String(n), page_id: '999', form_id: '5', created_time: 1 } }],
            },
          ],
        });
        const answer = await fetch(`${stack.origin}/webhooks/meta`, {
          method: 'POST',
          signal,
          body,
          headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` },
        });
        await answer.arrayBuffer();
        return answer.status;
      },
      (status) => status >= 200 && status < 300,
    );
    const health = new Set<number>();
    const ends = performance.now() + seconds * 1_000;
    while (performance.now() < ends) {
      await wait(Math.min(5_000, Math.max(0, ends - performance.now())));
      const answer = await fetch(`${stack.origin}/health`);
      await answer.arrayBuffer();
      health.add(answer.status);
    }
    const perSecond = await load.stop();
    await stack.query('alter role inlay_api connection limit -1');
    const back = performance.now();
    const { requests, failed, latencies, statuses } = load.seen;
    say(`${requests} deliveries; Postgres is back; answers ${JSON.stringify(statuses)}`);
    const secondsSince = () => Math.round((performance.now() - back) / 1_000);
    const isDrained = async () => (await raw.list({ prefix: 'pending/', limit: 1 })).objects.length === 0;
    while (!(await isDrained()) && secondsSince() < DRAINED_WITHIN_SECONDS) await wait(1_000);
    const drainedSeconds = secondsSince();
    const waiting = await countObjects(raw, 'pending/');
    const dealtWith = (await countObjects(raw, 'meta/')) - before;
    const [letters] = await stack.query<{ n: string }>('select count(*) as n from dead_letters where resolved_at is null');
    const figures = {
      asked,
      perSecond,
      requests,
      seconds,
      non2xx: failed,
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
      postgresWasAway: [...health].every((status) => status === 503),
      waiting,
      lost: Math.max(0, requests - failed - dealtWith - waiting),
      deadLetters: Number(letters?.n),
      drainedSeconds,
    };
    const least = asked * (asked === PER_SECOND ? LEAST.full : LEAST.ci);
    const isAnswered = failed === 0 && figures.p99Ms < 1_000 && perSecond >= least && figures.postgresWasAway;
    const isDealtWith = waiting === 0 && figures.lost === 0 && figures.deadLetters === 0 && drainedSeconds <= DRAINED_WITHIN_SECONDS;
    return { ok: isAnswered && isDealtWith, figures };
  },
};

/** The Worker's role is let in no more, and its sessions end: as it sees it, Postgres is gone. */
async function away({ query }: Stack): Promise<void> {
  await query('alter role inlay_api connection limit 0');
  await query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'inlay_api'`);
}

export async function countObjects(bucket: Awaited<ReturnType<Stack['worker']['mf']['getR2Bucket']>>, prefix: string): Promise<number> {
  let cursor: string | undefined;
  let n = 0;
  do {
    const page = await bucket.list({ prefix, limit: 1_000, ...(cursor === undefined ? {} : { cursor }) });
    n += page.objects.length;
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return n;
}
