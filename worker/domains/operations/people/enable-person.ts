import { and, eq, isNotNull } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { enablePerson as contract } from '#shared/contracts/operations.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { findPerson } from './find-person.ts';

/** The person may sign in again; sessions that ended stay ended. Who was erased has no address any more, and is not found. */
export async function enablePerson(staff: Context, { email, why }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const { ctx, user, organizationIds } = await findPerson(staff, email);
  await ctx.transaction(async (tx) => {
    const [won] = await tx.sql
      .update(users)
      .set({ disabledAt: null })
      .where(and(eq(users.id, user.id), isNotNull(users.disabledAt)))
      .returning({ id: users.id });
    if (!won) throw new AppError('conflict', 'This person is not kept out. Nothing was changed.');
    await tx.audit('person.enable', user.id, { why });
    for (const organizationId of organizationIds) await tx.auditIn(organizationId, 'person.enable', user.id, { why });
  });
  return { userId: user.id, organizations: organizationIds.length };
}
