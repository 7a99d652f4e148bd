import { and, count, desc, eq, gt, isNull } from 'drizzle-orm';
import { consents, deletionRequests, externalIdentities, oneTimeTokens, recoveryCodes, users } from '#schema/index.ts';
import type { Account } from '#shared/contracts/account.ts';
import { NO_ORGANIZATION, PROOF_MS, type Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { payloadPlace } from '../links/one-time-tokens.ts';
import type { NewEmail } from './change-email.ts';

/** A person's own account, with what is under way: an address that waits for its link, a deletion that waits for its day. */
export async function loadAccount(ctx: Context): Promise<Account> {
  const { userId, provenAt } = ctx.person();
  const own = ctx.ports.database.within({ userId, organizationId: NO_ORGANIZATION });
  const [[user], [google], [codes], agreed, [asked], [deletion]] = await Promise.all([
    own.read((q) => q.select().from(users).where(eq(users.id, userId))),
    own.read((q) => q.select().from(externalIdentities).where(eq(externalIdentities.userId, userId))),
    own.read((q) =>
      q
        .select({ left: count() })
        .from(recoveryCodes)
        .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt))),
    ),
    own.read((q) => q.select().from(consents).where(eq(consents.userId, userId)).orderBy(consents.document, desc(consents.at))),
    own.read((q) =>
      q
        .select({ hash: oneTimeTokens.hash, payload: oneTimeTokens.payload })
        .from(oneTimeTokens)
        .where(
          and(
            eq(oneTimeTokens.userId, userId),
            eq(oneTimeTokens.purpose, 'change_email'),
            isNull(oneTimeTokens.usedAt),
            gt(oneTimeTokens.expiresAt, ctx.now()),
          ),
        ),
    ),
    own.read((q) =>
      q
        .select({ dueAt: deletionRequests.dueAt })
        .from(deletionRequests)
        .where(
          and(
            eq(deletionRequests.organizationId, NO_ORGANIZATION),
            eq(deletionRequests.kind, 'person'),
            eq(deletionRequests.subject, userId),
            isNull(deletionRequests.cancelledAt),
            isNull(deletionRequests.doneAt),
          ),
        ),
    ),
  ]);
  if (!user || !codes) throw notFound('account');
  const provenUntil = new Date(provenAt.getTime() + PROOF_MS);
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    locale: user.locale as Account['locale'],
    hasPassword: user.passwordHash !== null,
    googleEmail: google?.email ?? null,
    secondFactorSince: user.totpEnabledAt?.toISOString() ?? null,
    recoveryCodesLeft: codes.left,
    pendingEmail: asked?.payload
      ? (JSON.parse(await ctx.ports.keyRing.unseal(payloadPlace(asked.hash), asked.payload)) as NewEmail).email
      : null,
    provenUntil: provenUntil > ctx.now() ? provenUntil.toISOString() : null,
    consents: agreed.map(({ document, version, at }) => ({ document, version, at: at.toISOString() })),
    deletionDueAt: deletion?.dueAt.toISOString() ?? null,
  };
}
