import { eq, sql } from 'drizzle-orm';
import { signInFailures, users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { signIn as contract } from '#shared/contracts/identity.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { emailKey } from '../email-key.ts';
import { finishFirstFactor, type FirstFactorDone } from './finish-first-factor.ts';
import { verifyNobody, verifyPassword } from '../password/password.ts';

/** Five wrong passwords are free, then each further one costs a growing wait: 30 s doubling up to an hour. */
const FREE_FAILURES = 5;

/** One answer for a wrong password, a disabled person and an address nobody has. */
export async function signIn(ports: Ports, input: BodyOf<typeof contract>): Promise<FirstFactorDone> {
  const key = emailKey(input.email);
  const open = ports.database.within({});
  await countAttempt(ports, key);
  const [user] = await open.read((q) => q.select().from(users).where(eq(users.emailKey, key)));
  const right = user?.passwordHash ? await verifyPassword(user.passwordHash, input.password) : await verifyNobody(input.password);
  if (!user || !right || user.disabledAt) throw new AppError('not_signed_in', 'E-mail or password is not right. Check both and try again.');
  await open.read((q) => q.delete(signInFailures).where(eq(signInFailures.emailKey, key)));
  return finishFirstFactor(ports, user, 'password');
}

/**
 * Counts the attempt before the password is looked at, in one statement: of any number of guesses sent at once only the free ones
 * are judged. Success forgets the count.
 */
async function countAttempt(ports: Ports, key: string): Promise<void> {
  const now = ports.now();
  const at = sql`${now.toISOString()}::timestamptz`;
  const walled = ports.database.within({});
  const [counted] = await walled.read((q) =>
    q
      .insert(signInFailures)
      .values({ emailKey: key, failures: 1, updatedAt: now })
      .onConflictDoUpdate({
        target: signInFailures.emailKey,
        setWhere: sql`${signInFailures.blockedUntil} is null or ${signInFailures.blockedUntil} <= ${at}`,
        set: {
          failures: sql`${signInFailures.failures} + 1`,
          updatedAt: at,
          blockedUntil: sql`case when ${signInFailures.failures} + 1 >= ${FREE_FAILURES} then ${at} + make_interval(secs => least(3600, 30 * power(2, least(12, ${signInFailures.failures} + 1 - ${FREE_FAILURES})))) end`,
        },
      })
      .returning({ failures: signInFailures.failures }),
  );
  if (counted) return;
  const [blocked] = await walled.read((q) =>
    q.select({ until: signInFailures.blockedUntil }).from(signInFailures).where(eq(signInFailures.emailKey, key)),
  );
  const seconds = Math.max(1, Math.ceil(((blocked?.until?.getTime() ?? 0) - now.getTime()) / 1000));
  throw new AppError('too_many', `Too many wrong passwords. Wait ${seconds} seconds and try again.`, { retryAfterSeconds: seconds });
}
