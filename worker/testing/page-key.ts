import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** The key of a page that shows a widget, made and used by somebody else's code than the one that checks it. */
export interface PageKey {
  jkt: string;
  jwk: JWK;
  privateKey: CryptoKey;
}
export async function makePageKey(): Promise<PageKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  return { jkt: await calculateJwkThumbprint(jwk), jwk, privateKey };
}

/** The proof that goes with one call of a widget. */
export async function proofOf(
  key: PageKey,
  url: string,
  token: string,
  change: { claims?: Record<string, unknown>; header?: Record<string, unknown> } = {},
): Promise<string> {
  const ath = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))).toString('base64url');
  return new SignJWT({ htm: 'GET', htu: url, iat: Math.floor(Date.now() / 1000), jti: randomUUID(), ath, ...change.claims })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...change.header })
    .sign(key.privateKey);
}
