import { and, eq, sql } from 'drizzle-orm';
import { leads } from '#schema/index.ts';
import type { QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listLeads as contract } from '#shared/contracts/revenue.ts';
import { fromBase64, fromUtf8, toBase64Url, utf8 } from '../../kernel/bytes.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { readLeads } from './lead-rows.ts';

/** Newest first; the cursor is the last lead's time and id, so leads that arrive meanwhile shift nothing. */
export async function listLeads(ctx: Context, { cursor, pageSize, stage }: QueryOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const after = cursor === undefined ? undefined : decode(cursor);
  const rows = await readLeads(ctx, and(
    stage === undefined ? undefined : eq(leads.stage, stage),
    after && sql`(${leads.submittedAt}, ${leads.id}) < (${after.at}::timestamptz, ${after.id})`,
  ), pageSize + 1);
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return { leads: page, nextCursor: rows.length > pageSize && last ? toBase64Url(utf8(`${last.submittedAt}|${last.id}`)) : null };
}

function decode(cursor: string): { at: string; id: string } {
  const match = /^([A-Za-z0-9_-]+)$/.test(cursor) ? /^(\d{4}-[^|]{10,30}Z)\|(\w+)$/.exec(fromUtf8(fromBase64(cursor))) : null;
  if (!match) throw new AppError('invalid_input', 'The cursor is not one of ours. Start from the first page.', { fields: [{ path: 'cursor', message: 'Use nextCursor of the page before.' }] });
  return { at: match[1] as string, id: match[2] as string };
}
