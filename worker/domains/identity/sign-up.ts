import { memberships, organizations, users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { signUp as contract, Tokens } from '#shared/contracts/identity.ts';
import { isTimezone } from '#shared/rules/day-of.ts';
import { createContext, type Ports } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/prefixed-id.ts';
import { emailKey } from './email-key.ts';
import { loadMe } from './load-me.ts';
import { openSession } from './open-session.ts';
import { hashPassword } from './password.ts';

/** An account, its organization and the first session. An address that has an account is told to sign in; this form is not a look-up without a password. */
export async function signUp(
  ports: Ports,
  input: BodyOf<typeof contract>,
  userAgent: string | null,
): Promise<Tokens & { refreshToken: string }> {
  if (!isTimezone(input.timezone))
    throw new AppError('invalid_input', 'Check timezone and send it again.', {
      fields: [{ path: 'timezone', message: 'Use an IANA name such as Europe/Paris.' }],
    });
  const passwordHash = await hashPassword(input.password);
  const at = ports.now().getTime();
  const userId = newId('usr', at);
  const organizationId = newId('org', at);
  const dataKey = await ports.keyRing.newDataKey();
  const ctx = createContext(ports, organizationId, { kind: 'user', userId, sessionId: '', role: 'owner', permissions: ['*:*'] });
  const tokens = await ctx.transaction(async (tx) => {
    const [user] = await tx.sql
      .insert(users)
      .values({ id: userId, email: input.email, emailKey: emailKey(input.email), passwordHash, name: input.name, locale: input.locale })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!user)
      throw new AppError('conflict', 'There is an account for this e-mail address already. Sign in instead.', {
        fields: [{ path: 'email', message: 'Already in use.' }],
      });
    await tx.sql.insert(organizations).values({
      id: organizationId,
      name: input.organizationName,
      currency: input.currency,
      timezone: input.timezone,
      locale: input.locale,
      ...dataKey,
    });
    await tx.sql.insert(memberships).values({ organizationId, userId, role: 'owner' });
    await tx.audit('identity.sign_up', userId);
    return openSession(ports, tx.sql, { userId, organizationId, client: 'web', userAgent });
  });
  return {
    accessToken: tokens.accessToken,
    expiresIn: tokens.expiresIn,
    refreshToken: tokens.refreshToken,
    me: await loadMe(ports, organizationId, userId),
  };
}
