import { sql } from 'drizzle-orm';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { readSealedKeys as contract } from '#shared/contracts/operations.ts';
import type { Ports } from '../../../kernel/context.ts';

/** Which key still opens how many values. Reads every sealed column from end to end: for a person who rotates keys, not for a probe. */
export async function readSealedKeys(ports: Ports): Promise<ResponseOf<typeof contract>> {
  const { rows } = await ports.database
    .within({})
    .read((q) =>
      q.execute<{ table_name: string; column_name: string; version: number; n: string }>(
        sql`select table_name, column_name, version, sum(n) as n from sealed_versions() group by 1, 2, 3 order by 1, 2, 3`,
      ),
    );
  const newest = ports.settings.KEY_ENCRYPTION_VERSION;
  const columns = rows.map((row) => ({ table: row.table_name, column: row.column_name, version: row.version, count: Number(row.n) }));
  return { newest, left: columns.reduce((sum, { version, count }) => (version === newest ? sum : sum + count), 0), columns };
}
