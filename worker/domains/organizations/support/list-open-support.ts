import { sql } from 'drizzle-orm';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listOpenSupport as contract } from '#shared/contracts/support.ts';
import type { Context } from '../../../kernel/context.ts';

/** Every organization that lets support in right now, the one that closes first on top. */
export async function listOpenSupport(ctx: Context): Promise<ResponseOf<typeof contract>> {
  const { rows } = await ctx.read((q) =>
    q.execute<{ organization_id: string; grant_id: string; name: string; reason: string; expires_at: string }>(
      sql`select * from open_support_grants(${ctx.now().toISOString()}::timestamptz) order by expires_at, grant_id limit 200`,
    ),
  );
  return {
    grants: rows.map((row) => ({
      id: row.grant_id,
      organizationId: row.organization_id,
      organization: row.name,
      reason: row.reason,
      expiresAt: new Date(row.expires_at).toISOString(),
    })),
  };
}
