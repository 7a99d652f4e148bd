import { sql } from 'drizzle-orm';
import { dataVersions } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { SqlTransaction } from '../../kernel/database.ts';

/** Says that figures changed, in the transaction that changes them: caches compare the version, answers carry it. `revenue` also moves the age of revenue. */
export async function bumpDataVersion(ctx: Context, tx: SqlTransaction, { revenue = false }: { revenue?: boolean } = {}): Promise<void> {
  const revenueAt = revenue ? { revenueAt: ctx.now() } : {};
  await tx
    .insert(dataVersions)
    .values({ organizationId: ctx.organizationId, version: 1, ...revenueAt })
    .onConflictDoUpdate({ target: dataVersions.organizationId, set: { version: sql`${dataVersions.version} + 1`, ...revenueAt } });
}
