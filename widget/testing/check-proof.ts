import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWK } from 'jose';

/** What is wrong with a DPoP proof, judged by `jose`; null when nothing is. */
export async function checkProof(
  proof: string,
  expected: { method: string; url: string; token: string; jkt: string; seenJti: Set<string> },
): Promise<string | null> {
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'], maxTokenAge: 60 });
  const jwk = protectedHeader.jwk as JWK;
  if (jwk.d !== undefined) return 'the private key is in the proof';
  if ((await calculateJwkThumbprint(jwk)) !== expected.jkt) return 'another key than the token is bound to';
  if (payload['htm'] !== expected.method || payload['htu'] !== expected.url)
    return `for ${String(payload['htm'])} ${String(payload['htu'])}`;
  if (payload['ath'] !== createHash('sha256').update(expected.token).digest('base64url')) return 'for another token';
  if (typeof payload.jti !== 'string' || expected.seenJti.has(payload.jti)) return 'used before';
  expected.seenJti.add(payload.jti);
  return null;
}
