import { jwtVerify, SignJWT } from 'jose';
import { signingKey, verifyingKey, type SigningKeys } from './signing-keys.ts';

export const ACCESS_TOKEN_SECONDS = 900;
export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** Null = the person works in no organization. */
  organizationId: string | null;
}
/** What a token says that a caller brought. */
export interface PresentedToken extends AccessClaims {
  endsAt: Date;
}

/**
 * A bearer token for at most 15 minutes; HS256, audience fixed.
 * @param endsAt earlier, for one that takes the place of another: only a refresh token gives more time
 */
export async function signAccessToken(keys: SigningKeys, claims: AccessClaims, now: Date, endsAt?: Date): Promise<string> {
  const issued = Math.floor(now.getTime() / 1000);
  const { kid, key } = signingKey(keys);
  return new SignJWT({ sid: claims.sessionId, ...(claims.organizationId === null ? {} : { org: claims.organizationId }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
    .setSubject(claims.userId)
    .setAudience('inlay-api')
    .setIssuedAt(issued)
    .setExpirationTime(Math.min(issued + ACCESS_TOKEN_SECONDS, Math.floor((endsAt?.getTime() ?? Infinity) / 1000)))
    .sign(key);
}

/** Null for anything that is not a valid, unexpired token of ours. */
export async function verifyAccessToken(keys: SigningKeys, token: string, now: Date): Promise<PresentedToken | null> {
  try {
    const { payload } = await jwtVerify(token, verifyingKey(keys), {
      algorithms: ['HS256'],
      typ: 'at+jwt',
      audience: 'inlay-api',
      currentDate: now,
      requiredClaims: ['exp'],
    });
    const { sub, sid, org, exp = 0 } = payload;
    return typeof sub === 'string' && typeof sid === 'string' && (typeof org === 'string' || org === undefined)
      ? { userId: sub, sessionId: sid, organizationId: org ?? null, endsAt: new Date(exp * 1000) }
      : null;
  } catch {
    return null;
  }
}
