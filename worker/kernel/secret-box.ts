import { fromBase64, fromUtf8, hmacSha256, toBase64, toHex, utf8 } from './bytes.ts';

/** Where a secret lives; bound into the ciphertext, so a value moved to another row or organization does not open. */
export interface Place {
  organizationId: string;
  table: string;
  column: string;
  row: string;
}

export interface KeyRing {
  /** A fresh data key for an organization, wrapped by the newest key-encryption key. */
  newDataKey(): Promise<{ wrappedDataKey: string; keyVersion: number }>;
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

const aad = (p: Place) => utf8(`${p.organizationId}|${p.table}|${p.column}|${p.row}`);

/** Envelope encryption: AES-256-GCM data keys, wrapped with AES-KW by key-encryption keys from the Worker's secrets. */
export function createKeyRing(keys: Record<string, string>): KeyRing {
  const newest = Math.max(...Object.keys(keys).map(Number));
  const wrappingKey = async (version: number): Promise<CryptoKey> => {
    const raw = keys[String(version)];
    if (!raw) throw new Error(`Key-encryption key ${version} is not configured.`);
    return crypto.subtle.importKey('raw', fromBase64(raw), 'AES-KW', false, ['wrapKey', 'unwrapKey']);
  };
  return {
    async newDataKey() {
      const key = (await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])) as CryptoKey;
      return { wrappedDataKey: toBase64(await crypto.subtle.wrapKey('raw', key, await wrappingKey(newest), 'AES-KW')), keyVersion: newest };
    },
    async open({ wrappedDataKey, keyVersion }) {
      const key = await crypto.subtle.unwrapKey(
        'raw',
        fromBase64(wrappedDataKey),
        await wrappingKey(keyVersion),
        'AES-KW',
        'AES-GCM',
        true,
        ['encrypt', 'decrypt'],
      );
      const raw = new Uint8Array((await crypto.subtle.exportKey('raw', key)) as ArrayBuffer);
      const derive = async (purpose: string) => hmacSha256(raw, `inlay/${purpose}`);
      return {
        async seal(place, plain) {
          const iv = crypto.getRandomValues(new Uint8Array(12));
          const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad(place) }, key, utf8(plain));
          return `v1.${toBase64(iv)}.${toBase64(body)}`;
        },
        async unseal(place, sealed) {
          const [version, iv, body] = sealed.split('.');
          if (version !== 'v1' || !iv || !body) throw new Error('Not a sealed value.');
          return fromUtf8(
            await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(iv), additionalData: aad(place) }, key, fromBase64(body)),
          );
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
}
