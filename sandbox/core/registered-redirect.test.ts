import { expect, test } from 'vitest';
import { createHubspot } from '../hubspot/index.ts';
import { CLIENT_ID as HUBSPOT_ID } from '../hubspot/store.ts';
import { openGraph } from '../meta/testing/graph-client.ts';
import { META_APP } from '../meta/index.ts';
import { shopHarness } from '../shopify/harness.ts';
import { CLIENT_ID as SHOPIFY_ID } from '../shopify/store.ts';
import { createCore } from './create-core.ts';

const GOOD = (vendor: string) => [
  `http://127.0.0.1:8787/v1/connections/${vendor}/callback`,
  `https://api.inlay.test/v1/connections/${vendor}/callback`,
  `https://app.inlay.test/v1/connections/${vendor}/callback`,
];
const BAD = (vendor: string) => [
  `http://127.0.0.1:8787/oauth/${vendor}/callback`,
  `https://api.inlay.test/v1/connections/${vendor}/callback?next=1`,
  `https://api.example.com/v1/connections/${vendor}/callback`,
  'not an address',
];

/** The consent page of each vendor, asked for with a redirect address. */
const hubspot = createHubspot(createCore({ seed: 1 }).core);
const shopify = shopHarness();
const PAGES: Record<string, (redirectUri: string) => Promise<Response | null>> = {
  hubspot: (redirect_uri) =>
    hubspot.handle(
      new Request(
        `https://app.hubspot.com/oauth/authorize?${new URLSearchParams({ client_id: HUBSPOT_ID, scope: 'oauth', redirect_uri })}`,
      ),
    ),
  shopify: (redirect_uri) =>
    shopify.call(`/admin/oauth/authorize?${new URLSearchParams({ client_id: SHOPIFY_ID, scope: 'read_orders', redirect_uri })}`),
  meta: async (redirect_uri) => {
    const graph = await openGraph({ now: () => Date.parse('2026-11-20T10:00:00Z') });
    const query = new URLSearchParams({ client_id: META_APP.id, response_type: 'code', redirect_uri });
    const answer = await graph.sandbox.handle(new Request(`https://www.facebook.com/v26.0/dialog/oauth?${query}`));
    await graph.sandbox.close();
    return answer;
  },
};

test.each(Object.keys(PAGES))('%s sends nobody back to an address that is not registered', async (vendor) => {
  for (const uri of GOOD(vendor)) expect((await PAGES[vendor]?.(uri))?.status, uri).toBe(200);
  for (const uri of BAD(vendor)) expect((await PAGES[vendor]?.(uri))?.status, uri).toBe(400);
});
