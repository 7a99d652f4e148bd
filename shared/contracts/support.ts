import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { empty, id, instant } from './parts.ts';
import { tokens } from './identity.ts';

export const supportGrant = z.object({
  id,
  reason: z.string(),
  grantedBy: z.string(),
  expiresAt: instant,
  revokedAt: instant.nullable(),
  visits: z.array(z.object({ name: z.string(), reason: z.string(), at: instant, endedAt: instant.nullable() })),
});
export const listSupport = defineContract({
  method: 'GET',
  path: '/v1/support-access',
  access: { kind: 'member', permission: 'audit:read' },
  summary: 'When support was let in, and what visits there were',
  response: z.object({ grants: z.array(supportGrant) }),
});
export const grantSupport = defineContract({
  method: 'POST',
  path: '/v1/support-access',
  access: { kind: 'member', permission: 'support:write', stepUp: true },
  summary: 'Let our support look, for at most 72 hours',
  status: 201,
  body: z.object({ reason: z.string().trim().min(3).max(300), hours: z.int().min(1).max(72) }),
  response: supportGrant,
});
export const revokeSupport = defineContract({
  method: 'DELETE',
  path: '/v1/support-access/:id',
  access: { kind: 'member', permission: 'support:write', people: true },
  summary: 'Let support in no longer; open visits end',
  params: z.object({ id }),
  response: empty,
});
export const listOpenSupport = defineContract({
  method: 'GET',
  path: '/v1/staff/support-access',
  access: { kind: 'staff' },
  summary: 'Organizations that let support in right now',
  response: z.object({
    grants: z.array(z.object({ id, organizationId: id, organization: z.string(), reason: z.string(), expiresAt: instant })),
  }),
});
/** The visit is a session of its own length: an hour, or until the grant ends. */
export const enterAsSupport = defineContract({
  method: 'POST',
  path: '/v1/staff/support-access/:id/enter',
  access: { kind: 'staff', stepUp: true },
  summary: 'Visit an organization that let support in',
  params: z.object({ id }),
  body: z.object({ organizationId: id, reason: z.string().trim().min(3).max(300) }),
  response: tokens.omit({ refreshToken: true }),
});
export const leaveAsSupport = defineContract({
  method: 'POST',
  path: '/v1/staff/leave',
  access: { kind: 'staff' },
  summary: 'End the visit and go back',
  response: tokens.omit({ refreshToken: true }),
});
