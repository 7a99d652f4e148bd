import { and, eq, isNull } from 'drizzle-orm';
import { supportGrants, supportVisits } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { endVisits } from './end-visits.ts';

/** Support is let in no longer; visits under way end at once. Said twice it is said once. */
export async function revokeSupport(ctx: Context, id: string): Promise<Record<string, never>> {
  const mine = and(eq(supportGrants.id, id), eq(supportGrants.organizationId, ctx.organizationId));
  return ctx.transaction(async (tx) => {
    const [won] = await tx.sql
      .update(supportGrants)
      .set({ revokedAt: ctx.now() })
      .where(and(mine, isNull(supportGrants.revokedAt)))
      .returning({ id: supportGrants.id });
    if (!won) {
      const [row] = await tx.sql.select({ id: supportGrants.id }).from(supportGrants).where(mine);
      if (!row) throw notFound('support access');
      return {};
    }
    const visits = await endVisits(ctx, tx, eq(supportVisits.grantId, id));
    await tx.audit('support.revoke', id, { visits: visits.length });
    return {};
  });
}
