import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { empty, id, knownCurrency, locale, role, timezone, windowDays } from './parts.ts';
import { me, tokens } from './identity.ts';

const organization = me.shape.organization.unwrap();
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
    timezone: timezone.default('UTC'),
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
      timezone,
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
