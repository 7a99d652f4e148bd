import { memberships, organizations, users } from '#schema/index.ts';
import { createContext, type Context, type Ports, type Tx } from '../../../kernel/context.ts';
import { newId } from '../../../kernel/prefixed-id.ts';
import { queueMail } from '../../mail/index.ts';
import type { User } from '../account/own-user.ts';
import { emailKey } from '../email-key.ts';

/** An address that was proven, and what its owner begins with. */
export interface NewAccount {
  email: string;
  name: string;
  /** Null = signs in another way. */
  passwordHash: string | null;
  locale: string;
  organizationName: string;
  currency: string;
  timezone: string;
}

/** Somebody about to become the owner of an organization that does not exist yet. */
export function foundingContext(ports: Ports): Context {
  const at = ports.now().getTime();
  return createContext(ports, newId('org', at), {
    kind: 'user',
    userId: newId('usr', at),
    sessionId: '',
    role: 'owner',
    permissions: ['*:*'],
    clientId: null,
    provenAt: ports.now(),
  });
}

/** The person, their organization and the welcome, in a transaction of the founding context. @returns null when the address has an account by now */
export async function openAccount(ctx: Context, tx: Tx, account: NewAccount): Promise<User | null> {
  const { userId } = ctx.person();
  const { organizationId } = ctx;
  const { email, name, passwordHash, locale, organizationName, currency, timezone } = account;
  const [user] = await tx.sql
    .insert(users)
    .values({ id: userId, email, emailKey: emailKey(email), passwordHash, name, locale })
    .onConflictDoNothing()
    .returning();
  if (!user) return null;
  await tx.sql.insert(organizations).values({
    id: organizationId,
    name: organizationName,
    slug: newSlug(organizationName),
    currency,
    timezone,
    locale,
    ...(await ctx.ports.keyRing.newDataKey()),
  });
  await tx.sql.insert(memberships).values({ organizationId, userId, role: 'owner' });
  await tx.audit('identity.sign_up', userId);
  await queueMail(ctx, tx, {
    template: 'welcome',
    to: email,
    locale,
    userId,
    data: { name, organization: organizationName, link: ctx.ports.settings.APP_ORIGIN },
  });
  return user;
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
