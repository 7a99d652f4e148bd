import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, organizationId } from './columns.ts';

/** People are not tenant data: one person may belong to several organizations. */
export const users = pgTable(
  'users',
  {
    id: text().primaryKey(),
    email: text().notNull(),
    /** Trimmed, NFKC, lower case: two spellings of one mailbox are one account. */
    emailKey: text().notNull(),
    /** Null for who signs in by link or with Google only. */
    passwordHash: text(),
    name: text().notNull(),
    locale: text().notNull().default('en'),
    /** Sealed; counts only once `totpEnabledAt` is set. */
    totpSecret: text(),
    totpEnabledAt: instant(),
    /** Works for the platform: may see operations, and enter an organization that let support in. */
    isStaff: boolean().notNull().default(false),
    disabledAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [uniqueIndex().on(t.emailKey)],
);

/** Wrong passwords or codes in a row; in Postgres because the edge's rate binding only estimates. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    /** What is guessed at: a mailbox' key for its password, with or without an account, or "<user id>|codes". */
    key: text('email_key').primaryKey(),
    failures: integer().notNull().default(0),
    blockedUntil: instant(),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.updatedAt)],
);

export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** Where the person works now; null = in no organization. */
    organizationId: text(),
    client: text({ enum: ['web', 'extension'] }).notNull(),
    userAgent: text(),
    /** City and country as Cloudflare names them, such as "Rabat, MA"; null = unknown. */
    place: text(),
    /** How it began. */
    method: text({ enum: ['password', 'link', 'google', 'invitation', 'extension', 'support'] })
      .notNull()
      .default('password'),
    /** When the person last proved who they are: dangerous actions ask for a fresh proof. */
    provenAt: instant().notNull().defaultNow(),
    /** Written at most once in five minutes. */
    lastSeenAt: instant().notNull().defaultNow(),
    /** A staff member's visit to a customer, see supportVisits. */
    supportVisitId: text(),
    createdAt: instant().notNull().defaultNow(),
    revokedAt: instant(),
    revokedReason: text(),
  },
  (t) => [
    index().on(t.userId),
    index('sessions_revoked_index')
      .on(t.revokedAt)
      .where(sql`${t.revokedAt} is not null`),
  ],
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
  (t) => [index().on(t.sessionId), index().on(t.expiresAt)],
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
  /** When the person had last proven who they are: what the code gives is no fresher proof than what asked for it. */
  provenAt: instant(),
  expiresAt: instant().notNull(),
  usedAt: instant(),
  sessionId: text(),
});

/** A secret sent by mail, good once: found by the hash of what the link carries. */
export const oneTimeTokens = pgTable(
  'one_time_tokens',
  {
    hash: text().primaryKey(),
    purpose: text({ enum: ['sign_up', 'magic_link', 'reset_password', 'change_email', 'proof_code'] }).notNull(),
    /** Null for sign_up: nobody has an account before their address is proven. */
    userId: text().references(() => users.id),
    /** Sealed: what sign_up will create, the new address of change_email. */
    payload: text(),
    /** Of a code short enough to guess; counted before it is judged. */
    tries: integer().notNull().default(0),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.userId, t.purpose), index().on(t.expiresAt)],
);

/** The first factor was right and the second is asked for. At most five codes are judged, counted before they are. */
export const signInChallenges = pgTable('sign_in_challenges', {
  hash: text().primaryKey(),
  userId: text()
    .notNull()
    .references(() => users.id),
  method: text({ enum: ['password', 'link', 'google'] }).notNull(),
  tries: integer().notNull().default(0),
  expiresAt: instant().notNull(),
  usedAt: instant(),
});

/** Each time step of a person's second factor counts once; written in the transaction that succeeds by it. */
export const totpUses = pgTable(
  'totp_uses',
  {
    userId: text()
      .notNull()
      .references(() => users.id),
    step: bigint({ mode: 'number' }).notNull(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.step] })],
);

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** Salted and slow, like a password's. */
    hash: text().notNull(),
    usedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [index().on(t.userId)],
);

/** A person at a provider of identities. */
export const externalIdentities = pgTable(
  'external_identities',
  {
    provider: text({ enum: ['google'] }).notNull(),
    subject: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id),
    email: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.subject] }), index().on(t.userId)],
);

/** A sign-in at a provider that has begun: works once, in the browser that asked. */
export const signInStates = pgTable('sign_in_states', {
  stateHash: text().primaryKey(),
  provider: text({ enum: ['google'] }).notNull(),
  nonceHash: text().notNull(),
  /** Sealed. */
  codeVerifier: text().notNull(),
  returnTo: text().notNull(),
  /** Set when a signed-in person links the provider to their account: who, and in which session, which must still stand. */
  userId: text(),
  sessionId: text(),
  /** What an account begins with that may come of it; null = the page that asked said nothing. */
  beginning: jsonb().$type<{ currency: string; timezone: string; locale: string; agreed: { terms: string; privacy: string } | null }>(),
  expiresAt: instant().notNull(),
  usedAt: instant(),
});

/** What a person agreed to, by version. */
export const consents = pgTable(
  'consents',
  {
    userId: text()
      .notNull()
      .references(() => users.id),
    document: text({ enum: ['terms', 'privacy'] }).notNull(),
    version: text().notNull(),
    at: instant().notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.document, t.version] })],
);
