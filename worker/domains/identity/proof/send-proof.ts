import { eq } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import { randomSecret } from '../../../kernel/bytes.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { queueMail } from '../../mail/index.ts';
import { keepSecret, wereEnoughSent } from '../links/one-time-tokens.ts';
import { codeAsked } from './code-asked.ts';
import type { MailedCode } from './mailed-code.ts';

const MINUTES = 10;

/** A code by mail for who has neither password nor second factor to prove who they are with. A newer code ends the older ones. */
export async function sendProof(ctx: Context): Promise<Record<string, never>> {
  const { userId, sessionId } = ctx.person();
  await ctx.transaction(async (tx) => {
    // Two wishes at once are granted one after the other, so that the hour's codes are counted right.
    const [user] = await tx.sql.select().from(users).where(eq(users.id, userId)).for('update');
    if (!user) throw new AppError('not_signed_in', 'Your session has ended. Sign in again.');
    if (user.totpEnabledAt !== null)
      throw codeAsked('Your second factor is on: prove with a code of your app, or a recovery code. No mail was sent.');
    if (user.passwordHash !== null)
      throw new AppError('conflict', 'You have a password: prove who you are with that. No mail was sent.', { reason: 'proof_otherwise' });
    if (await wereEnoughSent(ctx.ports, tx.sql, userId, 'proof_code'))
      throw new AppError('too_many', 'Five codes were sent within the hour. Use the newest one, or sign out and sign in again.', {
        reason: 'codes_sent',
        retryAfterSeconds: 3_600,
      });
    const code = sixDigits();
    const payload: MailedCode = { code, sessionId };
    // Found by person and purpose: nobody holds the secret itself.
    await keepSecret(ctx.ports, tx.sql, { secret: randomSecret(), purpose: 'proof_code', userId, payload, minutes: MINUTES });
    await queueMail(ctx, tx, { template: 'proof_code', to: user.email, locale: user.locale, userId, data: { name: user.name, code } });
  });
  return {};
}

/** Each of the million as likely: the few highest draws, which would favour low numbers, are drawn again. */
function sixDigits(): string {
  const fair = 4_294_000_000;
  let drawn: number;
  do [drawn = fair] = crypto.getRandomValues(new Uint32Array(1));
  while (drawn >= fair);
  return String(drawn % 1_000_000).padStart(6, '0');
}
