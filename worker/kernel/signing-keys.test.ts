import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { ACCESS_TOKEN_SECONDS, signAccessToken, verifyAccessToken } from './access-token.ts';

const key = (n: number) => Buffer.alloc(32, n).toString('base64');
const claims = { userId: 'usr_1', sessionId: 'ses_1', organizationId: 'org_1' };
const now = new Date('2026-11-21T12:00:00Z');

test('a new key signs, tokens of the one before are good until they end, and die with their key', async () => {
  const before = { signWith: '1', keys: { 1: key(1) } };
  const told = { signWith: '1', keys: { 1: key(1), 2: key(2) } };
  const during = { ...told, signWith: '2' };
  const after = { signWith: '2', keys: { 2: key(2) } };
  const old = await signAccessToken(before, claims, now);
  const fresh = await signAccessToken(during, claims, now);
  for (const keys of [before, told, during]) expect(await verifyAccessToken(keys, old, now)).toMatchObject(claims);
  for (const keys of [told, during, after]) expect(await verifyAccessToken(keys, fresh, now)).toMatchObject(claims);
  expect(await verifyAccessToken(after, old, now)).toBeNull();
  expect(await verifyAccessToken(before, fresh, now)).toBeNull();
  expect(await verifyAccessToken(during, old, new Date(now.getTime() + ACCESS_TOKEN_SECONDS * 1000 + 1))).toBeNull();
});

test('a token from before keys had versions is of the first; a name of a key that is none opens nothing', async () => {
  const sign = (header: { kid?: string }, secret: number) =>
    new SignJWT({ sid: 'ses_1', org: 'org_1' })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
      .setSubject('usr_1')
      .setAudience('inlay-api')
      .setIssuedAt(now.getTime() / 1000)
      .setExpirationTime(now.getTime() / 1000 + 60)
      .sign(Buffer.alloc(32, secret));
  const keys = { signWith: '2', keys: { 1: key(1), 2: key(2) } };
  expect(await verifyAccessToken(keys, await sign({}, 1), now)).toMatchObject(claims);
  expect(await verifyAccessToken(keys, await sign({}, 2), now)).toBeNull();
  for (const kid of ['1', '3', '__proto__', 'constructor', ''])
    expect(await verifyAccessToken(keys, await sign({ kid }, 2), now)).toBeNull();
});
