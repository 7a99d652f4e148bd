import { sql } from 'drizzle-orm';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listDeadLetters as contract } from '#shared/contracts/operations.ts';
import type { Ports } from '../../../kernel/context.ts';

type Group = ResponseOf<typeof contract>['groups'][number];

/** Open letters by cause, the latest first, at most 200 causes. */
export async function listDeadLetters(ports: Ports): Promise<ResponseOf<typeof contract>> {
  const { rows } = await ports.database.within({}).read((q) =>
    q.execute<{
      fingerprint: string;
      job: string;
      cause: string;
      n: string;
      organizations: string;
      first_at: string;
      last_at: string;
      newest: Group['newest'];
    }>(sql`select * from dead_letter_groups()`),
  );
  return {
    groups: rows.map(({ fingerprint, job, cause, n, organizations, first_at: first, last_at: last, newest }) => ({
      fingerprint,
      job,
      cause,
      count: Number(n),
      organizations: Number(organizations),
      firstAt: new Date(first).toISOString(),
      lastAt: new Date(last).toISOString(),
      newest,
    })),
  };
}
