import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { emailAddress, id, instant } from './parts.ts';

/** For the platform's staff: how the machine is, never what is in it. */
export const readOperations = defineContract({
  method: 'GET',
  path: '/v1/staff/operations',
  access: { kind: 'staff' },
  summary: 'Queues, intake, connections and mail at a glance',
  response: z.object({
    at: instant,
    parts: z.array(z.object({ name: z.string(), state: z.enum(['ok', 'slow', 'down']), detail: z.string().nullable() })),
    /** Null = Postgres did not say in time. */
    outbox: z.object({ waiting: z.int(), oldestSeconds: z.int().nullable() }).nullable(),
    deadLetters: z.object({ open: z.int(), groups: z.int() }),
    intake: z.array(z.object({ source: z.string(), lagSeconds: z.int().nullable(), refusedToday: z.int() })),
    connections: z.array(z.object({ provider: z.string(), active: z.int(), expiring: z.int(), expired: z.int(), error: z.int() })),
    mails: z.object({ queued: z.int(), failedToday: z.int() }),
    webhooks: z.object({ pending: z.int(), failing: z.int() }),
    launches: z.object({
      running: z.int(),
      unclearItems: z.int(),
      oldestUnclearSeconds: z.int().nullable(),
      items: z.record(z.string(), z.int()),
    }),
  }),
});
export const deadLetterGroup = z.object({
  fingerprint: z.string(),
  job: z.string(),
  cause: z.string(),
  count: z.int(),
  organizations: z.int(),
  firstAt: instant,
  lastAt: instant,
  /** At most five, the newest first: to try one before the rest. */
  newest: z.array(z.object({ id, organizationId: z.string(), at: instant, attempts: z.int() })),
});
export const listDeadLetters = defineContract({
  method: 'GET',
  path: '/v1/staff/dead-letters',
  access: { kind: 'staff' },
  summary: 'Work that failed for good, grouped by cause',
  response: z.object({ groups: z.array(deadLetterGroup) }),
});
/** One letter, a group or, with `all`, every open one, at most 500 a call; `left` are still open. `dryRun` counts. Each goes the job's own repeatable way: to replay three times is to replay once. */
export const replayDeadLetters = defineContract({
  method: 'POST',
  path: '/v1/staff/dead-letters/replay',
  access: { kind: 'staff', stepUp: true },
  summary: 'Try a group, one letter or every letter again',
  body: z
    .object({
      fingerprint: z.string().max(300).optional(),
      id: id.optional(),
      all: z.boolean().default(false),
      dryRun: z.boolean().default(false),
    })
    .refine(({ fingerprint, id: letter, all }) => all === (fingerprint === undefined && letter === undefined), {
      path: ['fingerprint'],
      message: 'Name a group or a letter, or say that all are meant.',
    }),
  response: z.object({ count: z.int(), left: z.int() }),
});
export const dismissDeadLetters = defineContract({
  method: 'POST',
  path: '/v1/staff/dead-letters/dismiss',
  access: { kind: 'staff', stepUp: true },
  summary: 'Mark a group as harmless, with the reason',
  body: z.object({ fingerprint: z.string().max(300), why: z.string().trim().min(3).max(300) }),
  response: z.object({ count: z.int() }),
});

const person = z.object({
  email: emailAddress,
  /** Stands in the audit log of every organization the person belongs to. */
  why: z.string().trim().min(3).max(300),
});
/** Every session ends at once and none can be opened. Memberships and what the person made stay. */
export const disablePerson = defineContract({
  method: 'POST',
  path: '/v1/staff/people/disable',
  access: { kind: 'staff', stepUp: true },
  summary: 'Keep a person out, with the reason',
  body: person,
  response: z.object({ userId: id, sessionsEnded: z.int(), organizations: z.int() }),
});
export const enablePerson = defineContract({
  method: 'POST',
  path: '/v1/staff/people/enable',
  access: { kind: 'staff', stepUp: true },
  summary: 'Let a person in again, with the reason',
  body: person,
  response: z.object({ userId: id, organizations: z.int() }),
});

/** Under which key-encryption key sealed values are: version 0 is from before values had keys of their own. */
export const readSealedKeys = defineContract({
  method: 'GET',
  path: '/v1/staff/keys',
  access: { kind: 'staff' },
  summary: 'How many sealed values each key-encryption key still opens',
  response: z.object({
    newest: z.int(),
    left: z.int(),
    columns: z.array(z.object({ table: z.string(), column: z.string(), version: z.int(), count: z.int() })),
  }),
});
export const rewrapSealedKeys = defineContract({
  method: 'POST',
  path: '/v1/staff/keys/rewrap',
  access: { kind: 'staff', stepUp: true },
  summary: 'Bring every sealed value under the newest key-encryption key, now',
  status: 202,
  response: z.object({ left: z.int() }),
});
