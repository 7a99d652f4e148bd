import { fromBase64, fromUtf8, hmacSha256, toBase64, toHex, utf8 } from './bytes.ts';

/** Where a secret lives; bound into the ciphertext, so a value moved to another row or organization does not open. */
export interface Place {
  organizationId: string;
  table: string;
  column: string;
  row: string;
}

export interface KeyRing {
  /** Seals one value under a data key of its own, wrapped by the newest key-encryption key: "v2.<key version>.<wrapped key>.<iv>.<body>". */
  seal(place: Place, plain: string): Promise<string>;
  /** @throws when the value was moved to another place, changed, or sealed under a key that is gone */
  unseal(place: Place, sealed: string): Promise<string>;
  /** The same secret with its data key wrapped by the newest key; null = it is already. The secret itself is not opened. */
  rewrap(sealed: string): Promise<string | null>;
  /** A fresh data key for an organization, wrapped by the newest key-encryption key. */
  newDataKey(): Promise<{ wrappedDataKey: string; keyVersion: number }>;
  /** The same data key under the newest key-encryption key; null = it is already. */
  rewrapDataKey(wrapped: { wrappedDataKey: string; keyVersion: number }): Promise<{ wrappedDataKey: string; keyVersion: number } | null>;
  /** The box of one organization. */
  open(wrapped: { wrappedDataKey: string; keyVersion: number }): Promise<SecretBox>;
}
export interface SecretBox {
  seal(place: Place, plain: string): Promise<string>;
  unseal(place: Place, sealed: string): Promise<string>;
  /** Keyed hash for look-ups of personal data: the same value gives the same 64 hex digits within one organization only. */
  lookupHash(kind: string, value: string): Promise<string>;
  /** HMAC with a key of this organization that never leaves the box; for tokens that must be computable again. */
  mac(purpose: string, data: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** The highest number. */
export const newestVersion = (keys: Record<string, string>): number => Math.max(...Object.keys(keys).map(Number));

const aad = (p: Place) => utf8(`${p.organizationId}|${p.table}|${p.column}|${p.row}`);

/**
 * Envelope encryption: AES-256-GCM, each sealed value under a data key of its own, wrapped with AES-KW by key-encryption keys from the
 * Worker's secrets: `newest` wraps, all unwrap. An organization has one more data key, for hashes and signatures that must be computable again.
 */
export function createKeyRing(keys: Record<string, string>, newest = newestVersion(keys)): KeyRing {
  const wrappingKey = async (version: number): Promise<CryptoKey> => {
    const raw = keys[String(version)];
    if (!raw) throw new Error(`Key-encryption key ${version} is not configured.`);
    return crypto.subtle.importKey('raw', fromBase64(raw), 'AES-KW', false, ['wrapKey', 'unwrapKey']);
  };
  const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']) as Promise<CryptoKey>;
  const wrap = async (key: CryptoKey) => toBase64(await crypto.subtle.wrapKey('raw', key, await wrappingKey(newest), 'AES-KW'));
  const unwrap = async (wrapped: string, version: number) =>
    crypto.subtle.unwrapKey('raw', fromBase64(wrapped), await wrappingKey(version), 'AES-KW', 'AES-GCM', true, ['encrypt', 'decrypt']);
  const decrypt = async (key: CryptoKey, place: Place, iv: string, body: string) =>
    fromUtf8(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(iv), additionalData: aad(place) }, key, fromBase64(body)));
  const ring: KeyRing = {
    async seal(place, plain) {
      const key = await newKey();
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad(place) }, key, utf8(plain));
      return `v2.${newest}.${await wrap(key)}.${toBase64(iv)}.${toBase64(body)}`;
    },
    async unseal(place, sealed) {
      const { version, wrapped, iv, body } = readSealed(sealed);
      return decrypt(await unwrap(wrapped, version), place, iv, body);
    },
    async rewrap(sealed) {
      const { version, wrapped, iv, body } = readSealed(sealed);
      if (version === newest) return null;
      return `v2.${newest}.${await wrap(await unwrap(wrapped, version))}.${iv}.${body}`;
    },
    async newDataKey() {
      return { wrappedDataKey: await wrap(await newKey()), keyVersion: newest };
    },
    async rewrapDataKey({ wrappedDataKey, keyVersion }) {
      if (keyVersion === newest) return null;
      return { wrappedDataKey: await wrap(await unwrap(wrappedDataKey, keyVersion)), keyVersion: newest };
    },
    async open({ wrappedDataKey, keyVersion }) {
      const key = await unwrap(wrappedDataKey, keyVersion);
      const raw = new Uint8Array((await crypto.subtle.exportKey('raw', key)) as ArrayBuffer);
      const derive = async (purpose: string) => hmacSha256(raw, `inlay/${purpose}`);
      return {
        seal: ring.seal,
        async unseal(place, sealed) {
          // Sealed before values had keys of their own: under the organization's.
          const [version, iv, body] = sealed.split('.');
          return version === 'v1' && iv && body ? decrypt(key, place, iv, body) : ring.unseal(place, sealed);
        },
        async lookupHash(kind, value) {
          return toHex(await hmacSha256(await derive('lookup'), `${kind}|${value}`));
        },
        async mac(purpose, data) {
          return hmacSha256(await derive(purpose), data);
        },
      };
    },
  };
  return ring;
}

function readSealed(sealed: string): { version: number; wrapped: string; iv: string; body: string } {
  const [form, version, wrapped, iv, body] = sealed.split('.');
  if (form !== 'v2' || !version || !wrapped || !iv || !body) throw new Error('Not a sealed value.');
  return { version: Number(version), wrapped, iv, body };
}
