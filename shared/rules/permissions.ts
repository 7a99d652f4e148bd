/** What a person can be in an organization. `support` is the platform's staff on a visit, never a member. */
export const ROLES = ['owner', 'admin', 'manager', 'analyst', 'client'] as const;
export type Role = (typeof ROLES)[number];
export type Standing = Role | 'support';

/** Every permission there is, as `resource:action`; a grant may say `*` for either half. */
export const PERMISSIONS = [
  'organization:read',
  'organization:write',
  'organization:delete',
  'organization:transfer',
  'members:read',
  'members:write',
  'clients:read',
  'clients:write',
  'connections:read',
  'connections:write',
  'launches:read',
  'launches:write',
  'launches:approve',
  'launches:undo',
  'insights:read',
  'leads:read',
  'leads:write',
  'revenue:read',
  'affiliates:read',
  'affiliates:write',
  'embeds:read',
  'embeds:write',
  'keys:read',
  'keys:write',
  'webhooks:read',
  'webhooks:write',
  'audit:read',
  'privacy:export',
  'support:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/**
 * Who may do what. This table is the document: docs/security.md prints it, a test holds every route against it. An owner alone gives
 * the organization away or deletes it; a client reads the figures of its own ad accounts; support looks and changes nothing.
 */
export const ROLE_PERMISSIONS: Readonly<Record<Standing, readonly string[]>> = {
  owner: ['*:*'],
  admin: [
    'organization:read',
    'organization:write',
    'members:*',
    'clients:*',
    'connections:*',
    'launches:*',
    'insights:*',
    'leads:*',
    'revenue:*',
    'affiliates:*',
    'embeds:*',
    'keys:*',
    'webhooks:*',
    'audit:*',
    'privacy:export',
    'support:write',
  ],
  manager: [
    'organization:read',
    'members:read',
    'clients:read',
    'connections:read',
    'launches:*',
    'insights:*',
    'leads:*',
    'revenue:read',
    'affiliates:*',
    'embeds:read',
  ],
  analyst: [
    'organization:read',
    'members:read',
    'clients:read',
    'connections:read',
    'launches:read',
    'insights:read',
    'leads:read',
    'revenue:read',
    'affiliates:read',
    'embeds:read',
  ],
  client: ['organization:read', 'insights:read', 'launches:read'],
  support: ['organization:read', 'members:read', 'clients:read', 'connections:read', 'launches:read', 'insights:read', 'audit:read'],
};

/** Roles somebody may give, and take: nobody gives what they do not hold themselves. None for who may not change members. */
export function rolesGivenBy(held: Standing): Role[] {
  const grants = ROLE_PERMISSIONS[held];
  return may(grants, 'members:write') ? ROLES.filter((role) => ROLE_PERMISSIONS[role].every((wanted) => may(grants, wanted))) : [];
}

/** Whether any of the grants covers the permission. */
export function may(grants: readonly string[], wanted: string): boolean {
  const [resource, action] = wanted.split(':');
  return grants.some((held) => {
    const [on, doing] = held.split(':');
    return (on === '*' || on === resource) && (doing === '*' || doing === action);
  });
}
