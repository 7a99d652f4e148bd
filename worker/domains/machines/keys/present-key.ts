import type { apiKeys } from '#schema/index.ts';
import { scope, type ApiKey } from '#shared/contracts/machines.ts';

export const presentKey = (row: typeof apiKeys.$inferSelect, now: Date): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  // A scope that is no more opens nothing: it is not shown.
  scopes: row.scopes.flatMap((one) => scope.safeParse(one).data ?? []),
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  state: row.revokedAt ? 'revoked' : row.expiresAt && row.expiresAt <= now ? 'expired' : 'active',
});
