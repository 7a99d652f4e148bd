import { refreshTokens, sessions } from '#schema/index.ts';
import type { Tokens } from '#shared/contracts/identity.ts';
import { ACCESS_TOKEN_SECONDS, signAccessToken, type AccessClaims } from '../../../kernel/access-token.ts';
import { randomSecret, sha256Hex } from '../../../kernel/bytes.ts';
import type { Ports } from '../../../kernel/context.ts';
import type { SqlTransaction } from '../../../kernel/database.ts';
import { newId } from '../../../kernel/prefixed-id.ts';

/** The absolute life of a session, however often it is renewed. */
export const SESSION_DAYS = 30;
export interface SessionStart {
  userId: string;
  /** Null = the person belongs to no organization. */
  organizationId: string | null;
  client: 'web' | 'extension';
  method: 'password' | 'link' | 'google' | 'invitation' | 'extension';
  /** Absent = now. */
  provenAt?: Date;
}
/** What a sign-in hands out, before `me` is added. */
export type IssuedTokens = Omit<Tokens, 'me' | 'refreshToken'> & { refreshToken: string };

/** A new session with its first refresh token, inside the caller's transaction. To sign in is to have proven who you are. */
export async function openSession(ports: Ports, tx: SqlTransaction, start: SessionStart): Promise<IssuedTokens & { sessionId: string }> {
  const sessionId = newId('ses', ports.now().getTime());
  const now = ports.now();
  await tx.insert(sessions).values({
    id: sessionId,
    provenAt: now,
    ...start,
    userAgent: ports.caller?.userAgent?.slice(0, 300) ?? null,
    place: ports.caller?.place ?? null,
    lastSeenAt: now,
    createdAt: now,
  });
  return { sessionId, ...(await issueTokens(ports, tx, { sessionId, userId: start.userId, organizationId: start.organizationId })) };
}

/** The next pair of a session. The refresh token's absolute end is the family's: 30 days after it began. */
export async function issueTokens(ports: Ports, tx: SqlTransaction, who: AccessClaims, familyEnds?: Date): Promise<IssuedTokens> {
  const tokens = await makeTokens(ports, who);
  const expiresAt = familyEnds ?? new Date(ports.now().getTime() + SESSION_DAYS * 86_400_000);
  await tx.insert(refreshTokens).values({ hash: await sha256Hex(tokens.refreshToken), sessionId: who.sessionId, expiresAt });
  return tokens;
}

/** A pair that counts once the refresh token's hash is stored. */
export const makeTokens = async (ports: Ports, who: AccessClaims): Promise<IssuedTokens> => ({
  accessToken: await signAccessToken(ports.settings.SESSION_KEYS, who, ports.now()),
  expiresIn: ACCESS_TOKEN_SECONDS,
  refreshToken: `irt_${randomSecret(32)}`,
});
