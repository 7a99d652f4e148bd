import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ROLES } from '#shared/rules/permissions.ts';
import { instant, organizationId } from './columns.ts';
import { users } from './identity.ts';

export const organizations = pgTable(
  'organizations',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** Its own word in addresses: lower case letters, digits and dashes. */
    slug: text()
      .notNull()
      .default(sql`'o-' || substr(md5(random()::text), 1, 12)`),
    /** Key of the logo in storage; null = none. */
    logoKey: text(),
    currency: text().notNull(),
    timezone: text().notNull(),
    locale: text().notNull().default('en'),
    /** Thousandths: 2000 = 2.0x. Null = no target, no colours. */
    targetRoasMilli: integer(),
    floorRoasMilli: integer(),
    attributionModel: text().notNull().default('last_touch'),
    attributionWindowDays: integer().notNull().default(28),
    /** Name templates new launches start from, per level; null = the builder's own. */
    namingPolicy: jsonb().$type<{ campaign: string; adSet: string; ad: string }>(),
    /** This organization's data key, wrapped by the key-encryption key named in keyVersion. */
    wrappedDataKey: text().notNull(),
    keyVersion: integer().notNull(),
    /** Asked to be deleted: gone for good after this time. */
    deletionDueAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.slug)],
);

export const memberships = pgTable(
  'memberships',
  {
    organizationId: organizationId().references(() => organizations.id),
    userId: text()
      .notNull()
      .references(() => users.id),
    role: text({ enum: ROLES }).notNull(),
    /** Set for the role `client` and for no other: the one client whose figures this person sees. */
    clientId: text(),
    /** Whether the organization's week comes by mail on Mondays. */
    weeklyDigest: boolean().notNull().default(true),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.userId] }), index().on(t.userId)],
);

/** An agency's customer. */
export const clients = pgTable(
  'clients',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    name: text().notNull(),
    logoKey: text(),
    /** "#1a2b3c"; null = the organization's own look. */
    colour: text(),
    archivedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.organizationId)],
);

/** Which ad accounts are a client's; an account belongs to one client at most. */
export const clientAccounts = pgTable(
  'client_accounts',
  {
    organizationId: organizationId(),
    accountId: text().notNull(),
    clientId: text()
      .notNull()
      .references(() => clients.id),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.accountId] }), index().on(t.clientId)],
);

export const invitations = pgTable(
  'invitations',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    email: text().notNull(),
    emailKey: text().notNull(),
    role: text({ enum: ROLES }).notNull(),
    clientId: text(),
    /** Of the secret in the newest mail; an older link is good no more. */
    tokenHash: text().notNull(),
    invitedBy: text().notNull(),
    sentAt: instant().notNull(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    acceptedBy: text(),
    revokedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex().on(t.tokenHash),
    // One open invitation per address.
    uniqueIndex('invitations_open_index')
      .on(t.organizationId, t.emailKey)
      .where(sql`${t.acceptedAt} is null and ${t.revokedAt} is null`),
  ],
);

/** The customer lets the platform's staff in, until a time. */
export const supportGrants = pgTable(
  'support_grants',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    grantedBy: text().notNull(),
    reason: text().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.organizationId)],
);

/** One staff member inside one organization, under a grant; ends with it. */
export const supportVisits = pgTable(
  'support_visits',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    grantId: text()
      .notNull()
      .references(() => supportGrants.id),
    userId: text()
      .notNull()
      .references(() => users.id),
    reason: text().notNull(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
    /** The session the visit was begun from: where leaving leads back to. */
    homeSessionId: text(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.organizationId)],
);

/** Insert only for the app role. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    actor: text().notNull(),
    /** Session of a person, id of a key; null for jobs and webhooks. */
    via: text(),
    action: text().notNull(),
    object: text(),
    detail: jsonb(),
    /** Keyed hash of the caller's network. */
    ipHash: text(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.organizationId, t.at)],
);

/** A hash over all audit rows up to a time, chained to the one before: rows changed or taken away later no longer fit. Insert only. */
export const auditSeals = pgTable(
  'audit_seals',
  {
    organizationId: organizationId(),
    n: integer().notNull(),
    fromAt: instant().notNull(),
    untilAt: instant().notNull(),
    rows: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.n] })],
);

/** The newest look at an organization's audit log: whether every sealed row is still what was sealed. */
export const auditChecks = pgTable('audit_checks', {
  organizationId: organizationId().primaryKey(),
  sealedUntil: instant(),
  isIntact: boolean().notNull(),
  at: instant().notNull(),
});
