const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** `<prefix>_` + 26 characters: 48 bits of time, 80 random bits, base32. Sorts by creation time to the millisecond. */
export function newId(prefix: string, now: number = Date.now()): string {
  let time = '';
  for (let rest = now, i = 0; i < 10; i++) {
    time = ALPHABET[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let random = '';
  for (const byte of bytes) random += ALPHABET[byte & 31];
  return `${prefix}_${time}${random}`;
}
