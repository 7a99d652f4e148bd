import type { JWTHeaderParameters } from 'jose';
import { fromBase64 } from './bytes.ts';

/** Keys that sign our own tokens, by version: one signs, all verify until they are taken away. 32 bytes base64 each. */
export interface SigningKeys {
  signWith: string;
  keys: Readonly<Record<string, string>>;
}

/** The key that signs, and its version for the token's header. */
export function signingKey({ signWith, keys }: SigningKeys): { kid: string; key: Uint8Array<ArrayBuffer> } {
  const key = keys[signWith];
  if (!key) throw new Error(`Signing key ${signWith} is not configured.`);
  return { kid: signWith, key: fromBase64(key) };
}

/** The key a token names; tokens from before keys had versions are of the first. @throws for a key that is gone */
export const verifyingKey =
  ({ keys }: SigningKeys) =>
  ({ kid = '1' }: JWTHeaderParameters): Uint8Array<ArrayBuffer> => {
    const key = Object.hasOwn(keys, kid) ? keys[kid] : undefined;
    if (!key) throw new Error('Signed by a key we do not hold.');
    return fromBase64(key);
  };
