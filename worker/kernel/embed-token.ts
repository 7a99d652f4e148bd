import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, SignJWT } from 'jose';
import { sha256Base64Url } from './bytes.ts';
import { signingKey, verifyingKey, type SigningKeys } from './signing-keys.ts';

export const EMBED_TOKEN_SECONDS = 600;
/** Inbox source under which used proofs are noted. */
export const EMBED_PROOF_SOURCE = 'embed-proof';
/** What a token says: which key's page shows what, to whom. */
export interface EmbedClaims {
  organizationId: string;
  keyId: string;
  kind: 'lead-roas' | 'affiliate-stats';
  origin: string;
  /** What the page asks about: a contact or a creator. */
  subject: string | null;
  /** Thumbprint (RFC 7638) of the page's key. */
  jkt: string;
}
/** A token with a proof that holds; `proofId` is unique to one use. */
export interface EmbedUse extends EmbedClaims {
  proofId: string;
}

/** Ten minutes, bound to the page's origin and to the thumbprint of a key the page cannot export. */
export async function signEmbedToken(keys: SigningKeys, claims: EmbedClaims, now: Date): Promise<string> {
  const issued = Math.floor(now.getTime() / 1000);
  const { kid, key } = signingKey(keys);
  return new SignJWT({
    org: claims.organizationId,
    kid_: claims.keyId,
    kind: claims.kind,
    origin: claims.origin,
    subject: claims.subject,
    cnf: { jkt: claims.jkt },
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'embed+jwt', kid })
    .setAudience('inlay-embed')
    .setIssuedAt(issued)
    .setExpirationTime(issued + EMBED_TOKEN_SECONDS)
    .sign(key);
}

/**
 * Token plus proof of possession (RFC 9449): the proof is signed by the key whose thumbprint the token names, for this method and
 * address, within the last minute, over the token's own hash. Null when any of it does not hold. That a proof is used once is the caller's to see to.
 */
export async function verifyEmbedToken(
  keys: SigningKeys,
  use: { token: string; proof: string; method: string; url: string; now: Date },
): Promise<EmbedUse | null> {
  try {
    const { payload } = await jwtVerify(use.token, verifyingKey(keys), {
      algorithms: ['HS256'],
      typ: 'embed+jwt',
      audience: 'inlay-embed',
      currentDate: use.now,
    });
    const proof = await jwtVerify(use.proof, EmbeddedJWK, {
      algorithms: ['ES256'],
      typ: 'dpop+jwt',
      currentDate: use.now,
      maxTokenAge: 60,
      clockTolerance: 30,
    });
    const jwk = proof.protectedHeader.jwk;
    const claims = payload as {
      org?: string;
      kid_?: string;
      kind?: EmbedClaims['kind'];
      origin?: string;
      subject?: string | null;
      cnf?: { jkt?: string };
    };
    if (!jwk || !claims.cnf?.jkt || (await calculateJwkThumbprint(jwk)) !== claims.cnf.jkt) return null;
    const { htm, htu, ath, jti } = proof.payload;
    const at = new URL(use.url);
    // The proof names the address without its query. Only the path is compared: a proxy may stand between, with a host of its own.
    if (htm !== use.method || typeof htu !== 'string' || new URL(htu).pathname !== at.pathname) return null;
    if (ath !== (await sha256Base64Url(use.token))) return null;
    // Who takes part in a replay can be told only by what both uses share: the proof's own id, under its key.
    if (typeof jti !== 'string' || jti === '' || jti.length > 128) return null;
    if (!claims.org || !claims.kid_ || !claims.kind || !claims.origin) return null;
    return {
      organizationId: claims.org,
      keyId: claims.kid_,
      kind: claims.kind,
      origin: claims.origin,
      subject: claims.subject ?? null,
      jkt: claims.cnf.jkt,
      proofId: `${claims.cnf.jkt}:${jti}`,
    };
  } catch {
    return null;
  }
}
