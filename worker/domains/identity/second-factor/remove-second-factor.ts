import { and, eq, isNotNull } from 'drizzle-orm';
import { recoveryCodes, signInChallenges, users } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { ownUser } from '../account/own-user.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { endSessions } from '../sessions/end-sessions.ts';

export async function removeSecondFactor(ctx: Context): Promise<Record<string, never>> {
  const user = await ownUser(ctx.ports, ctx.person().userId);
  await ctx.transaction(async (tx) => {
    const [off] = await tx.sql
      .update(users)
      .set({ totpSecret: null, totpEnabledAt: null })
      .where(and(eq(users.id, user.id), isNotNull(users.totpEnabledAt)))
      .returning({ id: users.id });
    if (!off) throw new AppError('conflict', 'Your second factor is off already.', { reason: 'factor_is_off' });
    await tx.sql.delete(recoveryCodes).where(eq(recoveryCodes.userId, user.id));
    await tx.sql.delete(signInChallenges).where(eq(signInChallenges.userId, user.id));
    await endSessions(ctx.ports, tx.sql, user.id, { reason: 'second_factor_off', except: ctx.person().sessionId });
    await tx.audit('identity.second_factor_off', user.id);
    await queueSecurityNotice(ctx, tx, user, 'second_factor_off');
  });
  return {};
}
