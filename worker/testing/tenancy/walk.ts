import type { Plan } from '#shared/rules/launch-plan.ts';
import { MISSING, type Ids } from './ids.ts';

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
  'POST /v1/auth/sign-up/confirm': OWN_SECRET,
  'POST /v1/auth/second-factor': OWN_SECRET,
  'POST /v1/auth/magic-link': NOTHING_NAMED,
  'POST /v1/auth/magic-link/use': OWN_SECRET,
  'POST /v1/auth/password-reset': NOTHING_NAMED,
  'POST /v1/auth/password-reset/use': OWN_SECRET,
  'POST /v1/auth/email-change/use': OWN_SECRET,
  'POST /v1/auth/google/start': NOTHING_NAMED,
  'GET /v1/account': NOTHING_NAMED,
  'PATCH /v1/account': NOTHING_NAMED,
  'POST /v1/account/prove': OWN_SECRET,
  'POST /v1/account/prove/send': NOTHING_NAMED,
  'POST /v1/account/password': OWN_SECRET,
  'POST /v1/account/email': NOTHING_NAMED,
  'GET /v1/account/sessions': NOTHING_NAMED,
  'DELETE /v1/account/sessions/:id': (ids) => [{ path: `/v1/account/sessions/${ids.session}` }],
  'POST /v1/account/sessions/end-others': NOTHING_NAMED,
  'POST /v1/account/second-factor/start': NOTHING_NAMED,
  'POST /v1/account/second-factor/confirm': OWN_SECRET,
  'POST /v1/account/second-factor/recovery-codes': NOTHING_NAMED,
  'DELETE /v1/account/second-factor': NOTHING_NAMED,
  'DELETE /v1/account/google': NOTHING_NAMED,
  'POST /v1/account/google/start': NOTHING_NAMED,
  'GET /v1/organizations': NOTHING_NAMED,
  'POST /v1/organizations': NOTHING_NAMED,
  'POST /v1/organizations/:id/enter': (ids) => [{ path: `/v1/organizations/${ids.organization}/enter` }],
  'POST /v1/organization/transfer': (ids) => [{ path: '/v1/organization/transfer', body: { userId: ids.user } }],
  'POST /v1/organization/leave': NOTHING_NAMED,
  'GET /v1/members': NOTHING_NAMED,
  'PATCH /v1/members/:userId': (ids) => [
    { path: `/v1/members/${ids.user}`, body: { role: 'analyst' } },
    { path: `/v1/members/${MISSING.user}`, body: { role: 'client', clientId: ids.client } },
  ],
  'DELETE /v1/members/:userId': (ids) => [{ path: `/v1/members/${ids.user}` }],
  'GET /v1/invitations': NOTHING_NAMED,
  'POST /v1/invitations': (ids) => [{ path: '/v1/invitations', body: { email: 'walk@example.com', role: 'client', clientId: ids.client } }],
  'POST /v1/invitations/:id/resend': (ids) => [{ path: `/v1/invitations/${ids.invitation}/resend` }],
  'DELETE /v1/invitations/:id': (ids) => [{ path: `/v1/invitations/${ids.invitation}` }],
  'POST /v1/invitations/read': OWN_SECRET,
  'POST /v1/invitations/join': OWN_SECRET,
  'POST /v1/invitations/accept': OWN_SECRET,
  'GET /v1/clients': NOTHING_NAMED,
  'POST /v1/clients': (ids) => [{ path: '/v1/clients', body: { name: 'C', accountIds: [ids.account] } }],
  'PATCH /v1/clients/:id': (ids) => [
    { path: `/v1/clients/${ids.client}`, body: { name: 'Renamed' } },
    { path: `/v1/clients/${MISSING.client}`, body: { accountIds: [ids.account] } },
  ],
  'GET /v1/audit-log': (ids) => [
    { path: `/v1/audit-log?actor=${ids.user}` },
    { path: `/v1/audit-log?cursor=${Buffer.from(`2999-01-01T00:00:00.000Z|${ids.lead}`).toString('base64url')}` },
  ],
  'GET /v1/support-access': NOTHING_NAMED,
  'POST /v1/support-access': NOTHING_NAMED,
  'DELETE /v1/support-access/:id': (ids) => [{ path: `/v1/support-access/${ids.supportGrant}` }],
  'GET /v1/auth/google/callback': OWN_SECRET,
  'GET /v1/organization/logo': NOTHING_NAMED,
  'PUT /v1/organization/logo': NOTHING_NAMED,
  'DELETE /v1/organization/logo': NOTHING_NAMED,
  'GET /v1/clients/:id/logo': (ids) => [{ path: `/v1/clients/${ids.client}/logo` }],
  'PUT /v1/clients/:id/logo': (ids) => [
    { path: `/v1/clients/${ids.client}/logo`, body: 'x', raw: true, headers: { 'content-type': 'image/png' } },
  ],
  'DELETE /v1/clients/:id/logo': (ids) => [{ path: `/v1/clients/${ids.client}/logo` }],
  'GET /v1/staff/support-access': 'lists what customers opened to our staff',
  'POST /v1/staff/support-access/:id/enter': (ids) => [
    { path: `/v1/staff/support-access/${ids.supportGrant}/enter`, body: { organizationId: ids.organization, reason: 'walk' } },
  ],
  'POST /v1/staff/leave': NOTHING_NAMED,
  'GET /v1/staff/operations': NOTHING_NAMED,
  'GET /v1/staff/dead-letters': NOTHING_NAMED,
  'POST /v1/staff/dead-letters/replay': NOTHING_NAMED,
  'POST /v1/staff/dead-letters/dismiss': NOTHING_NAMED,
  'POST /v1/staff/people/disable': 'names a person of ours by their address, for our staff only',
  'POST /v1/staff/people/enable': 'names a person of ours by their address, for our staff only',
  'GET /v1/staff/keys': NOTHING_NAMED,
  'POST /v1/staff/keys/rewrap': NOTHING_NAMED,
  'GET /health': NOTHING_NAMED,
  'GET /metrics': NOTHING_NAMED,
  'GET /v1/api-keys': NOTHING_NAMED,
  'POST /v1/api-keys': NOTHING_NAMED,
  'DELETE /v1/api-keys/:id': (ids) => [{ path: `/v1/api-keys/${ids.apiKey}` }],
  'GET /v1/webhook-endpoints': NOTHING_NAMED,
  'POST /v1/webhook-endpoints': NOTHING_NAMED,
  'PATCH /v1/webhook-endpoints/:id': (ids) => [{ path: `/v1/webhook-endpoints/${ids.endpoint}`, body: { description: 'x' } }],
  'DELETE /v1/webhook-endpoints/:id': (ids) => [{ path: `/v1/webhook-endpoints/${ids.endpoint}` }],
  'POST /v1/webhook-endpoints/:id/rotate-secret': (ids) => [{ path: `/v1/webhook-endpoints/${ids.endpoint}/rotate-secret` }],
  'POST /v1/webhook-endpoints/:id/test': (ids) => [{ path: `/v1/webhook-endpoints/${ids.endpoint}/test` }],
  'GET /v1/webhook-deliveries': (ids) => [{ path: `/v1/webhook-deliveries?endpointId=${ids.endpoint}` }],
  'POST /v1/webhook-deliveries/:id/replay': (ids) => [{ path: `/v1/webhook-deliveries/${ids.delivery}/replay` }],
  'POST /v1/organization/exports': NOTHING_NAMED,
  'GET /v1/organization/exports': NOTHING_NAMED,
  'POST /v1/account/exports': NOTHING_NAMED,
  'GET /v1/account/exports': NOTHING_NAMED,
  'POST /v1/organization/deletion': NOTHING_NAMED,
  'DELETE /v1/organization/deletion': NOTHING_NAMED,
  'POST /v1/account/deletion': NOTHING_NAMED,
  'DELETE /v1/account/deletion': NOTHING_NAMED,
  'POST /v1/account/consents': NOTHING_NAMED,
  'GET /v1/deletions/:code': OWN_SECRET,
  'GET /v1/exports/:id/file': OWN_SECRET,
  'GET /v1/account/digest': NOTHING_NAMED,
  'PUT /v1/account/digest': NOTHING_NAMED,
  'GET /v1/digest/off': OWN_SECRET,
  'POST /v1/digest/off': OWN_SECRET,
  'POST /webhooks/meta/data-deletion': OWN_SECRET,
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
  'POST /v1/launches/check-links': NOTHING_NAMED,
  'POST /v1/launches/preview': (ids, { plan }) => [{ path: '/v1/launches/preview', body: { plan: planOf(ids, plan) } }],
  'POST /v1/launches': (ids, { plan }) => [{ path: '/v1/launches', body: { plan: planOf(ids, plan) } }],
  'GET /v1/launches': (ids) => [
    { path: `/v1/launches?accountId=${ids.account}` },
    { path: `/v1/launches?createdBy=${ids.user}` },
    { path: `/v1/launches?cursor=${ids.launch}z` },
  ],
  'POST /v1/launches/:id/again': (ids) => [{ path: `/v1/launches/${ids.launch}/again` }],
  'GET /v1/launches/:id/diff': (ids) => [
    { path: `/v1/launches/${ids.launch}/diff?with=${MISSING.launch}` },
    { path: `/v1/launches/${MISSING.launch}/diff?with=${ids.launch}` },
  ],
  'GET /v1/launches/:id': (ids) => [{ path: `/v1/launches/${ids.launch}` }],
  'GET /v1/launches/:id/items': (ids) => [{ path: `/v1/launches/${ids.launch}/items` }],
  'POST /v1/launches/:id/dry-run': (ids) => [{ path: `/v1/launches/${ids.launch}/dry-run` }],
  'POST /v1/launches/:id/approve': (ids) => [
    { path: `/v1/launches/${ids.launch}/approve`, body: { planHash: ids.planHash, capMinor: 1_000_000 } },
  ],
  'POST /v1/launches/:id/ask-approval': (ids) => [{ path: `/v1/launches/${ids.launch}/ask-approval`, body: { planHash: ids.planHash } }],
  'POST /v1/launches/:id/decline': (ids) => [
    { path: `/v1/launches/${ids.launch}/decline`, body: { planHash: ids.planHash, reason: 'not now' } },
  ],
  'POST /v1/launches/:id/items/:itemId/accept': (ids) => [
    {
      path: `/v1/launches/${ids.launch}/items/${ids.launchItem}/accept`,
      body: { drift: [{ field: 'name', planned: 'a', found: 'b' }], reason: 'as it is' },
    },
  ],
  'POST /v1/launches/:id/items/:itemId/correct': (ids) => [
    { path: `/v1/launches/${ids.launch}/items/${ids.launchItem}/correct`, body: { planHash: ids.planHash, changes: { headline: 'x' } } },
  ],
  'GET /v1/spend-limits': NOTHING_NAMED,
  // A currency is nobody's.
  'PUT /v1/spend-limits/:currency': () => [
    {
      path: '/v1/spend-limits/EUR',
      body: { secondPersonAboveMinor: null, accountDailyMinor: null, organizationDailyMinor: null },
    },
  ],
  'POST /v1/launches/:id/activate': (ids) => [{ path: `/v1/launches/${ids.launch}/activate` }],
  'POST /v1/launches/:id/cancel': (ids) => [{ path: `/v1/launches/${ids.launch}/cancel` }],
  'POST /v1/launches/:id/retry': (ids) => [{ path: `/v1/launches/${ids.launch}/retry` }],
  'GET /v1/launches/:id/undo': (ids) => [{ path: `/v1/launches/${ids.launch}/undo` }],
  'POST /v1/launches/:id/undo': (ids) => [{ path: `/v1/launches/${ids.launch}/undo` }],
  'POST /v1/launches/:id/items/:itemId/undo': (ids) => [
    { path: `/v1/launches/${ids.launch}/items/${ids.launchItem}/undo`, body: { changesHash: '0' } },
  ],
  'GET /v1/launches/:id/events': (ids) => [{ path: `/v1/launches/${ids.launch}/events` }],
  'GET /v1/launches/:id/receipts': (ids) => [
    { path: `/v1/launches/${ids.launch}/receipts` },
    { path: `/v1/launches/${ids.launch}/receipts?format=csv` },
  ],
  'GET /v1/launch-templates': NOTHING_NAMED,
  'POST /v1/launch-templates': NOTHING_NAMED,
  'GET /v1/launch-templates/:id': (ids) => [{ path: `/v1/launch-templates/${ids.template}` }],
  'PUT /v1/launch-templates/:id': (ids) => [
    { path: `/v1/launch-templates/${ids.template}`, body: { name: 'T', version: 1, content: { settings: {}, rows: [], required: [] } } },
  ],
  'DELETE /v1/launch-templates/:id': (ids) => [{ path: `/v1/launch-templates/${ids.template}` }],
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
