import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '#schema/index.ts';
import type { prove as contract } from '#shared/contracts/account.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import { PROOF_MS, type Context, type Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { holdPerson } from '../../../kernel/hold-person.ts';
import { ownUser, type User } from '../account/own-user.ts';
import { countGuess, forgetGuesses, type Target } from '../guessing/count-guess.ts';
import { tellLocked } from '../guessing/tell-locked.ts';
import { verifyPassword } from '../password/password.ts';
import { judgeCode, spendCode, wrongCode } from '../second-factor/judge-code.ts';
import { codeAsked } from './code-asked.ts';
import { judgeMailedCode, spendMailedCode } from './mailed-code.ts';

const BY_CODE = 'Your second factor is on: prove with a code of your app, or a recovery code.';

/**
 * Proves who sits at a session, for five minutes. Who has a second factor proves with a code of it: a session left open and a password that
 * is known open no more than a sign-in with that password would. Wrong ones are counted with those of a sign-in: an open session is no better place to
 * guess from.
 */
export async function prove(ctx: Context, input: BodyOf<typeof contract>): Promise<{ provenUntil: string }> {
  const { userId, sessionId } = ctx.person();
  const user = await ownUser(ctx.ports, userId);
  const spend = 'password' in input ? await byPassword(ctx, user, input.password) : await byCode(ctx, user, input.code);
  const now = ctx.now();
  await ctx.transaction(async (tx) => {
    const held = await holdPerson(tx.sql, userId);
    // A password takes long to judge: one that was begun with before the second factor was on proves nothing after that.
    if (user.totpEnabledAt === null && held?.totpEnabledAt) throw codeAsked(BY_CODE);
    await spend(tx);
    const [proven] = await tx.sql
      .update(sessions)
      .set({ provenAt: now })
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (!proven) throw new AppError('not_signed_in', 'Your session has ended. Sign in again; nothing you typed is lost.');
    await tx.audit('identity.proven', userId, { by: 'password' in input ? 'password' : 'code' });
  });
  return { provenUntil: new Date(now.getTime() + PROOF_MS).toISOString() };
}

/** What is left to do in the transaction that proves. */
type Spend = (tx: Tx) => Promise<void>;

async function byPassword(ctx: Context, user: User, password: string): Promise<Spend> {
  // Before it is judged: who has only the password learns nothing about it here.
  if (user.totpEnabledAt !== null) throw codeAsked(BY_CODE);
  if (user.passwordHash === null) throw wrongPassword('Your account has no password. Let a code be sent to you by mail.');
  const target: Target = { kind: 'password', emailKey: user.emailKey };
  const failures = await countGuess(ctx.ports, target);
  if (!(await verifyPassword(user.passwordHash, password))) {
    tellLocked(ctx.ports, user, failures);
    throw wrongPassword('This password is not right. Check it and try again.');
  }
  return (tx) => forgetGuesses(tx.sql, target);
}

async function byCode(ctx: Context, user: User, code: string): Promise<Spend> {
  if (user.totpEnabledAt) {
    const right = await judgeCode(ctx.ports, user, code);
    if (!right) throw wrongCode('This code is not right. Enter the six digits your app shows now, or a recovery code.');
    return (tx) => spendCode(ctx, tx, user, right);
  }
  if (user.passwordHash !== null) throw wrongCode('Your account has no second factor. Enter your password instead.');
  const target: Target = { kind: 'codes', userId: user.id };
  const failures = await countGuess(ctx.ports, target);
  const hash = await judgeMailedCode(ctx, code.replaceAll(/[\s-]/g, ''));
  if (hash === null) {
    tellLocked(ctx.ports, user, failures);
    throw wrongCode('This code is not right, or it is too old. After five wrong ones, ask for a new one.');
  }
  return async (tx) => {
    await spendMailedCode(ctx, tx, hash);
    await forgetGuesses(tx.sql, target);
  };
}

const wrongPassword = (message: string): AppError => new AppError('invalid_input', message, { fields: [{ path: 'password', message }] });
