import { and, eq, isNull } from 'drizzle-orm';
import { authorizationCodes, sessions } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { exchangeCode as contract, Tokens } from '#shared/contracts/identity.ts';
import { sha256Base64Url, sha256Hex } from '../../../kernel/bytes.ts';
import type { Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { holdPerson } from '../../../kernel/hold-person.ts';
import { actingPerson } from '../acting-person.ts';
import { loadMe } from '../load-me.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { isNewHere } from '../sessions/is-new-here.ts';
import { openSession } from '../sessions/open-session.ts';

/** Code and verifier for tokens, once. A second use of a code ends the session it gave. A device or a place never seen before is told by mail. */
export async function exchangeCode(ports: Ports, input: BodyOf<typeof contract>): Promise<Tokens & { refreshToken: string }> {
  const refuse = () =>
    new AppError('invalid_input', 'This sign-in is no longer valid. Start it again from the extension.', {
      fields: [{ path: 'code', message: 'Not valid any more, or not for this extension.' }],
    });
  const hash = await sha256Hex(input.code);
  const challenge = await sha256Base64Url(input.codeVerifier);
  const open = ports.database.within({});
  const [row] = await open.read((q) => q.select().from(authorizationCodes).where(eq(authorizationCodes.hash, hash)));
  if (!row) throw refuse();
  const replayed = async (): Promise<never> => {
    const [used] = await open.read((q) => q.select().from(authorizationCodes).where(eq(authorizationCodes.hash, hash)));
    if (used?.sessionId)
      await open.read((q) =>
        q
          .update(sessions)
          .set({ revokedAt: ports.now(), revokedReason: 'code_replay' })
          .where(eq(sessions.id, used.sessionId as string)),
      );
    throw refuse();
  };
  if (row.usedAt) return replayed();
  if (
    row.expiresAt <= ports.now() ||
    row.codeChallenge !== challenge ||
    row.redirectUri !== input.redirectUri ||
    row.clientId !== input.clientId
  )
    throw refuse();
  // Before anything is opened: a person disabled since the code was given gets no session.
  const me = await loadMe(ports, { userId: row.userId, organizationId: row.organizationId }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? refuse() : error;
  });
  const [ctx, isNew] = await Promise.all([actingPerson(ports, row.userId), isNewHere(ports, row.userId)]);
  const tokens = await ctx.transaction(async (tx) => {
    const user = await holdPerson(tx.sql, row.userId);
    const [won] = await tx.sql
      .update(authorizationCodes)
      .set({ usedAt: ports.now() })
      .where(and(eq(authorizationCodes.hash, hash), isNull(authorizationCodes.usedAt)))
      .returning({ hash: authorizationCodes.hash });
    if (!won || !user) return null;
    const { sessionId, ...session } = await openSession(ports, tx.sql, {
      userId: row.userId,
      organizationId: row.organizationId,
      client: 'extension',
      method: 'extension',
      // A session is no proof of who is sitting here: what it gives is proven no later than itself.
      provenAt: row.provenAt ?? new Date(0),
    });
    await tx.sql.update(authorizationCodes).set({ sessionId }).where(eq(authorizationCodes.hash, hash));
    await tx.audit('identity.sign_in', row.userId, { method: 'extension', session: sessionId });
    // Who got hold of somebody's fifteen minutes could turn them into thirty days with a code of their own.
    if (isNew) await queueSecurityNotice(ctx, tx, user, 'new_sign_in');
    return session;
  });
  if (!tokens) return replayed();
  return { ...tokens, me };
}
