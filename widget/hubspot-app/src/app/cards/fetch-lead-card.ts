import { hubspot } from '@hubspot/ui-extensions';
import type { LeadCard } from '#shared/contracts/revenue.ts';

/** Must be among permittedUrls of app-hsmeta.json; the build puts the real origin into both. */
const API_ORIGIN = 'https://api.inlay.test';
/** HubSpot's own limit is 15 s; a person does not wait that long for a card. */
const PATIENCE_MS = 8_000;

export type Loaded = { state: 'loaded'; lead: LeadCard } | { state: 'not_connected' } | { state: 'away' };

/** One call fills the card. HubSpot adds portal, user and app to the query and signs the whole of it; it repeats the call once on 5xx. */
export async function fetchLeadCard(contactId: string): Promise<Loaded> {
  try {
    const response = await hubspot.fetch(`${API_ORIGIN}/v1/hubspot/card?objectTypeId=0-1&objectId=${encodeURIComponent(contactId)}`, {
      method: 'GET',
      timeout: PATIENCE_MS,
    });
    if (response.ok) return { state: 'loaded', lead: (await response.json()) as LeadCard };
    return { state: response.status === 404 || response.status === 403 ? 'not_connected' : 'away' };
  } catch {
    // hubspot.fetch throws when its time is up.
    return { state: 'away' };
  }
}
