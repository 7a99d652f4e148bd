import { and, count, eq } from 'drizzle-orm';
import { memberships, organizations } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { createOrganization as contract } from '#shared/contracts/organizations.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { newSlug } from '../identity/index.ts';
import { contextIn, moveSession, whereSessionWorks } from './move-session.ts';
import { tokensFor } from './tokens-for.ts';

/** More than any agency has, fewer than a script makes. */
const MOST_OWNED = 25;

/** A new organization with a data key of its own; the caller owns it and works there from now on. */
export async function createOrganization(ctx: Context, input: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const { userId } = ctx.person();
  const from = await whereSessionWorks(ctx);
  const [owned] = await ctx.ports.database.within({ userId }).read((q) =>
    q
      .select({ n: count() })
      .from(memberships)
      .where(and(eq(memberships.userId, userId), eq(memberships.role, 'owner'))),
  );
  if (owned && owned.n >= MOST_OWNED)
    throw new AppError(
      'conflict',
      `You own ${owned.n} organizations, which is as many as one person can. Hand one over or delete it first.`,
      { reason: 'most_organizations' },
    );
  const there = contextIn(ctx, ctx.newId('org'));
  const dataKey = await ctx.ports.keyRing.newDataKey();
  await there.transaction(async (tx) => {
    await tx.sql.insert(organizations).values({ id: there.organizationId, slug: newSlug(input.name), ...input, ...dataKey });
    await tx.sql.insert(memberships).values({ organizationId: there.organizationId, userId, role: 'owner' });
    await tx.audit('organization.create', there.organizationId, { name: input.name });
    await moveSession(there, tx, from);
  });
  return tokensFor(there);
}
