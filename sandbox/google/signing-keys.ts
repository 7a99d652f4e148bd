import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';

interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  shown: JWK;
}

/** Making a key of this size takes a while: those made in this process are used again by the next sandbox. */
const made: Promise<SigningKey>[] = [];
async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const shown = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(shown);
  return { kid, privateKey, shown: { ...shown, kid, alg: 'RS256', use: 'sig' } };
}
const keyAt = (place: number): Promise<SigningKey> => (made[place] ??= makeKey());

export interface SigningKeys {
  /** The document of keys: the one that signs, and the one before it. */
  shown(): Promise<{ keys: JWK[] }>;
  sign(claims: JWTPayload): Promise<string>;
  /** Signed by a key that was never shown, under the name of the one that is. */
  forge(claims: JWTPayload): Promise<string>;
  /** From now on the next key signs, and the one before the last is shown no more. */
  rotate(): void;
}

export function createSigningKeys(): SigningKeys {
  let current = 1;
  const signed = (claims: JWTPayload, key: SigningKey, kid: string) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(key.privateKey);
  return {
    shown: async () => ({ keys: (await Promise.all([keyAt(current), keyAt(current - 1)])).map((key) => key.shown) }),
    async sign(claims) {
      const key = await keyAt(current);
      return signed(claims, key, key.kid);
    },
    async forge(claims) {
      const [shown, hidden] = await Promise.all([keyAt(current), keyAt(current + 1)]);
      return signed(claims, hidden, shown.kid);
    },
    rotate: () => {
      current += 1;
    },
  };
}
