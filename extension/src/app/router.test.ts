import { expect, test } from 'vitest';
import { match, readPlace } from './router.ts';

test('both homes read the same place from their own address', () => {
  const web = readPlace(new URL('https://app.example.com/launches/lch_1?tab=receipts'), 'path');
  const page = readPlace(new URL('chrome-extension://abc/app.html#/launches/lch_1?tab=receipts'), 'hash');
  expect([page.path, page.query.get('tab')]).toEqual([web.path, web.query.get('tab')]);
  expect(web.path).toBe('/launches/lch_1');
});

test('no hash and a trailing slash mean the plain place', () => {
  expect(readPlace(new URL('chrome-extension://abc/app.html'), 'hash').path).toBe('/');
  expect(readPlace(new URL('https://app.example.com/leads/'), 'path').path).toBe('/leads');
});

test('a pattern takes exactly its own paths', () => {
  expect(match('/launches/:id', '/launches/lch_1')).toEqual({ id: 'lch_1' });
  expect(match('/launches/:id', '/launches')).toBeNull();
  expect(match('/launches/:id', '/launches/')).toBeNull();
  expect(match('/launches', '/launches')).toEqual({});
  expect(match('/:a', '/caf%C3%A9')).toEqual({ a: 'café' });
});

test('an address that is not well written is no place, not an error', () => {
  expect(match('/launches/:id', '/launches/%E0%A4%A')).toBeNull();
});
