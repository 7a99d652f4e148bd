import type { Level, PageContext } from '../../messaging/overlay-types.ts';
import { detectHubspotPage } from './hubspot/page-detect.ts';
import { detectMetaPage } from './meta/page-detect.ts';

/** The date range in a page's address. `unreadable`: there is one, in a form we do not know, so nothing may be assumed. */
export type PageRange = { kind: 'read'; since: string; until: string } | { kind: 'absent' } | { kind: 'unreadable' };
export interface MetaPage {
  platform: 'meta';
  accountExternalId: string;
  level: Level;
  range: PageRange;
}
export interface HubspotPage {
  platform: 'hubspot';
  portalId: string;
  contactId: string;
}
export type Page = MetaPage | HubspotPage;

/** What the address is about, from the address alone; null on every page that is not ours to read. */
export function detectPage(address: string): Page | null {
  const url = new URL(address);
  return detectMetaPage(url) ?? detectHubspotPage(url);
}

/** The part of a page that the background and the side panel hear about. */
export function contextOf(page: Page): PageContext {
  if (page.platform === 'hubspot') return page;
  return { platform: 'meta', accountExternalId: page.accountExternalId, level: page.level };
}
