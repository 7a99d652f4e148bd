import type { z } from 'zod';
import type { affiliatePrograms } from '#schema/index.ts';
import type { program } from '#shared/contracts/affiliates.ts';

export const presentProgram = (row: typeof affiliatePrograms.$inferSelect): z.infer<typeof program> => ({
  id: row.id,
  name: row.name,
  shop: row.shop,
  currency: row.currency,
  state: row.state,
  rateNum: row.rateNum,
  rateDen: row.rateDen,
  windowDays: row.windowDays,
  allowedDomains: row.allowedDomains,
});
