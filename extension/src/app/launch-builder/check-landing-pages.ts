import * as launches from '#shared/contracts/launches.ts';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { Transport } from '../../messaging/transport.ts';
import type { LandingPage } from './landing-pages.ts';

/** More pages than this are not opened by themselves: it would take minutes, and shops would take it for an attack. */
export const MOST_PAGES = 40;

export interface CheckedPage extends LandingPage {
  found: launches.CheckedLink;
}

/** Has the service open the pages, some at a time; those it had no calls left for are asked for once more. */
export async function checkLandingPages(
  transport: Transport,
  platform: AdPlatformId,
  pages: readonly LandingPage[],
  again: boolean,
  signal: AbortSignal,
): Promise<CheckedPage[]> {
  const ask = async (some: readonly LandingPage[]): Promise<launches.CheckedLink[]> => {
    const links = some.map(({ url, parameters, language }) => ({ url, parameters, language }));
    return (await transport.call(launches.checkLinks, { body: { platform, links, again }, signal })).links;
  };
  const checked: CheckedPage[] = [];
  const all = pages.slice(0, MOST_PAGES);
  for (let at = 0; at < all.length; at += launches.LINKS_AT_ONCE) {
    const some = all.slice(at, at + launches.LINKS_AT_ONCE);
    const found = await ask(some);
    const left = some.filter((_, i) => found[i]?.findings.some((one) => one.code === 'LINK_NOT_VISITED'));
    const second = left.length === 0 ? [] : await ask(left);
    for (const [i, page] of some.entries()) {
      const one = second[left.indexOf(page)] ?? found[i];
      if (one === undefined) throw new Error(`nothing was said of ${page.url}`);
      checked.push({ ...page, found: one });
    }
  }
  return checked;
}
