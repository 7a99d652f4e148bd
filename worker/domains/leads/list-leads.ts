import { and, eq, sql } from 'drizzle-orm';
import { leads } from '#schema/index.ts';
import type { QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listLeads as contract } from '#shared/contracts/revenue.ts';
import type { Context } from '../../kernel/context.ts';
import { readTimeCursor, writeCursor } from '../../kernel/page-cursor.ts';
import { readLeads } from './lead-rows.ts';

/** Newest first; the cursor is the last lead's time and id, so leads that arrive meanwhile shift nothing. */
export async function listLeads(ctx: Context, { cursor, pageSize, stage }: QueryOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const after = cursor === undefined ? undefined : readTimeCursor(cursor);
  const rows = await readLeads(
    ctx,
    and(
      stage === undefined ? undefined : eq(leads.stage, stage),
      after && sql`(${leads.submittedAt}, ${leads.id}) < (${after.at}::timestamptz, ${after.id})`,
    ),
    pageSize + 1,
  );
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return { leads: page, nextCursor: rows.length > pageSize && last ? writeCursor(last.submittedAt, last.id) : null };
}
