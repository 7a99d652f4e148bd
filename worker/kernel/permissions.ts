import type { z } from 'zod';
import type { role } from '#shared/contracts/parts.ts';

export type Role = z.infer<typeof role>;

/** Who may do what: `resource:action`, `*` matches any. This table is the document. */
export const ROLE_PERMISSIONS: Record<Role, readonly string[]> = {
  owner: ['*:*'],
  admin: ['*:*'],
  manager: ['organization:read', 'connections:read', 'launches:*', 'insights:*', 'leads:*', 'revenue:read', 'affiliates:*', 'embeds:read'],
  analyst: [
    'organization:read',
    'connections:read',
    'launches:read',
    'insights:read',
    'leads:read',
    'revenue:read',
    'affiliates:read',
    'embeds:read',
  ],
  client: ['organization:read', 'insights:read', 'launches:read'],
};

export function may(permissions: readonly string[], wanted: string): boolean {
  const [resource, action] = wanted.split(':');
  return permissions.some((held) => {
    const [r, a] = held.split(':');
    return (r === '*' || r === resource) && (a === '*' || a === action);
  });
}
