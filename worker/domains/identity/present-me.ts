import type { InferSelectModel } from 'drizzle-orm';
import type { organizations, users } from '#schema/index.ts';
import type { Me } from '#shared/contracts/identity.ts';
import { ROLE_PERMISSIONS, type Role } from '../../kernel/permissions.ts';

export const presentOrganization = (row: InferSelectModel<typeof organizations>): Me['organization'] => ({
  id: row.id,
  name: row.name,
  currency: row.currency,
  timezone: row.timezone,
  locale: row.locale as Me['organization']['locale'],
  targetRoasMilli: row.targetRoasMilli,
  floorRoasMilli: row.floorRoasMilli,
  attributionWindowDays: row.attributionWindowDays,
});

export const presentMe = (user: InferSelectModel<typeof users>, organization: InferSelectModel<typeof organizations>, role: Role): Me => ({
  user: { id: user.id, email: user.email, name: user.name, locale: user.locale as Me['user']['locale'] },
  organization: presentOrganization(organization),
  role,
  permissions: [...ROLE_PERMISSIONS[role]],
});
