import type { InferSelectModel } from 'drizzle-orm';
import type { clients, memberships, organizations, supportVisits, users } from '#schema/index.ts';
import type { Me, OrganizationOfMe } from '#shared/contracts/identity.ts';
import { ROLE_PERMISSIONS } from '#shared/rules/permissions.ts';

export const presentOrganization = (row: InferSelectModel<typeof organizations>): OrganizationOfMe => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  logo: row.logoKey === null ? null : `/v1/organization/logo?v=${row.logoKey.slice(-8)}`,
  currency: row.currency,
  timezone: row.timezone,
  locale: row.locale as OrganizationOfMe['locale'],
  targetRoasMilli: row.targetRoasMilli,
  floorRoasMilli: row.floorRoasMilli,
  attributionModel: row.attributionModel as OrganizationOfMe['attributionModel'],
  attributionWindowDays: row.attributionWindowDays,
  namingPolicy: row.namingPolicy,
  deletionDueAt: row.deletionDueAt?.toISOString() ?? null,
});

/** Where a client's logo is; its last signs change with it. */
export const clientLogo = ({ id, logoKey }: Pick<InferSelectModel<typeof clients>, 'id' | 'logoKey'>): string | null =>
  logoKey === null ? null : `/v1/clients/${id}/logo?v=${logoKey.slice(-8)}`;

export function presentMe(row: {
  user: InferSelectModel<typeof users>;
  organization: InferSelectModel<typeof organizations> | null;
  membership: InferSelectModel<typeof memberships> | null;
  client: InferSelectModel<typeof clients> | null;
  visit: InferSelectModel<typeof supportVisits> | null;
}): Me {
  // An archived client's logins lead nowhere.
  const role = row.client?.archivedAt ? null : (row.membership?.role ?? (row.visit ? 'support' : null));
  return {
    user: {
      id: row.user.id,
      email: row.user.email,
      name: row.user.name,
      locale: row.user.locale as Me['user']['locale'],
      isStaff: row.user.isStaff,
    },
    organization: row.organization && role ? presentOrganization(row.organization) : null,
    role,
    permissions: role ? [...ROLE_PERMISSIONS[role]] : [],
    client: role && row.client && { id: row.client.id, name: row.client.name, logo: clientLogo(row.client), colour: row.client.colour },
    supportUntil: row.visit?.expiresAt.toISOString() ?? null,
  };
}
