import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { id, instant } from './parts.ts';

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'Give a colour such as #1a2b3c.');

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
