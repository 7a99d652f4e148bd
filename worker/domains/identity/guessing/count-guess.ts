import { eq, sql } from 'drizzle-orm';
import { signInFailures } from '#schema/index.ts';
import type { Ports } from '../../../kernel/context.ts';
import type { SqlTransaction } from '../../../kernel/database.ts';
import { AppError } from '../../../kernel/errors.ts';

/** What is guessed at: the password of a mailbox, whether or not it has an account, or the six-digit codes of a person. */
export type Target = { kind: 'password'; emailKey: string } | { kind: 'codes'; userId: string };

/** Wrong ones in a row that cost no wait. A mistyped code is commoner than a mistyped password, and a sign-in judges five. */
const FREE = { password: 5, codes: 10 } as const;
/** The wait after the last free one, in seconds; it doubles up to an hour. A minute, so that no minute sees more than the free ones. */
const FIRST_WAIT = 60;
/** In a row, then nothing is judged any more (NIST SP 800-63B-4, 3.2.2). */
export const MOST_FAILURES = 100;

const LOCKED = {
  password:
    'Too many wrong passwords in a row: this address signs in by password no more. Nothing is lost: sign in with a link sent by mail, or set a new password.',
  codes:
    'Too many wrong codes in a row: six-digit codes count no more. Nothing is lost: use one of your recovery codes, or, if you have no second factor, set a password by mail.',
} as const;

/** A mailbox has an '@', a person's id none. */
const keyOf = (target: Target): string => (target.kind === 'password' ? target.emailKey : `${target.userId}|codes`);

/**
 * Counts a guess before it is judged, in one statement: of any number of guesses sent at once only those that are free are judged. In
 * Postgres, because the edge's rate binding only estimates. Addresses nobody has are counted alike.
 * @returns how many are wrong in a row if this one is
 * @throws too_many with the seconds to wait
 */
export async function countGuess(ports: Ports, target: Target): Promise<number> {
  const key = keyOf(target);
  const now = ports.now();
  const at = sql`${now.toISOString()}::timestamptz`;
  const walled = ports.database.within({});
  const next = sql`${signInFailures.failures} + 1`;
  const [counted] = await walled.read((q) =>
    q
      .insert(signInFailures)
      .values({ key, failures: 1, updatedAt: now })
      .onConflictDoUpdate({
        target: signInFailures.key,
        setWhere: sql`(${signInFailures.blockedUntil} is null or ${signInFailures.blockedUntil} <= ${at}) and ${signInFailures.failures} < ${MOST_FAILURES}`,
        set: {
          failures: next,
          updatedAt: at,
          blockedUntil: sql`case when ${next} >= ${FREE[target.kind]} then ${at} + make_interval(secs => least(3600, ${FIRST_WAIT} * power(2, least(12, ${next} - ${FREE[target.kind]})))) end`,
        },
      })
      .returning({ failures: signInFailures.failures }),
  );
  if (counted) return counted.failures;
  const [blocked] = await walled.read((q) => q.select().from(signInFailures).where(eq(signInFailures.key, key)));
  if (blocked && blocked.failures >= MOST_FAILURES) throw new AppError('too_many', LOCKED[target.kind], { retryAfterSeconds: 3_600 });
  // Forgotten or over in between: then the wait is over as well.
  const seconds = Math.max(1, Math.ceil(((blocked?.blockedUntil?.getTime() ?? now.getTime()) - now.getTime()) / 1000));
  const what = target.kind === 'password' ? 'passwords' : 'codes';
  throw new AppError('too_many', `Too many wrong ${what}. Nothing was judged; wait ${seconds} seconds and try again.`, {
    retryAfterSeconds: seconds,
  });
}

/** After a right one, or a new password, or a sign-in by link: the row of wrong ones is broken, and what was locked is open. */
export async function forgetGuesses(tx: SqlTransaction, target: Target): Promise<void> {
  await tx.delete(signInFailures).where(eq(signInFailures.key, keyOf(target)));
}
