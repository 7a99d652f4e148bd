import { z } from 'zod';
import { HOLD_KINDS } from '../rules/legal-holds.ts';
import { defineContract } from './define-contract.ts';
import { empty, id, instant } from './parts.ts';

export const dataExport = z.object({
  id,
  /** customer: about one customer of a connected shop, who asked the shop for it. */
  kind: z.enum(['organization', 'person', 'customer']),
  state: z.enum(['queued', 'ready', 'failed', 'expired']),
  bytes: z.int().nullable(),
  sha256: z.string().nullable(),
  /** Address of the file, good until expiresAt; null while there is none. */
  url: z.string().nullable(),
  expiresAt: instant.nullable(),
  createdAt: instant,
});
export type DataExport = z.infer<typeof dataExport>;
/** One JSON file with every row, and the files they name; it imports again with the same result. */
export const exportOrganization = defineContract({
  method: 'POST',
  path: '/v1/organization/exports',
  access: { kind: 'member', permission: 'privacy:export', stepUp: true },
  summary: "Make a copy of the organization's data",
  status: 202,
  response: dataExport,
});
export const listOrganizationExports = defineContract({
  method: 'GET',
  path: '/v1/organization/exports',
  access: { kind: 'member', permission: 'privacy:export', people: true },
  summary: "Copies of the organization's data",
  response: z.object({ exports: z.array(dataExport) }),
});
export const exportAccount = defineContract({
  method: 'POST',
  path: '/v1/account/exports',
  access: { kind: 'person', stepUp: true },
  summary: 'Make a copy of your own data',
  status: 202,
  response: dataExport,
});
export const listAccountExports = defineContract({
  method: 'GET',
  path: '/v1/account/exports',
  access: { kind: 'person' },
  summary: 'Copies of your own data',
  response: z.object({ exports: z.array(dataExport) }),
});
export const keptByLaw = z.array(z.object({ kind: z.enum(HOLD_KINDS), what: z.string(), why: z.string(), until: z.string().nullable() }));
/** Deleted for good after 7 days; until then it can be taken back. The answer says what the law makes us keep. */
export const deleteOrganization = defineContract({
  method: 'POST',
  path: '/v1/organization/deletion',
  access: { kind: 'member', permission: 'organization:delete', stepUp: true },
  summary: 'Delete the organization and everything in it',
  status: 202,
  body: z.object({ name: z.string().max(120) }),
  response: z.object({ dueAt: instant, kept: keptByLaw }),
});
export const keepOrganization = defineContract({
  method: 'DELETE',
  path: '/v1/organization/deletion',
  access: { kind: 'member', permission: 'organization:delete', people: true },
  summary: 'Take the deletion back',
  response: empty,
});
export const deleteAccount = defineContract({
  method: 'POST',
  path: '/v1/account/deletion',
  access: { kind: 'person', stepUp: true },
  summary: 'Delete your account after 7 days; who alone owns an organization hands it over or deletes it first',
  status: 202,
  response: z.object({ dueAt: instant, kept: keptByLaw }),
});
export const keepAccount = defineContract({
  method: 'DELETE',
  path: '/v1/account/deletion',
  access: { kind: 'person' },
  summary: 'Take the deletion of your account back',
  response: empty,
});
export const giveConsent = defineContract({
  method: 'POST',
  path: '/v1/account/consents',
  access: { kind: 'person' },
  summary: 'Agree to a version of the terms or the privacy notice',
  body: z.object({ document: z.enum(['terms', 'privacy']), version: z.string().max(40) }),
  response: empty,
});
/** Where a person who asked Meta to have their data deleted can follow it. */
export const readPlatformDeletion = defineContract({
  method: 'GET',
  path: '/v1/deletions/:code',
  access: { kind: 'public' },
  summary: 'How far a deletion asked for at a platform is',
  params: z.object({ code: z.string().min(16).max(80) }),
  response: z.object({ state: z.enum(['received', 'done']), receivedAt: instant, doneAt: instant.nullable() }),
});

/** The organization's week by mail on Mondays, for the member who asks. */
export const readDigest = defineContract({
  method: 'GET',
  path: '/v1/account/digest',
  access: { kind: 'member', permission: 'insights:read', people: true },
  summary: 'Whether the weekly digest of this organization comes to you',
  response: z.object({ weekly: z.boolean() }),
});
export const switchDigest = defineContract({
  method: 'PUT',
  path: '/v1/account/digest',
  access: { kind: 'member', permission: 'insights:read', people: true },
  summary: 'Switch the weekly digest of this organization on or off',
  body: z.object({ weekly: z.boolean() }),
  response: z.object({ weekly: z.boolean() }),
});
