import type { z } from 'zod';
import * as machines from '#shared/contracts/machines.ts';
import * as operations from '#shared/contracts/operations.ts';
import * as contracts from '#shared/contracts/index.ts';
import * as privacy from '#shared/contracts/privacy.ts';

/** What the settings and the operations screen ask for, from memory. For looking at screens only. */
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const ahead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

const members: z.input<typeof contracts.members.member>[] = [
  {
    userId: 'usr_1',
    name: 'Owner',
    email: 'owner@example.com',
    role: 'owner',
    client: null,
    hasSecondFactor: true,
    joinedAt: ago(400_000),
    lastSeenAt: ago(0),
  },
  {
    userId: 'usr_2',
    name: 'Person 2',
    email: 'person-2@example.com',
    role: 'manager',
    client: null,
    hasSecondFactor: false,
    joinedAt: ago(90_000),
    lastSeenAt: ago(190),
  },
  {
    userId: 'usr_3',
    name: 'Person 3 with a name that is longer than most',
    email: 'person-3-with-a-long-address@example.com',
    role: 'client',
    client: { id: 'cli_1', name: 'Northwind Coffee' },
    hasSecondFactor: false,
    joinedAt: ago(8000),
    lastSeenAt: null,
  },
];
const invitations: z.input<typeof contracts.members.invitation>[] = (['open', 'expired', 'accepted', 'revoked'] as const).map(
  (state, i) => ({
    id: `inv_${i}`,
    email: `person-${i + 4}@example.com`,
    role: i === 1 ? 'client' : 'analyst',
    client: i === 1 ? { id: 'cli_1', name: 'Northwind Coffee' } : null,
    state,
    invitedBy: 'Owner',
    sentAt: ago(1000 * i),
    expiresAt: state === 'open' ? ahead(150) : ago(400),
  }),
);
const clients: z.input<typeof contracts.clients.client>[] = [
  { id: 'cli_1', name: 'Northwind Coffee', logo: null, colour: '#0f7b6c', accountIds: ['acc_1'], people: 2, archivedAt: null },
  { id: 'cli_2', name: 'Atelier Sud', logo: null, colour: null, accountIds: [], people: 0, archivedAt: null },
  { id: 'cli_3', name: 'Old season', logo: null, colour: '#7a4b9d', accountIds: [], people: 1, archivedAt: ago(90_000) },
];
const apiKeys: z.input<typeof machines.apiKey>[] = [
  {
    id: 'key_1',
    name: 'Warehouse export',
    prefix: 'ink_live_4fK2',
    scopes: ['insights:read', 'revenue:read', 'leads:read'],
    createdBy: 'Owner',
    createdAt: ago(60_000),
    expiresAt: ahead(7000),
    lastUsedAt: ago(12),
    state: 'active',
  },
  {
    id: 'key_2',
    name: 'Trial',
    prefix: 'ink_live_9aQz',
    scopes: ['launches:read'],
    createdBy: 'Person 2',
    createdAt: ago(90_000),
    expiresAt: ago(3000),
    lastUsedAt: null,
    state: 'expired',
  },
  {
    id: 'key_3',
    name: 'Old dashboard',
    prefix: 'ink_live_1bbT',
    scopes: ['insights:read'],
    createdBy: 'Owner',
    createdAt: ago(200_000),
    expiresAt: null,
    lastUsedAt: ago(20_000),
    state: 'revoked',
  },
];
const endpoints: z.input<typeof machines.webhookEndpoint>[] = [
  {
    id: 'whe_1',
    url: 'https://hooks.example.com/inlay/leads',
    description: 'Leads to the call centre',
    events: ['lead.created', 'lead.updated'],
    disabled: null,
    failingSince: null,
    previousSecretUntil: ahead(20),
    createdAt: ago(50_000),
  },
  {
    id: 'whe_2',
    url: 'https://warehouse.example.com/orders',
    description: '',
    events: [],
    disabled: 'failing',
    failingSince: ago(7300),
    previousSecretUntil: null,
    createdAt: ago(90_000),
  },
];
const deliveries: z.input<typeof machines.webhookDelivery>[] = (['delivered', 'pending', 'failed'] as const).map((state, i) => ({
  id: `whd_${i}`,
  endpointId: i === 2 ? 'whe_2' : 'whe_1',
  eventId: `evt_${i}`,
  type: i === 2 ? 'order.created' : i === 1 ? 'lead.updated' : 'lead.created',
  state,
  attempts: Array.from({ length: i * 2 + 1 }, (_, n) => ({
    at: ago(100 * (i + 1) - n * 20),
    status: state === 'delivered' ? 204 : n % 2 === 0 ? 503 : null,
    ms: 180 + n * 900,
    error: state === 'delivered' || n % 2 === 0 ? null : 'timeout',
    byHand: n === 4,
  })),
  nextAttemptAt: state === 'pending' ? ahead(0.4) : null,
  createdAt: ago(100 * (i + 1)),
}));
const audit: z.input<typeof contracts.audit.auditEntry>[] = [
  ['usr_1', 'Owner', 'key.create', 'key_1', { name: 'Warehouse export', scopes: ['insights:read', 'revenue:read'] }],
  ['usr_1', 'Owner', 'member.update', 'usr_2', { from: 'analyst', to: 'manager' }],
  ['usr_2', 'Person 2', 'launch.approve', 'lch_run', { capMinor: 10_000 }],
  ['job:connections/renew', 'connections/renew', 'connection.expired', 'con_1', { provider: 'meta' }],
  ['usr_9', null, 'invitation.send', 'inv_0', { role: 'analyst' }],
  ['key_1', 'Warehouse export', 'future.thing_done', null, null],
].map(
  ([actor, actorName, action, object, detail], i) =>
    ({
      id: `aud_${i}`,
      at: ago(i * 77),
      actor,
      actorName,
      action,
      object,
      objectName: object === 'inv_0' ? 'person-4@example.com' : null,
      detail,
    }) as z.input<typeof contracts.audit.auditEntry>,
);
const grants: z.input<typeof contracts.support.supportGrant>[] = [
  {
    id: 'sup_1',
    reason: 'Orders of last week are credited to the wrong campaign',
    grantedBy: 'Owner',
    expiresAt: ahead(3),
    revokedAt: null,
    visits: [{ name: 'Support 1', reason: 'Looking at the attribution window', at: ago(30), endedAt: null }],
  },
  { id: 'sup_2', reason: 'Connecting the second shop', grantedBy: 'Owner', expiresAt: ago(60_000), revokedAt: null, visits: [] },
  { id: 'sup_3', reason: 'A launch that stopped', grantedBy: 'Person 2', expiresAt: ago(80_000), revokedAt: ago(81_000), visits: [] },
];
const exports: z.input<typeof privacy.dataExport>[] = [
  {
    id: 'exp_1',
    kind: 'organization',
    state: 'ready',
    bytes: 4_820_000,
    sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
    url: '/v1/exports/exp_1/file?signature=x',
    expiresAt: ahead(20),
    createdAt: ago(200),
  },
  { id: 'exp_2', kind: 'organization', state: 'queued', bytes: null, sha256: null, url: null, expiresAt: null, createdAt: ago(1) },
  {
    id: 'exp_3',
    kind: 'organization',
    state: 'expired',
    bytes: 4_100_000,
    sha256: null,
    url: null,
    expiresAt: ago(9000),
    createdAt: ago(10_440),
  },
];
const machine: z.input<typeof operations.readOperations.response> = {
  at: ago(0),
  parts: [
    { name: 'database', state: 'ok', detail: '4 ms' },
    { name: 'queues', state: 'slow', detail: 'oldest message 92 s' },
    { name: 'storage', state: 'ok', detail: '11 ms' },
  ],
  outbox: { waiting: 41, oldestSeconds: 92 },
  deadLetters: { open: 13, groups: 2 },
  intake: [
    { source: 'meta', lagSeconds: 2, refusedToday: 0 },
    { source: 'shopify', lagSeconds: 64, refusedToday: 3 },
    { source: 'hubspot', lagSeconds: null, refusedToday: 0 },
  ],
  connections: [
    { provider: 'meta', active: 82, expiring: 4, expired: 1, error: 0 },
    { provider: 'shopify', active: 51, expiring: 0, expired: 0, error: 2 },
    { provider: 'hubspot', active: 17, expiring: 0, expired: 0, error: 0 },
  ],
  mails: { queued: 2, failedToday: 1 },
  webhooks: { pending: 8, failing: 1 },
  launches: { running: 3, unclearItems: 2, oldestUnclearSeconds: 340, items: {} },
};
const letters: z.input<typeof operations.deadLetterGroup>[] = [
  {
    fingerprint: 'a1',
    job: 'revenue/ingest-order',
    cause: 'The shop answered 402 for ten tries in a row.',
    count: 12,
    organizations: 3,
    firstAt: ago(900),
    lastAt: ago(14),
    newest: [{ id: 'dlt_1', organizationId: 'org_7', at: ago(14), attempts: 10 }],
  },
  {
    fingerprint: 'b2',
    job: 'mail/send',
    cause: 'The address was refused.',
    count: 1,
    organizations: 1,
    firstAt: ago(300),
    lastAt: ago(300),
    newest: [],
  },
];

const spendLimits: z.input<typeof contracts.spendLimits.spendLimit>[] = [
  {
    currency: 'EUR',
    secondPersonAboveMinor: 100_000,
    accountDailyMinor: 500_000,
    organizationDailyMinor: 1_500_000,
    updatedBy: 'Lina Haddad',
    updatedAt: ago(600),
  },
  {
    currency: 'MAD',
    secondPersonAboveMinor: null,
    accountDailyMinor: 2_000_000,
    organizationDailyMinor: null,
    updatedBy: 'Lina Haddad',
    updatedAt: ago(2_000),
  },
];

interface Answer {
  status: number;
  json: unknown;
}
const json = <S extends z.ZodType>(schema: S, value: z.input<S>, status = 200): Answer => ({ status, json: schema.parse(value) });

/** Null for calls that are about something else. `empty` is an organization on its first day. */
export function answerOrganization(route: string, query: URLSearchParams, empty: boolean): Answer | null {
  switch (route) {
    case 'GET /v1/members':
      return json(contracts.members.listMembers.response, { members: empty ? members.slice(0, 1) : members });
    case 'GET /v1/invitations':
      return json(contracts.members.listInvitations.response, { invitations: empty ? [] : invitations });
    case 'GET /v1/clients':
      return json(contracts.clients.listClients.response, { clients: empty ? [] : clients });
    case 'GET /v1/spend-limits':
      return json(contracts.spendLimits.listSpendLimits.response, { limits: empty ? [] : spendLimits });
    case 'GET /v1/api-keys':
      return json(machines.listApiKeys.response, { keys: empty ? [] : apiKeys });
    case 'POST /v1/api-keys':
      return json(
        machines.createApiKey.response,
        { key: 'ink_live_4fK2mQ8sT1vX6yZ0bC3dE5gH7jL9nP2rS4uW6xA8', apiKey: apiKeys[0] as (typeof apiKeys)[number] },
        201,
      );
    case 'GET /v1/webhook-endpoints':
      return json(machines.listWebhookEndpoints.response, { endpoints: empty ? [] : endpoints });
    case 'GET /v1/webhook-deliveries': {
      const state = query.get('state');
      return json(machines.listWebhookDeliveries.response, {
        deliveries: deliveries.filter((one) => state === null || one.state === state),
        nextCursor: null,
      });
    }
    case 'GET /v1/audit-log':
      return json(contracts.audit.listAudit.response, {
        entries: empty ? [] : audit,
        nextCursor: empty ? null : 'next',
        sealedUntil: empty ? null : ago(4),
        isIntact: query.get('action') !== 'privacy',
      });
    case 'GET /v1/support-access':
      return json(contracts.support.listSupport.response, { grants: empty ? [] : grants });
    case 'GET /v1/organization/exports':
      return json(privacy.listOrganizationExports.response, { exports: empty ? [] : exports });
    case 'POST /v1/organization/deletion':
      return json(
        privacy.deleteOrganization.response,
        {
          dueAt: ahead(168),
          kept: [{ kind: 'deletion_record', what: 'The record of this deletion.', why: 'Proof.', until: '2029-12-31' }],
        },
        202,
      );
    case 'GET /v1/staff/operations':
      return json(operations.readOperations.response, machine);
    case 'GET /v1/staff/dead-letters':
      return json(operations.listDeadLetters.response, { groups: empty ? [] : letters });
    case 'POST /v1/staff/dead-letters/replay':
      return json(operations.replayDeadLetters.response, { count: 12, left: 0 });
    case 'GET /v1/staff/support-access':
      return json(contracts.support.listOpenSupport.response, {
        grants: empty
          ? []
          : [
              {
                id: 'sup_1',
                organizationId: 'org_7',
                organization: 'Studio Lumière',
                reason: 'Orders of last week are credited to the wrong campaign',
                expiresAt: ahead(3),
              },
            ],
      });
    default:
      return null;
  }
}
