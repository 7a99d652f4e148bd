import { jwtVerify, SignJWT } from 'jose';
import { fromBase64 } from './bytes.ts';

export const ACCESS_TOKEN_SECONDS = 900;
export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** Null = the person works in no organization. */
  organizationId: string | null;
}

/** A 15-minute bearer token; HS256, audience fixed. */
export async function signAccessToken(key: string, claims: AccessClaims, now: Date): Promise<string> {
  const issued = Math.floor(now.getTime() / 1000);
  return new SignJWT({ sid: claims.sessionId, ...(claims.organizationId === null ? {} : { org: claims.organizationId }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(claims.userId)
    .setAudience('inlay-api')
    .setIssuedAt(issued)
    .setExpirationTime(issued + ACCESS_TOKEN_SECONDS)
    .sign(fromBase64(key));
}

/** Null for anything that is not a valid, unexpired token of ours. */
export async function verifyAccessToken(key: string, token: string, now: Date): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, fromBase64(key), {
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
