import type { Plan } from '#shared/rules/launch-plan.ts';

/** Every id that can stand somewhere, as organization A owns it; the other set names nothing at all. */
export interface Ids {
  launch: string;
  connection: string;
  account: string;
  accountExternal: string;
  adExternal: string;
  campaignExternal: string;
  page: string;
  lead: string;
  media: string;
  sha256: string;
  portal: string;
  contact: string;
  embedKey: string;
  state: string;
  planHash: string;
  shop: string;
  customer: string;
}
/** Ids of the same shapes that name nothing. */
export const MISSING: Ids = {
  launch: 'lch_00000000000000000000000000',
  connection: 'con_00000000000000000000000000',
  account: 'acc_00000000000000000000000000',
  accountExternal: '9999999999',
  adExternal: '129999999999999',
  campaignExternal: '129999999999998',
  page: '199999999999999',
  lead: 'led_00000000000000000000000000',
  media: 'med_00000000000000000000000000',
  sha256: 'f'.repeat(64),
  portal: '999999',
  contact: '770000001',
  embedKey: 'pk_000000000000000000000000',
  state: `org_00000000000000000000000000.${'x'.repeat(43)}`,
  planHash: 'e'.repeat(64),
  shop: 'no-such-shop.myshopify.com',
  customer: '999999',
};
export interface Call {
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  raw?: boolean;
}
export type Places = (ids: Ids, mine: Mine) => Call[];
/** What does not differ between the two calls: the caller's own plan. */
export interface Mine {
  plan: Plan;
}

const NOTHING_NAMED = 'names no id of an organization';
const OWN_SECRET = 'takes a secret of the caller, which is what it proves';
/** One line per route: every place an id can stand in, or why there is none. */
export const WALK: Record<string, Places | string> = {
  'POST /v1/auth/sign-up': NOTHING_NAMED,
  'POST /v1/auth/sign-in': NOTHING_NAMED,
  'POST /v1/auth/refresh': OWN_SECRET,
  'POST /v1/auth/sign-out': OWN_SECRET,
  'POST /v1/oauth/token': OWN_SECRET,
  'GET /v1/me': NOTHING_NAMED,
  'POST /v1/oauth/authorize': NOTHING_NAMED,
  'PATCH /v1/organization': NOTHING_NAMED,
  'GET /v1/connections': NOTHING_NAMED,
  'GET /v1/ad-accounts': NOTHING_NAMED,
  'GET /v1/embed-keys': NOTHING_NAMED,
  'POST /v1/embed-keys': NOTHING_NAMED,
  'GET /v1/affiliate-program': NOTHING_NAMED,
  'PUT /v1/affiliate-program': (ids) => [
    {
      path: '/v1/affiliate-program',
      body: { name: 'P', shop: ids.shop, currency: 'EUR', ratePercent: '5', allowedDomains: ['shop.example.com'] },
    },
  ],
  'POST /v1/affiliates': (ids) => [
    {
      path: '/v1/affiliates',
      body: { name: 'C', code: `b-${ids.customer}`, destination: 'https://shop.example.com/', shopCustomerId: ids.customer },
    },
  ],
  'POST /v1/connections/:provider/start': (ids) => [{ path: '/v1/connections/shopify/start', body: { shop: ids.shop } }],
  'DELETE /v1/connections/:id': (ids) => [{ path: `/v1/connections/${ids.connection}` }],
  // A state is a secret that works with its provider only; with any other it is no state at all.
  'GET /v1/connections/:provider/callback': (ids) =>
    ['hubspot', 'shopify'].map((provider) => ({ path: `/v1/connections/${provider}/callback?state=${ids.state}&code=x` })),
  'POST /v1/ad-accounts/:id/sync': (ids) => [{ path: `/v1/ad-accounts/${ids.account}/sync` }],
  'GET /v1/ad-accounts/:id/pages': (ids) => [{ path: `/v1/ad-accounts/${ids.account}/pages` }],
  'POST /v1/metrics/look-up': (ids) => [
    {
      path: '/v1/metrics/look-up',
      body: {
        platform: 'meta',
        accountExternalId: ids.accountExternal,
        level: 'ad',
        ids: [ids.adExternal, ids.campaignExternal],
        withTotals: true,
      },
    },
  ],
  'GET /v1/insights': (ids) => [
    { path: `/v1/insights?accountId=${ids.account}` },
    { path: `/v1/insights?accountId=${ids.account}&parentId=${ids.campaignExternal}&level=ad` },
  ],
  'POST /v1/media/uploads': (ids) => [
    { path: '/v1/media/uploads', body: { files: [{ fileName: 'a.png', contentType: 'image/png', bytes: 9, sha256: ids.sha256 }] } },
  ],
  'PUT /v1/media/uploads/:id': (ids) => [
    { path: `/v1/media/uploads/${ids.media}`, body: 'x', raw: true },
    { path: `/v1/media/uploads/${ids.media}?org=org_x&until=99999999999999&mac=${'a'.repeat(43)}`, body: 'x', raw: true },
  ],
  'POST /v1/launches/preview': (ids, { plan }) => [{ path: '/v1/launches/preview', body: { plan: planOf(ids, plan) } }],
  'POST /v1/launches': (ids, { plan }) => [{ path: '/v1/launches', body: { plan: planOf(ids, plan) } }],
  'GET /v1/launches': (ids) => [{ path: `/v1/launches?accountId=${ids.account}` }, { path: `/v1/launches?cursor=${ids.launch}z` }],
  'GET /v1/launches/:id': (ids) => [{ path: `/v1/launches/${ids.launch}` }],
  'GET /v1/launches/:id/items': (ids) => [{ path: `/v1/launches/${ids.launch}/items` }],
  'POST /v1/launches/:id/dry-run': (ids) => [{ path: `/v1/launches/${ids.launch}/dry-run` }],
  'POST /v1/launches/:id/approve': (ids) => [
    { path: `/v1/launches/${ids.launch}/approve`, body: { planHash: ids.planHash, capMinor: 1_000_000 } },
  ],
  'POST /v1/launches/:id/activate': (ids) => [{ path: `/v1/launches/${ids.launch}/activate` }],
  'POST /v1/launches/:id/cancel': (ids) => [{ path: `/v1/launches/${ids.launch}/cancel` }],
  'POST /v1/launches/:id/retry': (ids) => [{ path: `/v1/launches/${ids.launch}/retry` }],
  'GET /v1/launches/:id/events': (ids) => [{ path: `/v1/launches/${ids.launch}/events` }],
  'GET /v1/launches/:id/receipts': (ids) => [
    { path: `/v1/launches/${ids.launch}/receipts` },
    { path: `/v1/launches/${ids.launch}/receipts?format=csv` },
  ],
  'GET /v1/leads': (ids) => [{ path: `/v1/leads?cursor=${Buffer.from(`2999-01-01T00:00:00.000Z|${ids.lead}`).toString('base64url')}` }],
  'PATCH /v1/leads/:id': (ids) => [{ path: `/v1/leads/${ids.lead}`, body: { stage: 'junk' } }],
  'GET /v1/orders': (ids) => [{ path: `/v1/orders?cursor=${Buffer.from(`2999-01-01T00:00:00.000Z|${ids.lead}`).toString('base64url')}` }],
  'GET /v1/lead-card': (ids) => [{ path: `/v1/lead-card?portalId=${ids.portal}&contactId=${ids.contact}` }],
  'POST /v1/embeds/token': (ids) => [
    {
      path: '/v1/embeds/token',
      body: { key: ids.embedKey, jkt: 'a'.repeat(43), subject: ids.contact },
      headers: { origin: 'https://other.example.com' },
    },
    { path: '/v1/embeds/token', body: { key: ids.embedKey, jkt: 'a'.repeat(43), subject: ids.contact } },
  ],
  'GET /v1/embeds/lead-roas': (ids) => [{ path: `/v1/embeds/lead-roas?contactId=${ids.contact}&key=${ids.embedKey}` }],
  'GET /v1/embeds/affiliate-stats': (ids) => [
    { path: `/v1/embeds/affiliate-stats?logged_in_customer_id=${ids.customer}&shop=${ids.shop}` },
  ],
  'GET /apps/inlay/token': (ids) => [
    {
      path: `/apps/inlay/token?shop=${ids.shop}&logged_in_customer_id=${ids.customer}&jkt=${'a'.repeat(43)}&timestamp=1&signature=${'0'.repeat(64)}`,
    },
  ],
  'GET /v1/hubspot/card': (ids) => [{ path: `/v1/hubspot/card?portalId=${ids.portal}&objectId=${ids.contact}` }],
  'POST /v1/hubspot/card': (ids) => [{ path: `/v1/hubspot/card?portalId=${ids.portal}&objectId=${ids.contact}`, body: {} }],
  'GET /webhooks/meta': NOTHING_NAMED,
  'POST /webhooks/meta': (ids) => [
    {
      path: '/webhooks/meta',
      body: { object: 'page', entry: [{ id: ids.page, changes: [{ field: 'leadgen', value: { leadgen_id: '1', page_id: ids.page } }] }] },
    },
  ],
  'POST /webhooks/shopify': (ids) => [
    {
      path: '/webhooks/shopify',
      body: { id: 1 },
      headers: { 'x-shopify-shop-domain': ids.shop, 'x-shopify-topic': 'orders/create', 'x-shopify-hmac-sha256': 'AAAA' },
    },
  ],
  'GET /r/:code': "a creator's public link: everybody may follow it, and it shows nothing of the organization",
};
const planOf = (ids: Ids, plan: Plan): Plan => ({
  ...plan,
  accountId: `act_${ids.accountExternal}`,
  settings: { ...plan.settings, pageId: ids.page },
  media: plan.media.map((file) => ({ ...file, sha256: ids.sha256 })),
});
