import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import {
  cursor,
  emailAddress,
  empty,
  id,
  instant,
  knownCurrency,
  linkToken,
  locale,
  newPassword,
  pageSize,
  role,
  windowDays,
} from './parts.ts';
import { me, tokens } from './identity.ts';

const organization = me.shape.organization.unwrap();
const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'Give a colour such as #1a2b3c.');
const nameTemplate = z.string().trim().min(1).max(400);

export const listOrganizations = defineContract({
  method: 'GET',
  path: '/v1/organizations',
  access: { kind: 'person' },
  summary: 'Organizations you belong to',
  response: z.object({ organizations: z.array(z.object({ id, name: z.string(), slug: z.string(), role })) }),
});
export const createOrganization = defineContract({
  method: 'POST',
  path: '/v1/organizations',
  access: { kind: 'person' },
  summary: 'Found another organization and go there',
  status: 201,
  body: z.object({
    name: z.string().trim().min(1).max(120),
    currency: knownCurrency.default('EUR'),
    timezone: z.string().max(64).default('UTC'),
    locale: locale.default('en'),
  }),
  response: tokens.omit({ refreshToken: true }),
});
/** This session goes to another organization of yours; its other tabs follow at their next call. */
export const switchOrganization = defineContract({
  method: 'POST',
  path: '/v1/organizations/:id/enter',
  access: { kind: 'person' },
  summary: 'Work in another organization of yours',
  params: z.object({ id }),
  response: tokens.omit({ refreshToken: true }),
});
export const updateOrganization = defineContract({
  method: 'PATCH',
  path: '/v1/organization',
  access: { kind: 'member', permission: 'organization:write' },
  summary: 'Change the organization settings',
  body: z
    .object({
      name: z.string().trim().min(1).max(120),
      slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/, 'Use 3 to 40 lower case letters, digits and dashes.'),
      currency: knownCurrency,
      timezone: z.string().max(64),
      locale,
      targetRoasMilli: z.int().min(0).max(1_000_000).nullable(),
      floorRoasMilli: z.int().min(0).max(1_000_000).nullable(),
      attributionModel: z.enum(['last_touch']),
      attributionWindowDays: windowDays,
      namingPolicy: z.object({ campaign: nameTemplate, adSet: nameTemplate, ad: nameTemplate }).nullable(),
    })
    .partial(),
  response: organization,
});
/** PUT: the bytes of a PNG, JPEG or WebP, at most 512 kB and 2000 × 2000 pixels, answers the organization. GET: the bytes; needs the session, as every call. */
export const organizationLogoPath = '/v1/organization/logo';
export const removeOrganizationLogo = defineContract({
  method: 'DELETE',
  path: organizationLogoPath,
  access: { kind: 'member', permission: 'organization:write' },
  summary: 'Take the logo away',
  response: organization,
});
export const transferOwnership = defineContract({
  method: 'POST',
  path: '/v1/organization/transfer',
  access: { kind: 'member', permission: 'organization:transfer', stepUp: true },
  summary: 'Make another member the owner; you become an admin',
  body: z.object({ userId: id }),
  response: empty,
});
export const leaveOrganization = defineContract({
  method: 'POST',
  path: '/v1/organization/leave',
  access: { kind: 'member', permission: 'organization:read', people: true },
  summary: 'Leave this organization; its last owner cannot',
  response: empty,
});

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

export const client = z.object({
  id,
  name: z.string(),
  logo: z.string().nullable(),
  colour: z.string().nullable(),
  accountIds: z.array(id),
  people: z.int(),
  archivedAt: instant.nullable(),
});
export type Client = z.infer<typeof client>;
export const listClients = defineContract({
  method: 'GET',
  path: '/v1/clients',
  access: { kind: 'member', permission: 'clients:read' },
  summary: "An agency's clients",
  response: z.object({ clients: z.array(client) }),
});
export const createClient = defineContract({
  method: 'POST',
  path: '/v1/clients',
  access: { kind: 'member', permission: 'clients:write' },
  summary: 'Add a client',
  status: 201,
  body: z.object({
    name: z.string().trim().min(1).max(120),
    colour: colour.nullable().default(null),
    accountIds: z.array(id).max(500).default([]),
  }),
  response: client,
});
/** accountIds replaces the whole list; an account of another client is refused by name. */
export const updateClient = defineContract({
  method: 'PATCH',
  path: '/v1/clients/:id',
  access: { kind: 'member', permission: 'clients:write' },
  summary: 'Change a client and its ad accounts',
  params: z.object({ id }),
  body: z
    .object({ name: z.string().trim().min(1).max(120), colour: colour.nullable(), accountIds: z.array(id).max(500), archived: z.boolean() })
    .partial(),
  response: client,
});

/** As the organization's: PUT answers the client. */
export const clientLogoPath = '/v1/clients/:id/logo';
export const removeClientLogo = defineContract({
  method: 'DELETE',
  path: clientLogoPath,
  access: { kind: 'member', permission: 'clients:write' },
  summary: "Take a client's logo away",
  params: z.object({ id }),
  response: client,
});

export const auditEntry = z.object({
  id,
  at: instant,
  actor: z.string(),
  /** Name of the person, key or job; null = it is gone. */
  actorName: z.string().nullable(),
  action: z.string(),
  object: z.string().nullable(),
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
