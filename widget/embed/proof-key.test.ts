import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { createProofKey } from './proof-key.ts';

const request = { method: 'GET', url: 'https://api.example.com/v1/embeds/lead-roas?x=1#y', token: 'a.token', nowMs: 1_795_000_000_900 };

test('a proof is accepted by jose and says what RFC 9449 asks for', async () => {
  const key = await createProofKey();
  const proof = await key.prove(request);
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt', algorithms: ['ES256'] });
  expect(payload['htm']).toBe('GET');
  expect(payload['htu']).toBe('https://api.example.com/v1/embeds/lead-roas');
  expect(payload.iat).toBe(1_795_000_000);
  expect(payload['ath']).toBe(createHash('sha256').update('a.token').digest('base64url'));
  expect(Object.keys(protectedHeader.jwk ?? {}).sort()).toEqual(['crv', 'kty', 'x', 'y']);
});

test('the thumbprint is the one jose calculates from the proof', async () => {
  const key = await createProofKey();
  const { jwk } = decodeProtectedHeader(await key.prove(request));
  expect(jwk).toBeDefined();
  expect(key.jkt).toBe(await calculateJwkThumbprint(jwk!));
});

test('two proofs of one request never share their id', async () => {
  const key = await createProofKey();
  const ids = await Promise.all([1, 2, 3].map(async () => (await jwtVerify(await key.prove(request), EmbeddedJWK)).payload.jti));
  expect(new Set(ids).size).toBe(3);
});

test('the private key is made so that it cannot be exported', async () => {
  const made: boolean[] = [];
  const generate = crypto.subtle.generateKey.bind(crypto.subtle) as (...given: unknown[]) => Promise<CryptoKeyPair>;
  const spied = async (...given: unknown[]) => {
    const pair = await generate(...given);
    made.push(pair.privateKey.extractable);
    return pair;
  };
  Object.defineProperty(crypto.subtle, 'generateKey', { value: spied, configurable: true });
  try {
    await createProofKey();
  } finally {
    Reflect.deleteProperty(crypto.subtle, 'generateKey');
  }
  expect(made).toEqual([false]);
});
