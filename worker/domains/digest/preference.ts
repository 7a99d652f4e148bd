import { and, eq } from 'drizzle-orm';
import { memberships } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';

const mine = (ctx: Context) => and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.userId, ctx.person().userId));

/** Whether the organization's week comes to the member who asks. A visit of support is no membership. */
export async function readDigest(ctx: Context): Promise<{ weekly: boolean }> {
  const [row] = await ctx.read((q) => q.select({ weekly: memberships.weeklyDigest }).from(memberships).where(mine(ctx)));
  if (!row) throw notFound('membership');
  return row;
}

export async function switchDigest(ctx: Context, weekly: boolean): Promise<{ weekly: boolean }> {
  return ctx.transaction(async (tx) => {
    const [row] = await tx.sql
      .update(memberships)
      .set({ weeklyDigest: weekly })
      .where(mine(ctx))
      .returning({ weekly: memberships.weeklyDigest });
    if (!row) throw notFound('membership');
    await tx.audit('account.digest', ctx.person().userId, { weekly });
    return row;
  });
}
