import { eq } from 'drizzle-orm';
import { supportGrants } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { grantSupport as contract } from '#shared/contracts/support.ts';
import type { Context } from '../../../kernel/context.ts';
import { readGrants, type Grant } from './read-grants.ts';

/** Lets the platform's staff look, until a time. */
export async function grantSupport(ctx: Context, { reason, hours }: BodyOf<typeof contract>): Promise<Grant> {
  const id = ctx.newId('sup');
  const expiresAt = new Date(ctx.now().getTime() + hours * 3_600_000);
  await ctx.transaction(async (tx) => {
    await tx.sql
      .insert(supportGrants)
      .values({ id, organizationId: ctx.organizationId, grantedBy: ctx.person().userId, reason, expiresAt, createdAt: ctx.now() });
    await tx.audit('support.grant', id, { reason, hours });
  });
  const [grant] = await readGrants(ctx, eq(supportGrants.id, id));
  if (!grant) throw new Error(`grant ${id} vanished`);
  return grant;
}
