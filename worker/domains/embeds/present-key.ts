import type { z } from 'zod';
import type { embedKeys } from '#schema/index.ts';
import type { embedKey } from '#shared/contracts/embeds.ts';

export const presentKey = (row: typeof embedKeys.$inferSelect): z.infer<typeof embedKey> => ({
  id: row.id,
  publicKey: row.publicKey,
  kind: row.kind,
  origin: row.origin,
  active: row.active,
  createdAt: row.createdAt.toISOString(),
});
