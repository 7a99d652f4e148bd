import type { HubspotPage } from '../page.ts';

/** `/contacts/{portal}/record/0-1/{contact}`; 0-1 is HubSpot's type of a contact. */
export function detectHubspotPage(url: URL): HubspotPage | null {
  if (url.hostname !== 'app.hubspot.com') return null;
  const path = /^\/contacts\/(\d{1,20})\/record\/0-1\/(\d{1,20})(?:\/|$)/.exec(url.pathname);
  return path === null ? null : { platform: 'hubspot', portalId: path[1] as string, contactId: path[2] as string };
}
