import { sql } from 'drizzle-orm';
import type { Context } from '../../kernel/context.ts';

/**
 * Up to when this organization's audit log is sealed (null = not yet), and whether every row up to then is still what was sealed: each
 * seal's rows are hashed again, with the hash of the seal before it. One statement; its cost grows with the sealed rows.
 */
export async function auditSealState(ctx: Context): Promise<{ sealedUntil: Date | null; isIntact: boolean }> {
  const { rows } = await ctx.read((q) =>
    q.execute<{ sealed_until: string | null; is_intact: boolean }>(sql`
      select max(s.until_at) as sealed_until, coalesce(bool_and(s.fits and s.n = s.place), true) as is_intact
      from (
        select s.n, s.until_at, row_number() over (order by s.n) as place,
          s.from_at = coalesce(lag(s.until_at) over (order by s.n), to_timestamp(0)) and s.rows = covered.rows
            and s.hash = encode(sha256(convert_to(coalesce(lag(s.hash) over (order by s.n), '') || E'\n' || covered.text, 'UTF8')), 'hex') as fits
        from audit_seals s
        cross join lateral (
          select count(*) as rows, coalesce(string_agg(audit_row_text(a), E'\n' order by a.at, a.id), '') as text
          from audit_log a
          where a.organization_id = s.organization_id and a.at > s.from_at and a.at <= s.until_at
        ) covered
        where s.organization_id = ${ctx.organizationId}
      ) s`),
  );
  const [state] = rows;
  if (!state) throw new Error('An aggregate has one row.');
  return { sealedUntil: state.sealed_until === null ? null : new Date(state.sealed_until), isIntact: state.is_intact };
}
