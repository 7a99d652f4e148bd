import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, organizationId } from './columns.ts';

/** People are not tenant data: one person may belong to several organizations. */
export const users = pgTable(
  'users',
  {
    id: text().primaryKey(),
    email: text().notNull(),
    /** Trimmed, lower case, domain in ASCII: two spellings of one mailbox are one account. */
    emailKey: text().notNull(),
    passwordHash: text().notNull(),
    name: text().notNull(),
    locale: text().notNull().default('en'),
    disabledAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.emailKey)],
);

/** Wrong passwords in a row; in Postgres because the edge's rate binding only estimates. */
export const signInFailures = pgTable('sign_in_failures', {
  emailKey: text().primaryKey(),
  failures: integer().notNull().default(0),
  blockedUntil: instant(),
  updatedAt: instant().notNull().defaultNow(),
});

export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    organizationId: organizationId(),
    client: text({ enum: ['web', 'extension'] }).notNull(),
    userAgent: text(),
    createdAt: instant().notNull().defaultNow(),
    revokedAt: instant(),
    revokedReason: text(),
  },
  (t) => [index().on(t.userId)],
);

/** One row per refresh token ever issued; `usedAt` is set by compare-and-set, once. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    hash: text().primaryKey(),
    sessionId: text()
      .notNull()
      .references(() => sessions.id),
    usedAt: instant(),
    retryHash: text(),
    /** The reply given at first use, sealed under a key derived from token and retry id. */
    sealedReply: text(),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.sessionId)],
);

export const authorizationCodes = pgTable('authorization_codes', {
  hash: text().primaryKey(),
  userId: text()
    .notNull()
    .references(() => users.id),
  organizationId: organizationId(),
  clientId: text().notNull(),
  redirectUri: text().notNull(),
  codeChallenge: text().notNull(),
  expiresAt: instant().notNull(),
  usedAt: instant(),
  sessionId: text(),
});

export const organizations = pgTable('organizations', {
  id: text().primaryKey(),
  name: text().notNull(),
  currency: text().notNull(),
  timezone: text().notNull(),
  locale: text().notNull().default('en'),
  /** Thousandths: 2000 = 2.0x. Null = no target, no colours. */
  targetRoasMilli: integer(),
  floorRoasMilli: integer(),
  attributionWindowDays: integer().notNull().default(28),
  /** This organization's data key, wrapped by the key-encryption key named in keyVersion. */
  wrappedDataKey: text().notNull(),
  keyVersion: integer().notNull(),
  createdAt: instant().notNull().defaultNow(),
});

export const memberships = pgTable(
  'memberships',
  {
    organizationId: organizationId().references(() => organizations.id),
    userId: text()
      .notNull()
      .references(() => users.id),
    role: text({ enum: ['owner', 'admin', 'manager', 'analyst', 'client'] }).notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.userId] }), index().on(t.userId)],
);

/** Insert only for the app role. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: text().primaryKey(),
    organizationId: organizationId(),
    actor: text().notNull(),
    action: text().notNull(),
    object: text(),
    detail: jsonb(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.organizationId, t.at)],
);
