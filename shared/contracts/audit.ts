import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { cursor, id, instant, pageSize } from './parts.ts';

export const auditEntry = z.object({
  id,
  at: instant,
  actor: z.string(),
  /** Name of the person, key or job; null = it is gone. */
  actorName: z.string().nullable(),
  action: z.string(),
  object: z.string().nullable(),
  /** Name of the person, key, client, platform or invited address; null = it has none, or is gone. */
  objectName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
});
export const listAudit = defineContract({
  method: 'GET',
  path: '/v1/audit-log',
  access: { kind: 'member', permission: 'audit:read' },
  summary: 'Who did what, newest first',
  query: z.object({ cursor, limit: pageSize, actor: id.optional(), action: z.string().max(80).optional() }),
  response: z.object({
    entries: z.array(auditEntry),
    nextCursor: z.string().nullable(),
    /** Up to when the log is sealed by hashes, and whether every seal still fits. */
    sealedUntil: instant.nullable(),
    isIntact: z.boolean(),
  }),
});
