const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LARGEST = 2n ** 63n - 1n;

/** The text of a 64-bit integer that follows from the client token: the same on each try, so that one inside the window makes nothing. */
export function requestId(clientToken: string): string {
  let bits = 0n;
  for (const character of clientToken) bits = bits * 32n + BigInt(ALPHABET.indexOf(character));
  return String(bits & LARGEST);
}
