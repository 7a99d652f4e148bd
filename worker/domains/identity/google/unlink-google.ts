import { and, eq, isNotNull } from 'drizzle-orm';
import { externalIdentities, users } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { queueSecurityNotice } from '../security-notice.ts';

/** Google signs this person in no more. Refused without a password: nobody is left without a way in of their own. Where nothing is linked nothing happens. */
export async function unlinkGoogle(ctx: Context): Promise<Record<string, never>> {
  const { userId } = ctx.person();
  await ctx.transaction(async (tx) => {
    const [user] = await tx.sql
      .select()
      .from(users)
      .where(and(eq(users.id, userId), isNotNull(users.passwordHash)))
      .for('update');
    if (!user)
      throw new AppError('conflict', 'Google is your only way to sign in. Set a password first; then you can take Google away.', {
        reason: 'google_only_way',
        fields: [{ path: 'password', message: 'Set a password first.' }],
      });
    const [gone] = await tx.sql
      .delete(externalIdentities)
      .where(and(eq(externalIdentities.provider, 'google'), eq(externalIdentities.userId, userId)))
      .returning({ subject: externalIdentities.subject });
    if (!gone) return;
    await tx.audit('identity.google_unlinked', userId);
    await queueSecurityNotice(ctx, tx, user, 'google_unlinked');
  });
  return {};
}
