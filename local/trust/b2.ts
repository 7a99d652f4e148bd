import { createHmac } from 'node:crypto';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { percentile, steadyLoad } from './steady-load.ts';
import type { TrustRow } from './trust-row.ts';

const PER_SECOND = 2_000;
const SECONDS = 600;
const SECRET = 'sandbox-meta-secret';

/** Signed deliveries at a steady rate while Postgres lets the Worker in no more; then it does, and everything must have been dealt with. */
export const fastAnswer: TrustRow = {
  row: 'B2',
  promise: 'webhooks are answered within a second and none is lost while Postgres is away',
  async run({ stack, scaled, say }) {
    const seconds = scaled(SECONDS);
    const raw = await stack.worker.mf.getR2Bucket('RAW');
    const before = await countObjects(raw, 'meta/');
    await away(stack);
    const load = steadyLoad(
      scaled(PER_SECOND),
      async (n) => {
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
          body,
          headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}` },
        });
        await answer.arrayBuffer();
        return answer.status;
      },
      (status) => status >= 200 && status < 300,
    );
    const health = new Set<number>();
    for (let second = 0; second < seconds; second += 5) {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      health.add((await fetch(`${stack.origin}/health`)).status);
    }
    await load.stop();
    await stack.query('alter role inlay_api connection limit -1');
    const recovered = performance.now();
    say(`${load.seen.requests} deliveries; Postgres is back; answers ${JSON.stringify(load.seen.statuses)}`);
    const { requests, failed, latencies } = load.seen;
    await until('every delivery took effect', async () => (await countObjects(raw, 'pending/')) === 0, 15 * 60_000);
    const dealtWith = (await countObjects(raw, 'meta/')) - before;
    const [letters] = await stack.query<{ n: string }>('select count(*) as n from dead_letters where resolved_at is null');
    const figures = {
      requests,
      seconds,
      non2xx: failed,
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
      postgresWasAway: [...health].every((status) => status === 503),
      lost: Math.max(0, requests - failed - dealtWith),
      deadLetters: Number(letters?.n),
      drainedSeconds: Math.round((performance.now() - recovered) / 1000),
    };
    return {
      ok: failed === 0 && figures.p99Ms < 1_000 && figures.lost === 0 && figures.deadLetters === 0 && figures.postgresWasAway,
      figures,
    };
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
