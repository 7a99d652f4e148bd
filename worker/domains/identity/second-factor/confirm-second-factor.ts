import { and, eq, isNull } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { confirmSecondFactor as contract } from '#shared/contracts/account.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { ownUser } from '../account/own-user.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { endSessions } from '../sessions/end-sessions.ts';
import { spendStep, wrongCode } from './judge-code.ts';
import { makeRecoveryCodes, replaceRecoveryCodes } from './recovery-codes.ts';
import { stepOfCode } from './totp.ts';

/** From here on a sign-in asks for a code. The recovery codes are in this answer and nowhere else. */
export async function confirmSecondFactor(ctx: Context, { code }: BodyOf<typeof contract>): Promise<{ recoveryCodes: string[] }> {
  const user = await ownUser(ctx.ports, ctx.person().userId);
  if (user.totpEnabledAt) throw new AppError('conflict', 'Your second factor is on already.', { reason: 'factor_is_on' });
  const { totpSecret } = user;
  if (totpSecret === null)
    throw new AppError('conflict', 'There is no secret to confirm yet. Begin again and scan the new code.', { reason: 'factor_not_begun' });
  const step = await stepOfCode(ctx.ports, { id: user.id, totpSecret }, code);
  if (step === null)
    throw wrongCode('This code does not fit the secret you scanned. Check the clock of your device and enter the code it shows now.');
  const { codes, hashes } = await makeRecoveryCodes();
  await ctx.transaction(async (tx) => {
    // Only while it is the secret the code was made with: another window may have begun again.
    const [on] = await tx.sql
      .update(users)
      .set({ totpEnabledAt: ctx.now() })
      .where(and(eq(users.id, user.id), isNull(users.totpEnabledAt), eq(users.totpSecret, totpSecret)))
      .returning({ id: users.id });
    if (!on)
      throw new AppError('conflict', 'Another window was faster. Look at your account, and begin again if the second factor is off.', {
        reason: 'another_window',
      });
    await spendStep(ctx, tx, user.id, step);
    await replaceRecoveryCodes(ctx, tx, user.id, hashes);
    await endSessions(ctx.ports, tx.sql, user.id, { reason: 'second_factor_on', except: ctx.person().sessionId });
    await tx.audit('identity.second_factor_on', user.id);
    await queueSecurityNotice(ctx, tx, user, 'second_factor_on');
  });
  return { recoveryCodes: codes };
}
