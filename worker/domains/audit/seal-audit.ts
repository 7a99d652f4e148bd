import { sql } from 'drizzle-orm';
import type { Context } from '../../kernel/context.ts';

/**
 * Seals this organization's audit rows up to `until`: a hash over them and the seal before, so that a row changed, added or taken away
 * later no longer fits. Of two sealing at once one writes; rows up to `until` must have been committed by now.
 */
export async function sealAudit(ctx: Context, until: Date): Promise<void> {
  await ctx.read((q) =>
    q.execute(sql`
      insert into audit_seals (organization_id, n, from_at, until_at, rows, hash, at)
      select ${ctx.organizationId}, last.n + 1, last.until_at, ${until.toISOString()}::timestamptz, covered.rows,
        encode(sha256(convert_to(last.hash || E'\n' || covered.text, 'UTF8')), 'hex'), ${ctx.now().toISOString()}::timestamptz
      from (
        select n, until_at, hash from audit_seals where organization_id = ${ctx.organizationId}
        union all select 0, to_timestamp(0), ''
        order by n desc limit 1
      ) last
      cross join lateral (
        select count(*) as rows, string_agg(audit_row_text(a), E'\n' order by a.at, a.id) as text
        from audit_log a
        where a.organization_id = ${ctx.organizationId} and a.at > last.until_at and a.at <= ${until.toISOString()}::timestamptz
      ) covered
      where covered.rows > 0
      on conflict do nothing`),
  );
}
