import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { connections } from '#schema/index.ts';
import { createContext } from '../../../kernel/context.ts';
import { defineJob, type Job } from '../../../kernel/define-job.ts';
import { storePlatform } from '../../../platforms/stores/registry.ts';
import { withShop } from '../with-shop.ts';
import { backfillFrom, readOrders } from './read-orders.ts';

const HOURS = 48;
export interface Input {
  connectionId?: string | undefined;
}

/**
 * Hourly: what no webhook brought in the last 48 hours, and subscriptions the store removed after failures, are found again.
 * Without an organization it asks for one run per organization, there for one run per shop.
 */
export const reconcileOrders: Job<Input> = defineJob<Input>({
  name: 'reconcile-orders',
  queue: 'job',
  input: z.object({ connectionId: z.string().optional() }),
  async run(ctx, { connectionId }) {
    if (ctx.organizationId === '') {
      // Every shop's access ends within the hour, so each has a time at which it is due.
      const { rows } = await ctx.ports.database
        .within({})
        .read((q) => q.execute<{ organization_id: string }>(sql`select distinct organization_id from due_connections('infinity')`));
      for (const { organization_id: organizationId } of rows)
        await createContext(ctx.ports, organizationId, ctx.actor).transaction((tx) => tx.enqueue(reconcileOrders, {}));
    } else if (connectionId === undefined) {
      const shops = await ctx.read((q) =>
        q
          .select({ id: connections.id })
          .from(connections)
          .where(
            and(
              eq(connections.organizationId, ctx.organizationId),
              eq(connections.provider, 'shopify'),
              inArray(connections.status, ['active', 'expiring']),
            ),
          ),
      );
      if (shops.length > 0)
        await ctx.transaction(async (tx) => {
          for (const shop of shops) await tx.enqueue(reconcileOrders, { connectionId: shop.id });
        });
    } else {
      await withShop(ctx, connectionId, async (session) => {
        await storePlatform('shopify').subscribe(session, `${ctx.ports.settings.API_ORIGIN}/webhooks/shopify`);
        const [shop] = await ctx.read((q) =>
          q
            .select({ recordsFrom: connections.recordsFrom })
            .from(connections)
            .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId))),
        );
        // A back-fill that never came to its end is made again: until then revenue is unknown.
        const isKnown = shop !== undefined && shop.recordsFrom !== null;
        const since = (isKnown ? new Date(ctx.now().getTime() - HOURS * 3_600_000) : backfillFrom(ctx)).toISOString();
        await ctx.transaction((tx) => tx.enqueue(readOrders, { connectionId, since, ...(isKnown ? {} : { knownFrom: since }) }));
      });
    }
  },
});
