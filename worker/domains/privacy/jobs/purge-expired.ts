import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { defineJob } from '../../../kernel/define-job.ts';
import { RETENTION_DAYS } from '../retention/terms.ts';

const ROWS_AT_ONCE = 1000;
/** A table with more than this much to go is gone on with in an hour. */
const MOST_ROUNDS = 20;

/** Takes away what is over, table by table, some rows at a time. */
export const purgeExpired = defineJob({
  name: 'purge-expired',
  queue: 'job',
  input: z.object({}),
  async run(ctx) {
    const everywhere = ctx.ports.database.within({});
    for (const [table, days] of Object.entries(RETENTION_DAYS)) {
      const before = new Date(ctx.now().getTime() - days * 86_400_000).toISOString();
      let gone = 0;
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const { rows } = await everywhere.read((q) =>
          q.execute<{ n: number }>(sql`select purge_expired(${table}, ${before}::timestamptz, ${ROWS_AT_ONCE}) as n`),
        );
        const n = rows[0]?.n ?? 0;
        gone += n;
        if (n < ROWS_AT_ONCE) break;
      }
      if (gone > 0) ctx.log.info('privacy.purged', { kind: table, count: gone });
    }
  },
});
