import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLICK_ID_PATTERN, encodeClickId, type Mac, readClickId } from './click-id.ts';
import { CLIENT_TOKEN_PATTERN, formatClientToken, nameWithoutToken, nameWithToken, tokenInName } from './client-token.ts';

const macWith =
  (key: string): Mac =>
  async (message) =>
    new Uint8Array(createHmac('sha256', key).update(message).digest());
const mac = macWith('test key');

test('the layout is the documented one, byte for byte', async () => {
  const text = await encodeClickId(
    { linkId: 0x0102030405060708n, mintedAt: 0x11121314, random: new Uint8Array([33, 34, 35, 36, 37, 38]) },
    mac,
  );
  const bytes = Buffer.from(text, 'base64url');
  expect(text).toMatch(CLICK_ID_PATTERN);
  expect(bytes.subarray(0, 18).toString('hex')).toBe('010203040506070811121314212223242526');
  expect(bytes.subarray(18).toString('hex')).toBe(
    createHmac('sha256', 'test key').update(bytes.subarray(0, 18)).digest('hex').slice(0, 12),
  );
});

test('reads back what was written, and nothing with one changed character or another key', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.uint8Array({ minLength: 6, maxLength: 6 }),
      fc.nat(31),
      fc.integer({ min: 1, max: 63 }),
      async (linkId, mintedAt, random, place, by) => {
        const text = await encodeClickId({ linkId, mintedAt, random }, mac);
        expect(await readClickId(text, mac)).toEqual({ linkId, mintedAt, random: new Uint8Array(random) });
        const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const other = alphabet[(alphabet.indexOf(text[place] as string) + by) % 64];
        expect(await readClickId(`${text.slice(0, place)}${other}${text.slice(place + 1)}`, mac)).toBeNull();
        expect(await readClickId(text, macWith('another key'))).toBeNull();
      },
    ),
  );
});

test('malformed ids are null, not errors', async () => {
  for (const text of ['', 'short', 'A'.repeat(33), `${'A'.repeat(31)}=`, `${'A'.repeat(31)}/`])
    expect(await readClickId(text, mac)).toBeNull();
});

test('parts that do not fit are refused', async () => {
  const random = new Uint8Array(6);
  await expect(encodeClickId({ linkId: 1n << 64n, mintedAt: 0, random }, mac)).rejects.toThrow(RangeError);
  await expect(encodeClickId({ linkId: 1n, mintedAt: 2 ** 32, random }, mac)).rejects.toThrow(RangeError);
  await expect(encodeClickId({ linkId: 1n, mintedAt: 1, random: new Uint8Array(5) }, mac)).rejects.toThrow(RangeError);
});

test('a client token is 65 bits of the hash in Crockford base32', () => {
  expect(formatClientToken(new Uint8Array(9))).toBe('0000000000000');
  expect(formatClientToken(new Uint8Array(32).fill(255))).toBe('ZZZZZZZZZZZZZ');
  // 00001 00010 00011 … : five bits per character, most significant first
  expect(
    formatClientToken(
      Uint8Array.from([0b00001000, 0b10000110, 0b01000010, 0b10011000, 0b11101000, 0b01001010, 0b10010110, 0b11000110, 0b10000000]),
    ),
  ).toBe('123456789ABCD');
  expect(() => formatClientToken(new Uint8Array(8))).toThrow(RangeError);
});

test('a token is found only at the end of a name, in its own shape', () => {
  const token = formatClientToken(Uint8Array.from({ length: 16 }, (_, i) => i * 15));
  expect(token).toMatch(CLIENT_TOKEN_PATTERN);
  const name = nameWithToken('Spring · hook 1 · 9x16', token);
  expect(tokenInName(name)).toBe(token);
  expect(tokenInName(`${name} `)).toBe(token);
  expect(nameWithoutToken(name)).toBe('Spring · hook 1 · 9x16');
  expect(tokenInName(`${name} - Copy`)).toBeNull();
  expect(tokenInName('Spring ·0123456789ABI')).toBeNull();
  expect(nameWithoutToken('Spring')).toBe('Spring');
  expect(() => nameWithToken('Spring', 'short')).toThrow(RangeError);
});
