import { consents, externalIdentities } from '#schema/index.ts';
import { locale as knownLocale } from '#shared/contracts/parts.ts';
import { LEGAL_VERSIONS } from '#shared/rules/legal-documents.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { User } from '../account/own-user.ts';
import { foundingContext, openAccount } from '../sign-up/open-account.ts';
import type { GoogleIdentity } from './google-api.ts';
import type { Beginning } from './start-google.ts';

/**
 * An account without a password for somebody whose address Google has verified, with what the page said they wish to begin with and agreed
 * to by pressing its button. @returns null when the address has an account by now
 */
export async function openGoogleAccount(
  ports: Ports,
  { subject, email, name, locale }: GoogleIdentity,
  beginning: Beginning | null,
): Promise<User | null> {
  const ctx = foundingContext(ports);
  const called = (name ?? email.split('@')[0] ?? email).replaceAll(/\p{Cc}/gu, '').slice(0, 120) || email;
  return ctx.transaction(async (tx) => {
    const user = await openAccount(ctx, tx, {
      email,
      name: called,
      passwordHash: null,
      locale: beginning?.locale ?? knownLocale.safeParse(locale?.slice(0, 2)).data ?? 'en',
      organizationName: called,
      currency: beginning?.currency ?? 'EUR',
      timezone: beginning?.timezone ?? 'UTC',
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
    for (const document of ['terms', 'privacy'] as const) {
      const version = beginning?.agreed?.[document];
      // A page from before a change of the text asks again, as for everybody.
      if (version !== LEGAL_VERSIONS[document]) continue;
      await tx.sql.insert(consents).values({ userId: user.id, document, version, at: ctx.now() });
      await tx.audit('privacy.consent', null, { document, version });
    }
    return user;
  });
}
