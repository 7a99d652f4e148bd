import { and, eq, isNull } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { disablePerson as contract } from '#shared/contracts/operations.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { endSessions } from '../../identity/index.ts';
import { findPerson } from './find-person.ts';

/** Keeps a person out: their sessions end, and no way in opens another one. Every organization they belong to reads it in its audit log. */
export async function disablePerson(staff: Context, { email, why }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const { ctx, user, organizationIds } = await findPerson(staff, email);
  if (user.id === ctx.person().userId) throw new AppError('conflict', 'This is yourself. Ask a colleague; nothing was changed.');
  const sessionsEnded = await ctx.transaction(async (tx) => {
    const [won] = await tx.sql
      .update(users)
      .set({ disabledAt: ctx.now() })
      .where(and(eq(users.id, user.id), isNull(users.disabledAt)))
      .returning({ id: users.id });
    if (!won) throw new AppError('conflict', 'This person is kept out already. Nothing was changed.');
    const ended = await endSessions(ctx.ports, tx.sql, user.id, { reason: 'disabled' });
    await tx.audit('person.disable', user.id, { why });
    for (const organizationId of organizationIds) await tx.auditIn(organizationId, 'person.disable', user.id, { why });
    return ended;
  });
  return { userId: user.id, sessionsEnded, organizations: organizationIds.length };
}
