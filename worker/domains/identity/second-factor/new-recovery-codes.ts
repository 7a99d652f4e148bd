import { and, eq, isNotNull } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { ownUser } from '../account/own-user.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { makeRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts';

/** Ten fresh ones, shown in this answer only; of two asked for at once the later ones count. */
export async function newRecoveryCodes(ctx: Context): Promise<{ recoveryCodes: string[] }> {
  const user = await ownUser(ctx.ports, ctx.person().userId);
  const { codes, hashes } = await makeRecoveryCodes();
  await ctx.transaction(async (tx) => {
    const [on] = await tx.sql
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, user.id), isNotNull(users.totpEnabledAt)))
      .for('update');
    if (!on)
      throw new AppError('conflict', 'Recovery codes belong to a second factor, and yours is off. Switch it on first.', {
        reason: 'factor_is_off',
      });
    await replaceRecoveryCodes(ctx, tx, user.id, hashes);
    await tx.audit('identity.recovery_codes_new', user.id);
    await queueSecurityNotice(ctx, tx, user, 'recovery_codes_new');
  });
  return { recoveryCodes: codes };
}
