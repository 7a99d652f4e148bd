import { eq } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { signIn as contract } from '#shared/contracts/identity.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { emailKey } from '../email-key.ts';
import { countGuess, forgetGuesses, type Target } from '../guessing/count-guess.ts';
import { tellLocked } from '../guessing/tell-locked.ts';
import { verifyNobody, verifyPassword } from '../password/password.ts';
import { finishFirstFactor, type FirstFactorDone } from './finish-first-factor.ts';

/** One answer for a wrong password, a person without one, a disabled person and an address nobody has. */
export async function signIn(ports: Ports, input: BodyOf<typeof contract>): Promise<FirstFactorDone> {
  const target: Target = { kind: 'password', emailKey: emailKey(input.email) };
  const open = ports.database.within({});
  const failures = await countGuess(ports, target);
  const [user] = await open.read((q) => q.select().from(users).where(eq(users.emailKey, target.emailKey)));
  const right = user?.passwordHash ? await verifyPassword(user.passwordHash, input.password) : await verifyNobody(input.password);
  if (!user || !right || user.disabledAt) {
    if (user && !user.disabledAt) tellLocked(ports, user, failures);
    throw new AppError('not_signed_in', 'E-mail or password is not right. Check both and try again.', { reason: 'sign_in_wrong' });
  }
  await open.transaction((tx) => forgetGuesses(tx, target));
  return finishFirstFactor(ports, user, 'password');
}
