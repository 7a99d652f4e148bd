import { storePlatform } from '../../../platforms/stores/registry.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { beginRecords, readShopRef } from '../../connections/index.ts';
import { withShop } from '../with-shop.ts';
import { backfillFrom, readOrders } from './read-orders.ts';

/** After a shop was connected: our webhooks first, so that nothing falls between them and the orders it still shows. */
export const readShop = defineJob({
  ...readShopRef,
  run: (ctx, { connectionId }) =>
    withShop(ctx, connectionId, async (session) => {
      await storePlatform('shopify').subscribe(session, `${ctx.ports.settings.API_ORIGIN}/webhooks/shopify`);
      const since = backfillFrom(ctx);
      await ctx.transaction(async (tx) => {
        const knownFrom = await beginRecords(ctx, tx, connectionId, since);
        await tx.enqueue(readOrders, { connectionId, since: since.toISOString(), knownFrom: knownFrom.toISOString() });
      });
    }),
});
