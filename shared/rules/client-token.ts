/**
 * The client token: 13 characters of Crockford base32 (65 bits) that an object carries in its name, label and link so that it
 * can be found again. Computed by the Worker as a keyed hash of launch id and item path; this file only formats and finds it.
 * Source: launching guide §8.1 and §8.4.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = '[0-9A-HJKMNP-TV-Z]{13}';

export const CLIENT_TOKEN_LENGTH = 13;
export const CLIENT_TOKEN_PATTERN = new RegExp(`^${CHARACTERS}$`);
/** What stands between a name and its token. Never cut, never translated. */
export const TOKEN_SEPARATOR = ' ·';
const IN_NAME = new RegExp(`${TOKEN_SEPARATOR}(${CHARACTERS})$`);

/** First 65 bits of a keyed hash as a token. @throws RangeError on fewer than 9 bytes */
export function formatClientToken(hash: Uint8Array): string {
  if (hash.length < 9) throw new RangeError('a client token needs at least 9 bytes of hash');
  let bits = 0n;
  for (const byte of hash.slice(0, 9)) bits = (bits << 8n) | BigInt(byte);
  bits >>= 7n;
  let token = '';
  for (let i = CLIENT_TOKEN_LENGTH - 1; i >= 0; i -= 1) token += ALPHABET[Number((bits >> BigInt(i * 5)) & 31n)];
  return token;
}

export function nameWithToken(name: string, token: string): string {
  if (!CLIENT_TOKEN_PATTERN.test(token)) throw new RangeError(`"${token}" is not a client token`);
  return `${name}${TOKEN_SEPARATOR}${token}`;
}

/** The token at the end of an object's name, or null when it carries none. */
export function tokenInName(name: string): string | null {
  return IN_NAME.exec(name.trimEnd())?.[1] ?? null;
}

/** The name as people should see it. */
export function nameWithoutToken(name: string): string {
  return name.trimEnd().replace(IN_NAME, '');
}
