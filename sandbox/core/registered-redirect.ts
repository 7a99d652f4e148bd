import { readFileSync } from 'node:fs';

const HUBSPOT_APP = new URL('../../widget/hubspot-app/src/app/app-hsmeta.json', import.meta.url);

/** Addresses as our apps register them at each vendor; HubSpot's are read from the project that we upload there. */
const REGISTERED = {
  meta: bothOrigins('meta'),
  linkedin: bothOrigins('linkedin'),
  shopify: bothOrigins('shopify'),
  snapchat: bothOrigins('snapchat'),
  tiktok: bothOrigins('tiktok'),
  google: [...['api', 'app'].map((name) => `https://${name}.inlay.test/v1/auth/google/callback`), ...bothOrigins('google-ads')],
  hubspot: (JSON.parse(readFileSync(HUBSPOT_APP, 'utf8')) as { config: { auth: { redirectUrls: string[] } } }).config.auth.redirectUrls,
};

/**
 * Whether a vendor would send a browser back to this address: exactly one that is registered. The Worker here lives on changing
 * ports of this machine, so a loopback origin counts as each registered one.
 */
export function isRegisteredRedirect(vendor: keyof typeof REGISTERED, redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { hostname, pathname, search, hash } = new URL(redirectUri);
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost';
  return REGISTERED[vendor].some(
    (known) => redirectUri === known || (isHere && search === '' && hash === '' && pathname === new URL(known).pathname),
  );
}

function bothOrigins(vendor: string): string[] {
  return ['api', 'app'].map((name) => `https://${name}.inlay.test/v1/connections/${vendor}/callback`);
}
