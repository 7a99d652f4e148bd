import { and, eq, isNull } from 'drizzle-orm';
import { memberships, organizations, users } from '#schema/index.ts';
import type { Me } from '#shared/contracts/identity.ts';
import type { Ports } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { presentMe } from './present-me.ts';

/** Who this is in this organization; the person must be enabled and still a member. */
export async function loadMe(ports: Ports, organizationId: string, userId: string): Promise<Me> {
  const [row] = await ports.database.within({ organizationId, userId }).read((q) =>
    q
      .select({ user: users, organization: organizations, role: memberships.role })
      .from(users)
      .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.organizationId, organizationId)))
      .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
      .where(and(eq(users.id, userId), isNull(users.disabledAt))),
  );
  if (!row) throw notFound('account');
  return presentMe(row.user, row.organization, row.role);
}
