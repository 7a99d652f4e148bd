import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { emailAddress, empty, id, instant, linkToken, locale, newPassword, role } from './parts.ts';
import { tokens } from './identity.ts';

export const member = z.object({
  userId: id,
  name: z.string(),
  email: z.string(),
  role,
  client: z.object({ id, name: z.string() }).nullable(),
  hasSecondFactor: z.boolean(),
  joinedAt: instant,
  lastSeenAt: instant.nullable(),
});
export type Member = z.infer<typeof member>;
export const listMembers = defineContract({
  method: 'GET',
  path: '/v1/members',
  access: { kind: 'member', permission: 'members:read' },
  summary: 'Members of the organization',
  response: z.object({ members: z.array(member) }),
});
/** The role `client` needs a clientId, no other role may have one. Nobody gives what they do not hold: only an owner makes owners. */
export const updateMember = defineContract({
  method: 'PATCH',
  path: '/v1/members/:userId',
  access: { kind: 'member', permission: 'members:write', stepUp: true },
  summary: "Change a member's role",
  params: z.object({ userId: id }),
  body: z.object({ role, clientId: id.nullable().default(null) }),
  response: member,
});
export const removeMember = defineContract({
  method: 'DELETE',
  path: '/v1/members/:userId',
  access: { kind: 'member', permission: 'members:write', people: true },
  summary: 'Remove a member; their sessions here end',
  params: z.object({ userId: id }),
  response: empty,
});

export const invitation = z.object({
  id,
  email: z.string(),
  role,
  client: z.object({ id, name: z.string() }).nullable(),
  state: z.enum(['open', 'expired', 'accepted', 'revoked']),
  invitedBy: z.string(),
  sentAt: instant,
  expiresAt: instant,
});
export type Invitation = z.infer<typeof invitation>;
export const listInvitations = defineContract({
  method: 'GET',
  path: '/v1/invitations',
  access: { kind: 'member', permission: 'members:read' },
  summary: 'Invitations, newest first',
  response: z.object({ invitations: z.array(invitation) }),
});
export const invite = defineContract({
  method: 'POST',
  path: '/v1/invitations',
  access: { kind: 'member', permission: 'members:write', people: true },
  summary: 'Invite somebody by e-mail; good for seven days',
  status: 201,
  body: z.object({ email: emailAddress, role, clientId: id.nullable().default(null) }),
  response: invitation,
});
export const resendInvitation = defineContract({
  method: 'POST',
  path: '/v1/invitations/:id/resend',
  access: { kind: 'member', permission: 'members:write', people: true },
  summary: 'Send an invitation again with a fresh link; the older link is good no more',
  params: z.object({ id }),
  response: invitation,
});
export const revokeInvitation = defineContract({
  method: 'DELETE',
  path: '/v1/invitations/:id',
  access: { kind: 'member', permission: 'members:write', people: true },
  summary: 'Take an invitation back',
  params: z.object({ id }),
  response: empty,
});
/** What an invited person sees before they decide. */
export const readInvitation = defineContract({
  method: 'POST',
  path: '/v1/invitations/read',
  access: { kind: 'public' },
  summary: 'Read an invitation with the link of its mail',
  body: z.object({ token: linkToken }),
  response: z.object({
    organization: z.string(),
    invitedBy: z.string(),
    email: z.string(),
    role,
    hasAccount: z.boolean(),
    expiresAt: instant,
  }),
});
/** Somebody without an account gives name and password; the link proves the address. Who has an account signs in and accepts as a person. */
export const joinByInvitation = defineContract({
  method: 'POST',
  path: '/v1/invitations/join',
  access: { kind: 'public' },
  summary: 'Create an account from an invitation and join',
  body: z.object({ token: linkToken, name: z.string().trim().min(1).max(120), password: newPassword, locale: locale.default('en') }),
  response: tokens,
});
export const acceptInvitation = defineContract({
  method: 'POST',
  path: '/v1/invitations/accept',
  access: { kind: 'person' },
  summary: 'Join the inviting organization; the address must be yours',
  body: z.object({ token: linkToken }),
  response: tokens.omit({ refreshToken: true }),
});
