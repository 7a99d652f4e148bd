import { expect, test } from 'vitest';
import { LINKS_AT_ONCE, type CheckedLink } from '#shared/contracts/launches.ts';
import type { Transport } from '../../messaging/transport.ts';
import { checkLandingPages, MOST_PAGES } from './check-landing-pages.ts';
import type { LandingPage } from './landing-pages.ts';

const pagesOf = (count: number): LandingPage[] =>
  Array.from({ length: count }, (_, i) => ({ url: `https://shop.io/${i}`, parameters: '', language: null, ads: 1 }));

/** A service that has calls for so many pages of each request. */
function service(most: number) {
  const asked: string[][] = [];
  const call = async (_: unknown, { body }: { body: { links: { url: string }[] } }) => {
    asked.push(body.links.map((one) => one.url));
    const links = body.links.map(({ url }, i): CheckedLink => ({
      url,
      status: i < most ? 200 : null,
      finalUrl: url,
      redirects: 0,
      language: null,
      findings: i < most ? [] : [{ code: 'LINK_NOT_VISITED', severity: 'warning', message: 'm', fix: 'f' }],
    }));
    return { links };
  };
  return { asked, transport: { call } as unknown as Transport };
}
const check = (transport: Transport, count: number) =>
  checkLandingPages(transport, 'meta', pagesOf(count), false, new AbortController().signal);

test('pages are asked for in parts, each answer stays with its page, and there is an end', async () => {
  const { asked, transport } = service(LINKS_AT_ONCE);
  const checked = await check(transport, 60);
  expect(asked.map((part) => part.length)).toEqual([8, 8, 8, 8, 8]);
  expect(checked.map((one) => one.found.url)).toEqual(pagesOf(MOST_PAGES).map((one) => one.url));
});

test('what the service had no calls left for is asked for once more', async () => {
  const { asked, transport } = service(3);
  const checked = await check(transport, 5);
  expect(asked.map((part) => part.length)).toEqual([5, 2]);
  expect(checked.map((one) => [one.url === one.found.url, one.found.status])).toEqual(Array.from({ length: 5 }, () => [true, 200]));
});
