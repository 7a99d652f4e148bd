import { storePlatform } from '../../../platforms/stores/registry.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { readShopRef } from '../../connections/index.ts';
import { withShop } from '../with-shop.ts';
import { readOrders } from './read-orders.ts';

/** Without read_all_orders a store shows the last 60 days. */
const BACKFILL_DAYS = 60;

/** After a shop was connected: our webhooks first, so that nothing falls between them and the orders it still shows. */
export const readShop = defineJob({
  ...readShopRef,
  run: (ctx, { connectionId }) =>
    withShop(ctx, connectionId, async (session) => {
      await storePlatform('shopify').subscribe(session, `${ctx.ports.settings.API_ORIGIN}/webhooks/shopify`);
      const since = new Date(ctx.now().getTime() - BACKFILL_DAYS * 86_400_000).toISOString();
      await ctx.transaction((tx) => tx.enqueue(readOrders, { connectionId, since }));
    }),
});
