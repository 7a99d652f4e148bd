import { eq } from 'drizzle-orm';
import { organizations } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { presentOrganization } from '../../identity/index.ts';
import type { OrganizationOfMe } from '#shared/contracts/identity.ts';
import { serveLogo } from './serve-logo.ts';
import { forgetLogo, storeLogo } from './store-logo.ts';

/** The body's picture becomes the organization's logo. */
export async function putOrganizationLogo(ctx: Context, request: Request): Promise<OrganizationOfMe> {
  return point(ctx, await storeLogo(ctx, request));
}
export async function removeOrganizationLogo(ctx: Context): Promise<OrganizationOfMe> {
  return point(ctx, null);
}

async function point(ctx: Context, logoKey: string | null): Promise<OrganizationOfMe> {
  const { before, after } = await ctx.transaction(async (tx) => {
    const mine = eq(organizations.id, ctx.organizationId);
    const [old] = await tx.sql.select({ logoKey: organizations.logoKey }).from(organizations).where(mine).for('update');
    const [row] = await tx.sql.update(organizations).set({ logoKey }).where(mine).returning();
    if (!old || !row) throw notFound('organization');
    await tx.audit(logoKey === null ? 'organization.logo_remove' : 'organization.logo', ctx.organizationId);
    return { before: old.logoKey, after: row };
  });
  forgetLogo(ctx, before);
  return presentOrganization(after);
}

export async function getOrganizationLogo(ctx: Context): Promise<Response> {
  const [row] = await ctx.read((q) =>
    q.select({ logoKey: organizations.logoKey }).from(organizations).where(eq(organizations.id, ctx.organizationId)),
  );
  return serveLogo(ctx, row?.logoKey ?? null);
}
