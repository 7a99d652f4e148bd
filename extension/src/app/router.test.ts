import { expect, test, vi } from 'vitest';
import { match, place, readPlace, startRouter } from './router.ts';

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

test('a press on a link of the app stays in it; a file of the API is left to the browser', () => {
  const listeners: Record<string, (event: object) => void> = {};
  vi.stubGlobal('location', new URL('https://app.example.com/settings/data'));
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('scrollTo', () => undefined);
  vi.stubGlobal('document', { addEventListener: (name: string, cb: (event: object) => void) => (listeners[name] = cb) });
  vi.stubGlobal('history', { pushState: (_: unknown, __: unknown, to: string) => vi.stubGlobal('location', new URL(to, location.href)) });
  startRouter('path');
  const press = (to: string) => {
    const preventDefault = vi.fn();
    const link = { href: new URL(to, location.href).href, target: '', hasAttribute: () => false };
    listeners['click']?.({ target: { closest: () => link }, button: 0, preventDefault });
    return preventDefault.mock.calls.length === 1;
  };
  expect(press('/v1/exports/exp_1/file?until=1&mac=x')).toBe(false);
  expect(place.value.path).toBe('/settings/data');
  expect(press('/settings/members')).toBe(true);
  expect(place.value.path).toBe('/settings/members');
  vi.unstubAllGlobals();
});

test('an address that is not well written is no place, not an error', () => {
  expect(match('/launches/:id', '/launches/%E0%A4%A')).toBeNull();
});
