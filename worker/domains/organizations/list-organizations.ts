import { asc, eq } from 'drizzle-orm';
import { memberships, organizations } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listOrganizations as contract } from '#shared/contracts/organizations.ts';
import type { Context } from '../../kernel/context.ts';

/** Where the person may work, by name. Read as the person, in no organization: only then do the walls show more than one. */
export async function listOrganizations(ctx: Context): Promise<ResponseOf<typeof contract>> {
  const { userId } = ctx.person();
  const rows = await ctx.ports.database
    .within({ userId })
    .read((q) =>
      q
        .select({ id: organizations.id, name: organizations.name, slug: organizations.slug, role: memberships.role })
        .from(memberships)
        .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
        .where(eq(memberships.userId, userId))
        .orderBy(asc(organizations.name), asc(organizations.id)),
    );
  return { organizations: rows };
}
