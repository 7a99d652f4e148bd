import type { signInChallenges } from '#schema/index.ts';
import type { SignedIn, Tokens } from '#shared/contracts/identity.ts';
import type { Ports } from '../../../kernel/context.ts';
import type { User } from '../account/own-user.ts';
import { secondFactorChallenge } from '../second-factor/challenge.ts';
import { startSession } from './start-session.ts';

export type FirstFactor = (typeof signInChallenges.$inferSelect)['method'];
/** A session with its refresh token, or what the second factor is asked with. */
export type FirstFactorDone = (Tokens & { refreshToken: string }) | Extract<SignedIn, { secondFactor: unknown }>;

/** The one place where a right first factor, whichever it was, becomes a session or a challenge. The caller has refused a disabled person. */
export async function finishFirstFactor(ports: Ports, user: User, method: FirstFactor): Promise<FirstFactorDone> {
  return user.totpEnabledAt === null ? startSession(ports, user, method) : secondFactorChallenge(ports, user, method);
}
