import { and, eq, isNull } from 'drizzle-orm';
import { recoveryCodes, totpUses } from '#schema/index.ts';
import type { Context, Ports, Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { isMutant } from '../../../kernel/mutants.ts';
import type { User } from '../account/own-user.ts';
import { countGuess, forgetGuesses } from '../guessing/count-guess.ts';
import { tellLocked } from '../guessing/tell-locked.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { findRecoveryCode } from './recovery-codes.ts';
import { stepOfCode } from './totp.ts';

/** A code that is right, and not yet used up. */
export type RightCode = { kind: 'totp'; step: number } | { kind: 'recovery'; id: string };

/**
 * Judges a code of a person whose second factor is on: six digits are the app's, all else is a recovery code. Only six digits are
 * counted as guesses: a recovery code has 75 bits, and is what is left when six digits are locked.
 * @returns null for a wrong one
 * @throws too_many
 */
export async function judgeCode(ports: Ports, user: User, typed: string): Promise<RightCode | null> {
  if (user.totpSecret === null || user.totpEnabledAt === null) throw new Error('Only for a person whose second factor is on.');
  const digits = typed.replaceAll(/[\s-]/g, '');
  if (!/^\d{6}$/.test(digits)) {
    const id = await findRecoveryCode(ports, user.id, typed);
    return id === null ? null : { kind: 'recovery', id };
  }
  const failures = await countGuess(ports, { kind: 'codes', userId: user.id });
  const step = await stepOfCode(ports, { id: user.id, totpSecret: user.totpSecret }, digits);
  if (step !== null) return { kind: 'totp', step };
  tellLocked(ports, user, failures);
  return null;
}

/**
 * Uses a right code up, in the transaction that succeeds by it: of any number of uses one gets through.
 * @throws invalid_input naming the field `code` when it was used before
 */
export async function spendCode(ctx: Context, tx: Tx, user: User, code: RightCode): Promise<void> {
  if (code.kind === 'totp') await spendStep(ctx, tx, user.id, code.step);
  else {
    const [burnt] = await tx.sql
      .update(recoveryCodes)
      .set({ usedAt: ctx.now() })
      .where(and(eq(recoveryCodes.id, code.id), eq(recoveryCodes.userId, user.id), isNull(recoveryCodes.usedAt)))
      .returning({ id: recoveryCodes.id });
    if (!burnt) throw wrongCode('This recovery code was used already. Take another one.');
    await tx.audit('identity.recovery_code_used', user.id);
    await queueSecurityNotice(ctx, tx, user, 'recovery_code_used');
  }
  await forgetGuesses(tx.sql, { kind: 'codes', userId: user.id });
}

/** Each step of 30 seconds counts once for a person. */
export async function spendStep(ctx: Context, tx: Tx, userId: string, step: number): Promise<void> {
  const [first] = await tx.sql
    .insert(totpUses)
    .values({ userId, step, at: ctx.now() })
    .onConflictDoNothing()
    .returning({ step: totpUses.step });
  if (!first && !isMutant(ctx.ports, 'no-totp-once'))
    throw wrongCode('This code was used already. Wait for the next one, at most 30 seconds.');
}

export const wrongCode = (message: string): AppError => new AppError('invalid_input', message, { fields: [{ path: 'code', message }] });
