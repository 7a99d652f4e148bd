import { base64url, sha256, utf8 } from './base64url.ts';

export interface ProofKey {
  /** RFC 7638 thumbprint of the public key, base64url: the token is bound to it. */
  jkt: string;
  /** A DPoP proof (RFC 9449) for one request that carries the token. `nowMs` is the server's clock as well as we know it. */
  prove(request: { method: string; url: string; token: string; nowMs: number }): Promise<string>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A new P-256 key whose private half cannot leave the browser, not even by a script of the page. */
export async function createProofKey(): Promise<ProofKey> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  // The members a thumbprint is taken over, in the order the RFC demands.
  const jwk = { crv: 'P-256', kty: 'EC', x, y };
  const json = (value: unknown) => base64url(utf8(JSON.stringify(value)));
  return {
    jkt: await sha256(JSON.stringify(jwk)),
    async prove({ method, url, token, nowMs }) {
      const head = json({ typ: 'dpop+jwt', alg: 'ES256', jwk });
      const { origin, pathname } = new URL(url);
      const claims = json({
        htm: method,
        htu: origin + pathname,
        iat: Math.floor(nowMs / 1000),
        jti: crypto.randomUUID(),
        ath: await sha256(token),
      });
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(`${head}.${claims}`));
      return `${head}.${claims}.${base64url(signature)}`;
    },
  };
}

let pageKey: Promise<ProofKey> | undefined;

/** One key per page load, for every element of this kind on the page. */
export function keyOfPage(): Promise<ProofKey> {
  return (pageKey ??= createProofKey());
}
