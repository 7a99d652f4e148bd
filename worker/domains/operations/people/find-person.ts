import { eq } from 'drizzle-orm';
import { memberships, users } from '#schema/index.ts';
import { createContext, NO_ORGANIZATION, type Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { emailKey } from '../../identity/index.ts';

type User = typeof users.$inferSelect;

/** A person by their address, and every organization whose audit log must say what our staff did to them. @throws not_found */
export async function findPerson(staff: Context, email: string): Promise<{ ctx: Context; user: User; organizationIds: string[] }> {
  const ctx = createContext(staff.ports, NO_ORGANIZATION, staff.actor);
  const [user] = await ctx.read((q) =>
    q
      .select()
      .from(users)
      .where(eq(users.emailKey, emailKey(email))),
  );
  if (!user) throw notFound('person');
  const own = await ctx.ports.database
    .within({ userId: user.id })
    .read((q) => q.select({ organizationId: memberships.organizationId }).from(memberships).where(eq(memberships.userId, user.id)));
  return { ctx, user, organizationIds: own.map((one) => one.organizationId) };
}
