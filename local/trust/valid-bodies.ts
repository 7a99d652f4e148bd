import * as contracts from '#shared/contracts/index.ts';
import type { AnyContract } from '#shared/contracts/index.ts';
import { picture, samplePlan } from '#shared/rules/plan-sample.test-data.ts';

/** An id that names nothing. */
export const someId = 'lch_00000000000000000000000000';
/** A small plan whose files have hashes, as one on its way to be launched. */
export const plan = (): unknown =>
  samplePlan(2, 2, ['1x1'], { media: ['concept-1', 'concept-2'].map((key, i) => picture(key, '1x1', { sha256: String(i).repeat(64) })) });
const challenge = 'a'.repeat(43);
/** One body that each call takes: what is wrong afterwards is what was spoilt. */
export const VALID_BODIES: Record<string, unknown> = {
  'POST /v1/auth/sign-up': {
    email: 'a@example.com',
    password: 'correct horse',
    name: 'A',
    organizationName: 'A',
    currency: 'EUR',
    timezone: 'UTC',
    locale: 'en',
  },
  'POST /v1/auth/sign-in': { email: 'a@example.com', password: 'short' },
  'POST /v1/auth/refresh': { refreshToken: 'irt_x', retryId: 'r'.repeat(20) },
  'POST /v1/auth/sign-out': { refreshToken: 'irt_x' },
  'POST /v1/oauth/authorize': {
    clientId: 'inlay-extension',
    redirectUri: `https://${'a'.repeat(32)}.chromiumapp.org/signed-in`,
    state: 'state-state',
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
  },
  'POST /v1/oauth/token': { clientId: 'inlay-extension', code: 'x', codeVerifier: challenge, redirectUri: 'https://x.example.com/' },
  'PATCH /v1/organization': {
    name: 'N',
    timezone: 'Europe/Paris',
    locale: 'fr',
    targetRoasMilli: 3000,
    floorRoasMilli: 1000,
    attributionWindowDays: 28,
  },
  'POST /v1/connections/:provider/start': { returnTo: '/connections', shop: 'a-shop.myshopify.com' },
  'POST /v1/media/uploads': { files: [{ fileName: 'a.png', contentType: 'image/png', bytes: 100, sha256: 'a'.repeat(64) }] },
  'POST /v1/launches/check-links': {
    platform: 'meta',
    links: [{ url: 'https://receiver.inlay.test/page', parameters: 'utm_content={{ad.id}}', language: 'fr' }],
    again: true,
  },
  'POST /v1/launches/preview': { plan: plan() },
  'POST /v1/launches': { plan: plan() },
  'POST /v1/launches/:id/approve': { planHash: 'x', capMinor: 1 },
  'POST /v1/launches/:id/ask-approval': { planHash: 'x' },
  'POST /v1/launches/:id/decline': { planHash: 'x', reason: 'Too much' },
  'POST /v1/launches/:id/items/:itemId/accept': { drift: [{ field: 'name', planned: 'a', found: 'b' }], reason: 'As wanted' },
  'POST /v1/launches/:id/items/:itemId/correct': { planHash: 'x', changes: { headline: 'Other words' } },
  'POST /v1/launches/:id/items/:itemId/undo': { changesHash: 'x' },
  'PUT /v1/spend-limits/:currency': { secondPersonAboveMinor: 10_000, accountDailyMinor: null, organizationDailyMinor: null },
  'POST /v1/launch-templates': {
    name: 'T',
    isPersonal: false,
    content: { settings: { goal: 'leads' }, rows: [['campaign']], required: ['link'] },
  },
  'PUT /v1/launch-templates/:id': { name: 'T', version: 1, content: { settings: { utm: null }, rows: [], required: [] } },
  'POST /v1/metrics/look-up': {
    platform: 'meta',
    accountExternalId: '1000000001',
    level: 'ad',
    ids: ['1', '2'],
    window: { since: '2026-01-01', until: '2026-02-01' },
    model: 'last',
    basis: 'cash',
    withTotals: true,
  },
  'PATCH /v1/leads/:id': { stage: 'won' },
  'POST /v1/embed-keys': { kind: 'lead-roas', origin: 'https://page.example.com' },
  'POST /v1/embeds/token': { key: 'pk_x', jkt: challenge, subject: '1' },
  'PUT /v1/affiliate-program': {
    name: 'P',
    shop: 'a-shop.myshopify.com',
    currency: 'EUR',
    state: 'open',
    ratePercent: '7.5',
    windowDays: 30,
    allowedDomains: ['shop.example.com'],
  },
  'POST /v1/affiliates': { name: 'C', code: 'a-creator', destination: 'https://shop.example.com/', coupon: 'SAVE', shopCustomerId: '1' },
  'POST /v1/auth/sign-up/confirm': { token: 'itl_00000000000000000000' },
  'POST /v1/auth/second-factor': { challenge: 'isc_00000000000000000000', code: '123456' },
  'POST /v1/auth/magic-link': { email: 'a@example.com' },
  'POST /v1/auth/magic-link/use': { token: 'itl_00000000000000000000' },
  'POST /v1/auth/password-reset': { email: 'a@example.com' },
  'POST /v1/auth/password-reset/use': { token: 'itl_00000000000000000000', password: 'correct horse' },
  'POST /v1/auth/email-change/use': { token: 'itl_00000000000000000000' },
  'POST /v1/auth/google/start': {
    returnTo: '/',
    beginning: { currency: 'EUR', timezone: 'Europe/Paris', locale: 'fr', agreed: { terms: '1', privacy: '1' } },
  },
  'PATCH /v1/account': { name: 'N', locale: 'fr' },
  'POST /v1/account/prove': { password: 'correct horse' },
  'POST /v1/account/password': { password: 'correct horse' },
  'POST /v1/account/email': { email: 'b@example.com' },
  'POST /v1/account/second-factor/confirm': { code: '123456' },
  'POST /v1/account/google/start': { returnTo: '/settings/account' },
  'POST /v1/organizations': { name: 'N', currency: 'EUR', timezone: 'UTC', locale: 'en' },
  'POST /v1/organization/transfer': { userId: someId },
  'PATCH /v1/members/:userId': { role: 'analyst', clientId: null },
  'POST /v1/invitations': { email: 'c@example.com', role: 'analyst', clientId: null },
  'POST /v1/invitations/read': { token: 'itl_00000000000000000000' },
  'POST /v1/invitations/join': { token: 'itl_00000000000000000000', name: 'N', password: 'correct horse', locale: 'en' },
  'POST /v1/invitations/accept': { token: 'itl_00000000000000000000' },
  'POST /v1/clients': { name: 'N', colour: '#1a2b3c', accountIds: [someId] },
  'PATCH /v1/clients/:id': { name: 'N', colour: null, accountIds: [someId], archived: false },
  'POST /v1/support-access': { reason: 'A reason', hours: 1 },
  'POST /v1/staff/support-access/:id/enter': { organizationId: someId, reason: 'A reason' },
  'POST /v1/api-keys': { name: 'N', scopes: ['insights:read'], expiresInDays: 30 },
  'POST /v1/webhook-endpoints': { url: 'https://receiver.inlay.test/', description: 'D', events: ['test.ping'] },
  'PATCH /v1/webhook-endpoints/:id': { url: 'https://receiver.inlay.test/', description: 'D', events: ['test.ping'], enabled: true },
  'POST /v1/organization/deletion': { name: 'N' },
  'PUT /v1/account/digest': { weekly: true },
  'POST /v1/account/consents': { document: 'terms', version: '1' },
  'POST /v1/staff/dead-letters/replay': { fingerprint: 'f', dryRun: true },
  'POST /v1/staff/dead-letters/dismiss': { fingerprint: 'f', why: 'A reason' },
  'POST /v1/staff/people/disable': { email: 'somebody@example.com', why: 'A reason' },
  'POST /v1/staff/people/enable': { email: 'somebody@example.com', why: 'A reason' },
};

/** Calls that hash a password, send mail, or move or end the caller's own standing: tried less often than the others. */
export const DEAR =
  /sign-up|sign-in$|password|\/prove|invitations\/join|magic-link$|account\/email|deletion|leave|end-others|\/v1\/organizations/;

/** Every contract there is. */
export const ALL_CONTRACTS: readonly AnyContract[] = Object.values(contracts)
  .flatMap((domain) => Object.values(domain as Record<string, unknown>))
  .filter((one): one is AnyContract => typeof one === 'object' && one !== null && 'method' in one && 'path' in one);
