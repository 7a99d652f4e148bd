import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, organizationId } from './columns.ts';

export const apiKeys = pgTable(
  'api_keys',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    name: text().notNull(),
    /** What is shown of it after it was made: "ink_live_a1b2". */
    prefix: text().notNull(),
    /** SHA-256 of the whole key: 256 random bits need no slow hash. */
    hash: text().notNull(),
    /** Permissions, at most those of who made it. */
    scopes: jsonb().$type<string[]>().notNull(),
    createdBy: text().notNull(),
    expiresAt: instant(),
    /** Written at most once a minute. */
    lastUsedAt: instant(),
    revokedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.hash), index().on(t.organizationId)],
);

/** Where an organization wants to be told what happened (Standard Webhooks 1.0). */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    url: text().notNull(),
    description: text().notNull().default(''),
    /** Event types; an empty list = all. */
    events: jsonb().$type<string[]>().notNull(),
    /** Sealed. */
    secret: text().notNull(),
    /** Sealed; signs beside the new one until `previousUntil`. */
    previousSecret: text(),
    previousUntil: instant(),
    /** Why nothing is sent there: 'off' by hand, 'gone' after a 410, 'failing' after five days; null = it is on. */
    disabled: text({ enum: ['off', 'gone', 'failing'] }),
    /** First failure since the last success. */
    failingSince: instant(),
    /** After a failure nothing is sent for a moment, but what a person asks for. */
    restUntil: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.organizationId)],
);

/** Something that happened, as it is told. The id is the receiver's key against duplicates. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    type: text().notNull(),
    data: jsonb().notNull(),
    at: instant().notNull(),
  },
  (t) => [index().on(t.organizationId, t.id), index().on(t.at)],
);

/** One event for one endpoint. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    endpointId: text()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    eventId: text()
      .notNull()
      .references(() => webhookEvents.id),
    state: text({ enum: ['pending', 'delivered', 'failed'] }).notNull(),
    attempts: integer().notNull().default(0),
    /** When it is tried next; moved by compare-and-set, which is the claim. Null = not any more. */
    nextAttemptAt: instant(),
    /** While it is being sent; what is left of it after a crash counts for nothing. */
    claimedUntil: instant(),
    /** The next attempt was asked for by a person. */
    byHand: boolean().notNull().default(false),
    deliveredAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex().on(t.endpointId, t.eventId),
    index().on(t.organizationId, t.id),
    index().on(t.eventId),
    index().on(t.nextAttemptAt),
    index('webhook_deliveries_over_index')
      .on(t.createdAt)
      .where(sql`${t.state} <> 'pending'`),
    index('webhook_deliveries_pending_index')
      .on(t.endpointId, t.nextAttemptAt)
      .where(sql`${t.state} = 'pending'`),
  ],
);

export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    organizationId: organizationId(),
    deliveryId: text()
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    n: integer().notNull(),
    at: instant().notNull(),
    /** HTTP status; null = no answer. */
    status: integer(),
    ms: integer().notNull(),
    /** 'timeout', 'redirect', 'network', 'refused_address'; null = answered. */
    error: text(),
    /** Sent by a person's replay. */
    byHand: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.deliveryId, t.n] })],
);
