import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, organizationId } from './columns.ts';

/** Work to publish, written in the same transaction as the change that asks for it. */
export const outbox = pgTable(
  'outbox',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    job: text().notNull(),
    input: jsonb().notNull(),
    notBefore: instant().notNull(),
    publishedAt: instant(),
    /** W3C traceparent of what asked for it. */
    trace: text(),
    createdAt: instant().notNull().defaultNow(),
  },
  // Nearly all rows are published: the index holds the others only. What is over is found by the second one.
  (t) => [
    index('outbox_unpublished_index')
      .on(t.notBefore)
      .where(sql`${t.publishedAt} is null`),
    index('outbox_published_index')
      .on(t.publishedAt)
      .where(sql`${t.publishedAt} is not null`),
  ],
);

/** Events of the outside that took effect, once each. */
export const inbox = pgTable(
  'inbox',
  {
    organizationId: organizationId(),
    source: text().notNull(),
    eventId: text().notNull(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.source, t.eventId] }), index().on(t.at)],
);

/** Jobs that failed for good; kept until replayed or dismissed. organizationId is 'system' when the job has none. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    job: text().notNull(),
    input: jsonb().notNull(),
    cause: text().notNull(),
    fingerprint: text().notNull(),
    attempts: integer().notNull(),
    at: instant().notNull().defaultNow(),
    /** 'replayed' or 'harmless', by whom and why. */
    resolution: text({ enum: ['replayed', 'harmless'] }),
    resolvedBy: text(),
    resolvedWhy: text(),
    resolvedAt: instant(),
  },
  (t) => [index().on(t.fingerprint)],
);

/** Calls that were sent with an Idempotency-Key, kept a day. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    organizationId: organizationId(),
    /** Who called, then the caller's own key. */
    key: text().notNull(),
    requestHash: text().notNull(),
    /** No longer written: the answer is in `answer`. */
    response: jsonb(),
    /** Null while the first call is still at work. */
    status: integer(),
    /** Sealed: body and headers. */
    answer: text(),
    /** Written in the transaction of the call itself: what it did stands, whether or not its answer was kept. */
    tookEffect: boolean().notNull().default(false),
    at: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.key] }), index().on(t.at)],
);

/** Refused webhooks by day and reason: not tenant data, the sender is not proven. */
export const webhookRefusals = pgTable(
  'webhook_refusals',
  {
    source: text().notNull(),
    reason: text().notNull(),
    day: date({ mode: 'string' }).notNull(),
    n: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.reason, t.day] })],
);
