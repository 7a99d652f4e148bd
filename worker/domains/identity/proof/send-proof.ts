import { and, count, eq, gt, isNull } from 'drizzle-orm';
import { oneTimeTokens, users } from '#schema/index.ts';
import { randomSecret, sha256Hex } from '../../../kernel/bytes.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { queueMail } from '../../mail/index.ts';
import { payloadPlace } from '../links/one-time-tokens.ts';
import type { MailedCode } from './mailed-code.ts';

const MINUTES = 10;
const PER_HOUR = 5;

/** A code by mail for who has neither password nor second factor to prove who they are with. A newer code ends the older ones. */
export async function sendProof(ctx: Context): Promise<Record<string, never>> {
  const { userId, sessionId } = ctx.person();
  await ctx.transaction(async (tx) => {
    // Two wishes at once are granted one after the other, so that the hour's codes are counted right.
    const [user] = await tx.sql.select().from(users).where(eq(users.id, userId)).for('update');
    if (!user) throw new AppError('not_signed_in', 'Your session has ended. Sign in again.');
    if (user.passwordHash !== null || user.totpEnabledAt !== null)
      throw new AppError('conflict', 'You have a password or a second factor: prove who you are with that. No mail was sent.');
    const mine = and(eq(oneTimeTokens.userId, userId), eq(oneTimeTokens.purpose, 'proof_code'));
    const [sent] = await tx.sql
      .select({ n: count() })
      .from(oneTimeTokens)
      .where(and(mine, gt(oneTimeTokens.createdAt, new Date(ctx.now().getTime() - 3_600_000))));
    if (sent && sent.n >= PER_HOUR)
      throw new AppError('too_many', 'Five codes were sent within the hour. Use the newest one, or sign out and sign in again.', {
        retryAfterSeconds: 3_600,
      });
    await tx.sql
      .update(oneTimeTokens)
      .set({ usedAt: ctx.now() })
      .where(and(mine, isNull(oneTimeTokens.usedAt)));
    const code = sixDigits();
    const hash = await sha256Hex(randomSecret());
    await tx.sql.insert(oneTimeTokens).values({
      hash,
      purpose: 'proof_code',
      userId,
      payload: await ctx.ports.keyRing.seal(payloadPlace(hash), JSON.stringify({ code, sessionId } satisfies MailedCode)),
      expiresAt: new Date(ctx.now().getTime() + MINUTES * 60_000),
      createdAt: ctx.now(),
    });
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
