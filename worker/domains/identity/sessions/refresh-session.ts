import { and, eq, isNull, sql } from 'drizzle-orm';
import { refreshTokens, sessions, users } from '#schema/index.ts';
import type { Tokens } from '#shared/contracts/identity.ts';
import type { AccessClaims } from '../../../kernel/access-token.ts';
import { fromBase64, fromUtf8, sha256Hex, toBase64, utf8 } from '../../../kernel/bytes.ts';
import { createContext, NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { isMutant } from '../../../kernel/mutants.ts';
import { dropAskedEmail } from '../account/drop-asked-email.ts';
import { loadMe } from '../load-me.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { makeTokens, type IssuedTokens } from './open-session.ts';

const HONEST_RETRY_MS = 30_000;

/**
 * A refresh token is used once. A lost answer may be asked for again within 30 seconds with the same retry id and gets the very
 * same reply, kept sealed under a key that only the caller's token and retry id can derive. Any other second use ends the session.
 */
export async function refreshSession(
  ports: Ports,
  input: { refreshToken: string; retryId: string },
): Promise<Tokens & { refreshToken: string }> {
  const hash = await sha256Hex(input.refreshToken);
  const retryHash = await sha256Hex(input.retryId);
  const now = ports.now();
  const open = ports.database.within({});
  const [found] = await open.read((q) =>
    q
      .select({ token: refreshTokens, session: sessions })
      .from(refreshTokens)
      .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
      .where(eq(refreshTokens.hash, hash)),
  );
  if (!found || found.session.revokedAt || found.token.expiresAt <= now) throw ended();
  const who = { sessionId: found.session.id, userId: found.session.userId, organizationId: found.session.organizationId };

  const made = await makeTokens(ports, who);
  const [sealed, childHash] = await Promise.all([sealReply(input, made), sha256Hex(made.refreshToken)]);
  const at = sql`${now.toISOString()}::timestamptz`;
  const isUnused = isMutant(ports, 'no-single-use') ? sql`true` : isNull(refreshTokens.usedAt);
  // Use and child in one statement: however many come at once, one uses the token, and only what it made is stored.
  const { rows } = await open.read((q) =>
    q.execute(sql`
      with used as (
        update refresh_tokens set used_at = ${at}, retry_hash = ${retryHash}, sealed_reply = ${sealed}
        where ${eq(refreshTokens.hash, hash)} and ${isUnused}
        returning session_id, expires_at
      )
      insert into refresh_tokens (hash, session_id, expires_at) select ${childHash}, session_id, expires_at from used returning hash`),
  );
  const issued = rows.length > 0 ? made : null;
  const tokens = issued ?? (await secondUse(ports, input, hash, retryHash, who));
  return {
    ...tokens,
    me: await loadMe(ports, who).catch((error: unknown) => {
      // Only a disabled person is signed out; when the database is away the same retry brings the same reply.
      throw error instanceof AppError && error.code === 'not_found' ? ended() : error;
    }),
  };
}

async function secondUse(
  ports: Ports,
  input: { refreshToken: string; retryId: string },
  hash: string,
  retryHash: string,
  who: AccessClaims,
): Promise<IssuedTokens> {
  const open = ports.database.within({});
  const [row] = await open.read((q) => q.select().from(refreshTokens).where(eq(refreshTokens.hash, hash)));
  const age = row?.usedAt ? ports.now().getTime() - row.usedAt.getTime() : Infinity;
  if (row?.sealedReply && age < HONEST_RETRY_MS && row.retryHash === retryHash) return openReply(input, row.sealedReply);
  // Two tabs racing: refused, nothing issued, the winner's session lives on. Later than that it is a stolen token.
  if (age < HONEST_RETRY_MS) throw ended();
  await endFamily(ports, who);
  throw ended();
}

/** A token used twice is in two hands, and nobody knows whose is the honest one: the session ends, and its person is told, once. */
async function endFamily(ports: Ports, { userId, sessionId, organizationId }: AccessClaims): Promise<void> {
  const ctx = createContext(ports, organizationId ?? NO_ORGANIZATION, { kind: 'job', job: 'refresh' });
  await ctx.transaction(async (tx) => {
    const [revoked] = await tx.sql
      .update(sessions)
      .set({ revokedAt: ctx.now(), revokedReason: 'refresh_reuse' })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (!revoked) return;
    await dropAskedEmail(ports, tx.sql, userId, (asking) => asking === sessionId);
    const [user] = await tx.sql.select().from(users).where(eq(users.id, userId));
    await tx.audit('identity.session_reused', userId, { session: sessionId });
    if (user) await queueSecurityNotice(ctx, tx, user, 'session_reused');
    ctx.log.warn('identity.refresh_reuse', { session: sessionId });
  });
}

const ended = () => new AppError('not_signed_in', 'Your session has ended. Sign in again.');

async function replyKey(input: { refreshToken: string; retryId: string }): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(input.refreshToken), 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: utf8(input.retryId), info: utf8('refresh reply') },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
async function sealReply(input: { refreshToken: string; retryId: string }, tokens: IssuedTokens): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return `${toBase64(iv)}.${toBase64(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await replyKey(input), utf8(JSON.stringify(tokens))))}`;
}
async function openReply(input: { refreshToken: string; retryId: string }, sealed: string): Promise<IssuedTokens> {
  const [iv = '', body = ''] = sealed.split('.');
  return JSON.parse(
    fromUtf8(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(iv) }, await replyKey(input), fromBase64(body))),
  ) as IssuedTokens;
}
