import { externalIdentities } from '#schema/index.ts';
import { locale as knownLocale } from '#shared/contracts/parts.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { User } from '../account/own-user.ts';
import { foundingContext, openAccount } from '../sign-up/open-account.ts';
import type { GoogleIdentity } from './google-api.ts';

/** An account without a password for somebody whose address Google has verified. @returns null when the address has an account by now */
export async function openGoogleAccount(ports: Ports, { subject, email, name, locale }: GoogleIdentity): Promise<User | null> {
  const ctx = foundingContext(ports);
  const called = (name ?? email.split('@')[0] ?? email).replaceAll(/\p{Cc}/gu, '').slice(0, 120) || email;
  return ctx.transaction(async (tx) => {
    const user = await openAccount(ctx, tx, {
      email,
      name: called,
      passwordHash: null,
      locale: knownLocale.safeParse(locale?.slice(0, 2)).data ?? 'en',
      organizationName: called,
      currency: 'EUR',
      timezone: 'UTC',
    });
    if (!user) return null;
    const [linked] = await tx.sql
      .insert(externalIdentities)
      .values({ provider: 'google', subject, userId: user.id, email })
      .onConflictDoNothing()
      .returning({ subject: externalIdentities.subject });
    // One Google account in two tabs, its address changed in between: the first keeps it, and here nothing stays.
    if (!linked)
      throw new AppError('conflict', 'This Google account was just linked to another account here. Sign in again.', {
        reason: 'google_elsewhere',
      });
    await tx.audit('identity.google_linked', user.id);
    return user;
  });
}
