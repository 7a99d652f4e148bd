export const HUBSPOT_ORIGIN = 'https://app.hubspot.com/*';
const SCRIPT_ID = 'hubspot-contact';

/**
 * The contact overlay exists on HubSpot only while the person allows that host: the same packaged file as on Ads Manager,
 * registered for contact pages alone.
 */
export async function alignHubspotOverlay(scripting: typeof chrome.scripting, allowed: boolean, file: string): Promise<void> {
  const registered = (await scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] })).length > 0;
  if (allowed && !registered)
    await scripting.registerContentScripts([
      { id: SCRIPT_ID, matches: ['https://app.hubspot.com/contacts/*'], js: [file], runAt: 'document_idle', persistAcrossSessions: true },
    ]);
  if (!allowed && registered) await scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
}
