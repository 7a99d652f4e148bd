import { eq } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { Ports } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';

export type User = InferSelectModel<typeof users>;

/** The row of somebody whose session or link was just read. @throws not_found when it has gone since */
export async function ownUser(ports: Ports, userId: string): Promise<User> {
  const [user] = await ports.database.within({ userId }).read((q) => q.select().from(users).where(eq(users.id, userId)));
  if (!user) throw notFound('account');
  return user;
}
