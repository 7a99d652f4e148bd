import { and, eq, isNull } from 'drizzle-orm';
import { clients, memberships } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { switchOrganization as contract } from '#shared/contracts/organizations.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { contextIn, moveSession, whereSessionWorks } from './move-session.ts';
import { tokensFor } from './tokens-for.ts';

/** The caller's session works in another organization of theirs. Tokens of the one before end with it; other tabs follow at their next call. */
export async function enterOrganization(ctx: Context, organizationId: string): Promise<ResponseOf<typeof contract>> {
  const { userId } = ctx.person();
  const from = await whereSessionWorks(ctx);
  const there = contextIn(ctx, organizationId);
  await there.transaction(async (tx) => {
    const [membership] = await tx.sql
      .select({ role: memberships.role })
      .from(memberships)
      .leftJoin(clients, eq(clients.id, memberships.clientId))
      .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId), isNull(clients.archivedAt)))
      .for('share', { of: memberships });
    if (!membership) throw notFound('organization');
    await moveSession(there, tx, from);
  });
  return tokensFor(there);
}
