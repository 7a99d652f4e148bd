import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import { signInChallenges, users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { secondFactor as contract, SignedIn, Tokens } from '#shared/contracts/identity.ts';
import { randomSecret, sha256Hex } from '../../../kernel/bytes.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { isMutant } from '../../../kernel/mutants.ts';
import type { User } from '../account/own-user.ts';
import type { FirstFactor } from '../sign-in/finish-first-factor.ts';
import { holdUnchanged } from '../sign-in/hold-unchanged.ts';
import { startSession } from '../sign-in/start-session.ts';
import { judgeCode, spendCode, wrongCode } from './judge-code.ts';

const MINUTES = 10;
const MOST_TRIES = 5;

/** What the second factor is asked with, once a first factor was right. */
export async function secondFactorChallenge(
  ports: Ports,
  user: User,
  method: FirstFactor,
): Promise<Extract<SignedIn, { secondFactor: unknown }>> {
  const challenge = `itc_${randomSecret(32)}`;
  const expiresAt = new Date(ports.now().getTime() + MINUTES * 60_000);
  const hash = await sha256Hex(challenge);
  await ports.database.within({}).transaction(async (tx) => {
    await holdUnchanged(tx, user);
    await tx.insert(signInChallenges).values({ hash, userId: user.id, method, expiresAt });
  });
  return { secondFactor: { challenge, expiresAt: expiresAt.toISOString() } };
}

/**
 * A challenge and a code for a session. Each try is counted before its code is judged, in one statement: of any number of codes sent at
 * once five are judged.
 */
export async function secondFactor(ports: Ports, { challenge, code }: BodyOf<typeof contract>): Promise<Tokens & { refreshToken: string }> {
  const over = () =>
    new AppError('expired', 'This sign-in is open no more: it took too long, or too many codes were wrong. Sign in again.', {
      reason: 'sign_in_over',
    });
  const hash = await sha256Hex(challenge);
  const open = ports.database.within({});
  const now = ports.now();
  const [row] = await open.read((q) =>
    q
      .update(signInChallenges)
      .set({ tries: sql`${signInChallenges.tries} + 1` })
      .where(
        and(
          eq(signInChallenges.hash, hash),
          isNull(signInChallenges.usedAt),
          gt(signInChallenges.expiresAt, now),
          isMutant(ports, 'no-challenge-count') ? undefined : lt(signInChallenges.tries, MOST_TRIES),
        ),
      )
      .returning(),
  );
  if (!row) throw over();
  const [user] = await open.read((q) => q.select().from(users).where(eq(users.id, row.userId)));
  if (!user || user.disabledAt || !user.totpEnabledAt) throw over();
  const right = await judgeCode(ports, user, code);
  if (!right) throw wrongCode(`This code is not right. ${triesLeft(MOST_TRIES - row.tries)}`);
  return startSession(ports, user, row.method, async (ctx, tx) => {
    const [mine] = await tx.sql
      .update(signInChallenges)
      .set({ usedAt: now })
      .where(and(eq(signInChallenges.hash, hash), isNull(signInChallenges.usedAt)))
      .returning({ hash: signInChallenges.hash });
    if (!mine) throw over();
    await spendCode(ctx, tx, user, right);
  });
}

const triesLeft = (left: number): string =>
  left <= 0 ? 'That was the last try: sign in again.' : `You have ${left} ${left === 1 ? 'try' : 'tries'} left.`;
