import { jwtVerify, SignJWT } from 'jose';
import { signingKey, verifyingKey, type SigningKeys } from './signing-keys.ts';

export const ACCESS_TOKEN_SECONDS = 900;
export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** Null = the person works in no organization. */
  organizationId: string | null;
}

/** A 15-minute bearer token; HS256, audience fixed. */
export async function signAccessToken(keys: SigningKeys, claims: AccessClaims, now: Date): Promise<string> {
  const issued = Math.floor(now.getTime() / 1000);
  const { kid, key } = signingKey(keys);
  return new SignJWT({ sid: claims.sessionId, ...(claims.organizationId === null ? {} : { org: claims.organizationId }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
    .setSubject(claims.userId)
    .setAudience('inlay-api')
    .setIssuedAt(issued)
    .setExpirationTime(issued + ACCESS_TOKEN_SECONDS)
    .sign(key);
}

/** Null for anything that is not a valid, unexpired token of ours. */
export async function verifyAccessToken(keys: SigningKeys, token: string, now: Date): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, verifyingKey(keys), {
      algorithms: ['HS256'],
      typ: 'at+jwt',
      audience: 'inlay-api',
      currentDate: now,
    });
    const { sub, sid, org } = payload;
    return typeof sub === 'string' && typeof sid === 'string' && (typeof org === 'string' || org === undefined)
      ? { userId: sub, sessionId: sid, organizationId: org ?? null }
      : null;
  } catch {
    return null;
  }
}
