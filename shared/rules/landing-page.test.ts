import { expect, test } from 'vitest';
import { checkLandingPage, sampleLink, type Visit } from './landing-page.ts';

const SENT = 'https://shop.io/a?utm_source=meta&utm_content=inlay-check';
const visit = (change: Partial<Visit> = {}): Visit => ({ status: 200, error: null, finalUrl: SENT, language: null, ...change });
const codes = (change: Partial<Visit>, language: string | null = null) =>
  checkLandingPage(SENT, visit(change), language).map(({ severity, code }) => `${severity} ${code}`);

test('the link that is opened is the one a click makes, ids filled with a sample', () => {
  expect(sampleLink('https://shop.io/a', 'utm_source=meta&utm_content={{ad.id}}', 'meta')).toBe(SENT);
  expect(sampleLink('https://shop.io/a', 'c=__CID__&d=__PLACEMENT__', 'tiktok')).toBe('https://shop.io/a?c=inlay-check&d=inlay-check');
  expect(sampleLink('https://shop.io/a?c=1', 'c={creative}', 'google-ads')).toBe('https://shop.io/a?c=1');
  expect(sampleLink('https://shop.io/a', '', 'linkedin')).toBe('https://shop.io/a');
});

test('a page that answers and keeps what it was given has nothing to be told', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ finalUrl: 'https://www.shop.io/fr/?utm_content=inlay-check&x=1&utm_source=meta', language: 'fr-CA' }, 'fr_FR')).toEqual(
    [],
  );
});

test.each<[Partial<Visit>, string]>([
  [{ status: 404 }, 'error LINK_STATUS'],
  [{ status: 500 }, 'error LINK_STATUS'],
  [{ status: 204 }, 'error LINK_STATUS'],
  [{ status: 403 }, 'warning LINK_TURNED_AWAY'],
  [{ status: null, error: 'timeout' }, 'error LINK_SLOW'],
  [{ status: null, error: 'network' }, 'error LINK_NO_ANSWER'],
  [{ status: null, error: 'no_name' }, 'error LINK_NO_NAME'],
  [{ status: null, error: 'refused_address' }, 'error LINK_PRIVATE'],
  [{ status: null, error: 'not_https' }, 'error LINK_NOT_HTTPS'],
  [{ status: 302, error: 'redirects' }, 'error LINK_REDIRECTS'],
  [{ status: null, error: 'not_visited' }, 'warning LINK_NOT_VISITED'],
  [{ finalUrl: SENT.replace('https', 'http') }, 'error LINK_NOT_HTTPS'],
  [{ finalUrl: 'https://shop.io/a?utm_source=meta' }, 'warning LINK_LOST_PARAMETERS'],
  [{ finalUrl: SENT.replace('inlay-check', 'other') }, 'warning LINK_LOST_PARAMETERS'],
])('%o is told as %s', (change, told) => {
  expect(codes(change)).toEqual([told]);
});

test('another language is a hint, a silent page or ad is nothing', () => {
  expect(codes({ language: 'en' }, 'fr')).toEqual(['hint LINK_LANGUAGE']);
  expect(codes({ language: null }, 'fr')).toEqual([]);
  expect(codes({ language: 'en' }, null)).toEqual([]);
});
