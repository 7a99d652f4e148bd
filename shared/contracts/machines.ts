import { z } from 'zod';
import { PERMISSIONS, type Permission } from '../rules/permissions.ts';
import { defineContract } from './define-contract.ts';
import { LAUNCH_STATES } from '../rules/launch-states.ts';
import { currency, cursor, empty, id, instant, minor, pageSize, role } from './parts.ts';

/** What only a person may do: give the organization away or delete it, make keys, take its data along, let staff in, approve a launch, undo one. */
const NEVER_A_KEY: readonly Permission[] = [
  'organization:delete',
  'organization:transfer',
  'launches:approve',
  'launches:undo',
  'keys:read',
  'keys:write',
  'privacy:export',
  'support:write',
];
/** What a key may be made for, in the order of the permissions. */
export const KEY_SCOPES: readonly Permission[] = PERMISSIONS.filter((one) => !NEVER_A_KEY.includes(one));
export const scope = z.enum(KEY_SCOPES as [Permission, ...Permission[]]);
export const apiKey = z.object({
  id,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(scope),
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});
export type ApiKey = z.infer<typeof apiKey>;
export const listApiKeys = defineContract({
  method: 'GET',
  path: '/v1/api-keys',
  access: { kind: 'member', permission: 'keys:read', people: true },
  summary: 'API keys, newest first',
  response: z.object({ keys: z.array(apiKey) }),
});
/** The key is shown once. Its scopes are at most what its maker may do. */
export const createApiKey = defineContract({
  method: 'POST',
  path: '/v1/api-keys',
  access: { kind: 'member', permission: 'keys:write', stepUp: true },
  summary: 'Make an API key',
  status: 201,
  body: z.object({
    name: z.string().trim().min(1).max(80),
    scopes: z.array(scope).min(1).max(PERMISSIONS.length),
    expiresInDays: z.int().min(1).max(730).nullable().default(365),
  }),
  response: z.object({ key: z.string(), apiKey }),
});
export const revokeApiKey = defineContract({
  method: 'DELETE',
  path: '/v1/api-keys/:id',
  access: { kind: 'member', permission: 'keys:write', people: true },
  summary: 'Revoke an API key at once',
  params: z.object({ id }),
  response: empty,
});

/** What we tell about. A list of names is a promise: types are added, never changed. */
export const EVENT_TYPES = [
  'lead.created',
  'lead.updated',
  'order.created',
  'order.updated',
  'launch.finished',
  'launch.needs_attention',
  'connection.expired',
  'member.joined',
  'member.removed',
  'test.ping',
] as const;
export const eventType = z.enum(EVENT_TYPES);
export type EventType = z.infer<typeof eventType>;

const leadFacts = z.object({
  leadId: id,
  source: z.string(),
  stage: z.string(),
  isTest: z.boolean(),
  submittedAt: instant,
  accountId: id.nullable(),
  campaignExternalId: z.string().nullable(),
  adSetExternalId: z.string().nullable(),
  adExternalId: z.string().nullable(),
});
const orderFacts = z.object({
  orderId: id,
  source: z.string(),
  shop: z.string(),
  sourceOrderId: z.string(),
  currency,
  grossMinor: minor,
  netMinor: minor,
  financialStatus: z.string(),
  isTest: z.boolean(),
  placedAt: instant,
  cancelledAt: instant.nullable(),
});
const launchFacts = z.object({ launchId: id, accountId: id, state: z.enum(LAUNCH_STATES) });
/** What each type tells: ids and normalised facts. Who a lead or a buyer is stays behind the API and its permissions. */
export const EVENT_DATA = {
  'lead.created': leadFacts,
  'lead.updated': leadFacts,
  'order.created': orderFacts,
  'order.updated': orderFacts,
  'launch.finished': launchFacts,
  'launch.needs_attention': launchFacts,
  'connection.expired': z.object({ connectionId: id, provider: z.string() }),
  'member.joined': z.object({ userId: id, role }),
  'member.removed': z.object({ userId: id }),
  'test.ping': z.object({ endpointId: id }),
} as const satisfies Record<EventType, z.ZodType>;
export type EventData<T extends EventType> = z.input<(typeof EVENT_DATA)[T]>;
export const webhookEndpoint = z.object({
  id,
  url: z.string(),
  description: z.string(),
  /** Empty = all types. */
  events: z.array(eventType),
  /** Why nothing is sent; null = it is on. */
  disabled: z.enum(['off', 'gone', 'failing']).nullable(),
  failingSince: instant.nullable(),
  /** While a rotation overlaps, until when the old secret signs as well. */
  previousSecretUntil: instant.nullable(),
  createdAt: instant,
});
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;
export const listWebhookEndpoints = defineContract({
  method: 'GET',
  path: '/v1/webhook-endpoints',
  access: { kind: 'member', permission: 'webhooks:read' },
  summary: 'Where your organization is told what happens',
  response: z.object({ endpoints: z.array(webhookEndpoint) }),
});
const endpointBody = z.object({
  url: z.url().max(500),
  description: z.string().trim().max(200).default(''),
  events: z.array(eventType).max(EVENT_TYPES.length).default([]),
});
/** The secret ("whsec_…") is shown once; Standard Webhooks 1.0. */
export const createWebhookEndpoint = defineContract({
  method: 'POST',
  path: '/v1/webhook-endpoints',
  access: { kind: 'member', permission: 'webhooks:write' },
  summary: 'Add an address to be told at',
  status: 201,
  body: endpointBody,
  response: z.object({ secret: z.string(), endpoint: webhookEndpoint }),
});
export const updateWebhookEndpoint = defineContract({
  method: 'PATCH',
  path: '/v1/webhook-endpoints/:id',
  access: { kind: 'member', permission: 'webhooks:write' },
  summary: 'Change an address, or switch it on or off',
  params: z.object({ id }),
  body: z
    .object({
      url: z.url().max(500),
      description: z.string().trim().max(200),
      events: z.array(eventType).max(EVENT_TYPES.length),
      enabled: z.boolean(),
    })
    .partial(),
  response: webhookEndpoint,
});
export const deleteWebhookEndpoint = defineContract({
  method: 'DELETE',
  path: '/v1/webhook-endpoints/:id',
  access: { kind: 'member', permission: 'webhooks:write' },
  summary: 'Remove an address and its log',
  params: z.object({ id }),
  response: empty,
});
/** Both secrets sign for 24 hours. */
export const rotateWebhookSecret = defineContract({
  method: 'POST',
  path: '/v1/webhook-endpoints/:id/rotate-secret',
  access: { kind: 'member', permission: 'webhooks:write', stepUp: true },
  summary: 'A new signing secret; the old one signs beside it for 24 hours',
  params: z.object({ id }),
  response: z.object({ secret: z.string(), endpoint: webhookEndpoint }),
});
export const testWebhookEndpoint = defineContract({
  method: 'POST',
  path: '/v1/webhook-endpoints/:id/test',
  access: { kind: 'member', permission: 'webhooks:write' },
  summary: 'Send a test.ping',
  status: 202,
  params: z.object({ id }),
  response: z.object({ deliveryId: id }),
});
export const webhookDelivery = z.object({
  id,
  endpointId: id,
  eventId: id,
  type: eventType,
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.array(z.object({ at: instant, status: z.int().nullable(), ms: z.int(), error: z.string().nullable(), byHand: z.boolean() })),
  nextAttemptAt: instant.nullable(),
  createdAt: instant,
});
export const listWebhookDeliveries = defineContract({
  method: 'GET',
  path: '/v1/webhook-deliveries',
  access: { kind: 'member', permission: 'webhooks:read' },
  summary: 'What was sent, newest first',
  query: z.object({ cursor, limit: pageSize, endpointId: id.optional(), state: z.enum(['pending', 'delivered', 'failed']).optional() }),
  response: z.object({ deliveries: z.array(webhookDelivery), nextCursor: z.string().nullable() }),
});
/** Repeats the very same event with its id: a receiver that has it drops it. */
export const replayWebhookDelivery = defineContract({
  method: 'POST',
  path: '/v1/webhook-deliveries/:id/replay',
  access: { kind: 'member', permission: 'webhooks:write' },
  summary: 'Send it again now',
  status: 202,
  params: z.object({ id }),
  response: empty,
});
