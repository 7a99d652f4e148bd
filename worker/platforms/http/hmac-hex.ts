/** HMAC-SHA256 in lower-case hex, as vendors ask for it in proofs and signatures. */
export async function hmacHex(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return Array.from(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text))), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
