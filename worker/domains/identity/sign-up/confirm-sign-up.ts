import { memberships, organizations, users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { confirmSignUp as contract, Tokens } from '#shared/contracts/identity.ts';
import { createContext, type Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/prefixed-id.ts';
import { queueMail } from '../../mail/index.ts';
import { emailKey } from '../email-key.ts';
import { loadMe } from '../load-me.ts';
import { useLink } from '../links/one-time-tokens.ts';
import { openSession } from '../sessions/open-session.ts';
import type { PendingSignUp } from './sign-up.ts';

/** The account, its organization and the first session, all at once, by the link of the mail. */
export async function confirmSignUp(ports: Ports, { token }: BodyOf<typeof contract>): Promise<Tokens & { refreshToken: string }> {
  const at = ports.now().getTime();
  const userId = newId('usr', at);
  const organizationId = newId('org', at);
  const dataKey = await ports.keyRing.newDataKey();
  const ctx = createContext(ports, organizationId, {
    kind: 'user',
    userId,
    sessionId: '',
    role: 'owner',
    permissions: ['*:*'],
    clientId: null,
    provenAt: ports.now(),
  });
  const { sessionId, ...issued } = await ctx.transaction(async (tx) => {
    const pending = (await useLink(ports, tx.sql, 'sign_up', token)).payload as PendingSignUp;
    const [user] = await tx.sql
      .insert(users)
      .values({
        id: userId,
        email: pending.email,
        emailKey: emailKey(pending.email),
        passwordHash: pending.passwordHash,
        name: pending.name,
        locale: pending.locale,
      })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!user) throw new AppError('conflict', 'This address has an account already. Sign in, or ask for a new password.');
    await tx.sql.insert(organizations).values({
      id: organizationId,
      name: pending.organizationName,
      slug: newSlug(pending.organizationName),
      currency: pending.currency,
      timezone: pending.timezone,
      locale: pending.locale,
      ...dataKey,
    });
    await tx.sql.insert(memberships).values({ organizationId, userId, role: 'owner' });
    await tx.audit('identity.sign_up', userId);
    await queueMail(ctx, tx, {
      template: 'welcome',
      to: pending.email,
      locale: pending.locale,
      userId,
      data: { name: pending.name, organization: pending.organizationName, link: ports.settings.APP_ORIGIN },
    });
    return openSession(ports, tx.sql, { userId, organizationId, client: 'web', method: 'password' });
  });
  return { ...issued, me: await loadMe(ports, { userId, organizationId, sessionId }) };
}

/** A word for addresses out of a name, with random signs behind it: a taken one never stops anybody. */
export function newSlug(name: string): string {
  const word = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 28)
    .replace(/-+$/, '');
  return `${word || 'org'}-${newId('s').slice(-6)}`;
}
