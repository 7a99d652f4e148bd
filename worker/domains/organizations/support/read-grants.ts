import { and, asc, desc, eq, type SQL } from 'drizzle-orm';
import { supportGrants, supportVisits, users } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { grantSupport } from '#shared/contracts/support.ts';
import type { Context } from '../../../kernel/context.ts';

export type Grant = ResponseOf<typeof grantSupport>;

/** Newest first, each with its visits, oldest first. A visit that ran out ended when it did. */
export async function readGrants(ctx: Context, only?: SQL): Promise<Grant[]> {
  const [grants, visits] = await Promise.all([
    ctx.read((q) =>
      q
        .select({ grant: supportGrants, grantedBy: users.name })
        .from(supportGrants)
        .innerJoin(users, eq(users.id, supportGrants.grantedBy))
        .where(and(eq(supportGrants.organizationId, ctx.organizationId), only))
        .orderBy(desc(supportGrants.createdAt), desc(supportGrants.id))
        .limit(200),
    ),
    ctx.read((q) =>
      q
        .select({ visit: supportVisits, name: users.name })
        .from(supportVisits)
        .innerJoin(users, eq(users.id, supportVisits.userId))
        .where(eq(supportVisits.organizationId, ctx.organizationId))
        .orderBy(asc(supportVisits.createdAt), asc(supportVisits.id)),
    ),
  ]);
  return grants.map(({ grant, grantedBy }) => ({
    id: grant.id,
    reason: grant.reason,
    grantedBy,
    expiresAt: grant.expiresAt.toISOString(),
    revokedAt: grant.revokedAt?.toISOString() ?? null,
    visits: visits
      .filter(({ visit }) => visit.grantId === grant.id)
      .map(({ visit, name }) => ({
        name,
        reason: visit.reason,
        at: visit.createdAt.toISOString(),
        endedAt: (visit.endedAt ?? (visit.expiresAt <= ctx.now() ? visit.expiresAt : null))?.toISOString() ?? null,
      })),
  }));
}
