import { and, eq, lte } from 'drizzle-orm';
import { z } from 'zod';
import { dataExports } from '#schema/index.ts';
import { defineJob } from '../../../kernel/define-job.ts';

/** Deletes the file of a copy whose 24 hours are over. */
export const expireCopy = defineJob({
  name: 'expire-copy',
  queue: 'job',
  input: z.object({ exportId: z.string() }),
  async run(ctx, { exportId }) {
    const over = and(
      eq(dataExports.id, exportId),
      eq(dataExports.organizationId, ctx.organizationId),
      eq(dataExports.state, 'ready'),
      lte(dataExports.expiresAt, ctx.now()),
    );
    const [row] = await ctx.read((q) => q.select({ storageKey: dataExports.storageKey }).from(dataExports).where(over));
    if (!row) return;
    if (row.storageKey) await ctx.ports.bindings.MEDIA.delete(row.storageKey);
    await ctx.read((q) => q.update(dataExports).set({ state: 'expired', storageKey: null }).where(over));
  },
});
