import { and, eq, isNull } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { ownUser } from '../account/own-user.ts';
import { newTotpSecret, totpPlace, totpUri } from './totp.ts';

/** A fresh secret in the place of one that was not confirmed. */
export async function startSecondFactor(ctx: Context): Promise<{ secret: string; uri: string }> {
  const user = await ownUser(ctx.ports, ctx.person().userId);
  const secret = newTotpSecret();
  const sealed = await ctx.ports.keyRing.seal(totpPlace(user.id), secret);
  const [kept] = await ctx.read((q) =>
    q
      .update(users)
      .set({ totpSecret: sealed })
      .where(and(eq(users.id, user.id), isNull(users.totpEnabledAt)))
      .returning({ id: users.id }),
  );
  if (!kept)
    throw new AppError('conflict', 'Your second factor is on already. To use another app, switch it off first.', {
      reason: 'factor_is_on',
    });
  return { secret, uri: totpUri(secret, user.email) };
}
