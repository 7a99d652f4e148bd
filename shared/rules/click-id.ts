/**
 * The self-describing click id: link id (64 bits) | minted second (32) | random (48) | tag (48), base64url, 32 characters.
 * The tag is the start of a keyed hash over the first 18 bytes, so a forged id is refused without a read and a click whose row
 * was lost still attributes. The keyed hash is passed in: this file holds no key. Source: affiliates guide §5.
 */
export interface ClickId {
  /** Unsigned 64-bit. */
  linkId: bigint;
  /** Whole seconds since 1970, unsigned 32-bit (until 2106). */
  mintedAt: number;
  /** 6 bytes. */
  random: Uint8Array;
}

/** Keyed hash (HMAC-SHA-256 in the Worker) of a message; at least 6 bytes come back. */
export type Mac = (message: Uint8Array) => Promise<Uint8Array>;

export const CLICK_ID_PATTERN = /^[A-Za-z0-9_-]{32}$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SIGNED_BYTES = 18;
const TAG_BYTES = 6;

/** @throws RangeError when a part does not fit its field */
export async function encodeClickId(click: ClickId, mac: Mac): Promise<string> {
  if (click.linkId < 0n || click.linkId >= 1n << 64n) throw new RangeError('the link id must fit 64 bits');
  if (!Number.isInteger(click.mintedAt) || click.mintedAt < 0 || click.mintedAt >= 2 ** 32)
    throw new RangeError('the minted time must fit 32 bits');
  if (click.random.length !== 6) throw new RangeError('the random part has 6 bytes');
  const bytes = new Uint8Array(SIGNED_BYTES + TAG_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, click.linkId);
  view.setUint32(8, click.mintedAt);
  bytes.set(click.random, 12);
  bytes.set(await tagOf(bytes, mac), SIGNED_BYTES);
  return toBase64Url(bytes);
}

/** The parts of a genuine id, or null for anything malformed or forged. */
export async function readClickId(text: string, mac: Mac): Promise<ClickId | null> {
  if (!CLICK_ID_PATTERN.test(text)) return null;
  const bytes = fromBase64Url(text);
  const tag = await tagOf(bytes, mac);
  let difference = 0; // compared without an early way out, so timing tells nothing about the tag
  for (let i = 0; i < TAG_BYTES; i += 1) difference |= (tag[i] as number) ^ (bytes[SIGNED_BYTES + i] as number);
  if (difference !== 0) return null;
  const view = new DataView(bytes.buffer);
  return { linkId: view.getBigUint64(0), mintedAt: view.getUint32(8), random: bytes.slice(12, SIGNED_BYTES) };
}

async function tagOf(bytes: Uint8Array, mac: Mac): Promise<Uint8Array> {
  const tag = (await mac(bytes.slice(0, SIGNED_BYTES))).slice(0, TAG_BYTES);
  if (tag.length < TAG_BYTES) throw new RangeError('the keyed hash is too short');
  return tag;
}

/** 24 bytes are exactly 32 characters: no padding and one spelling only. */
function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    for (const shift of [18, 12, 6, 0]) text += ALPHABET[(three >> shift) & 63];
  }
  return text;
}

function fromBase64Url(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length / 4) * 3);
  for (let i = 0; i < text.length; i += 4) {
    let three = 0;
    for (const character of text.slice(i, i + 4)) three = (three << 6) | ALPHABET.indexOf(character);
    bytes.set([three >> 16, (three >> 8) & 255, three & 255], (i / 4) * 3);
  }
  return bytes;
}
