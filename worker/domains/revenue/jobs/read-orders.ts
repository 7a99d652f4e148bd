import { z } from 'zod';
import type { Context } from '../../../kernel/context.ts';
import { defineJob, type Job } from '../../../kernel/define-job.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { storePlatform } from '../../../platforms/stores/registry.ts';
import type { StoreSession } from '../../../platforms/stores/store-platform.ts';
import { endRecords } from '../../connections/index.ts';
import { bumpDataVersion } from '../../insights/index.ts';
import { saveOrder } from '../save-order.ts';
import { withShop } from '../with-shop.ts';

/** A run may last a quarter of an hour; this many pages stay far below it. */
const PAGES_PER_RUN = 40;
/** Without read_all_orders a store shows the last 60 days. */
const BACKFILL_DAYS = 60;

export interface Input {
  connectionId: string;
  since: string;
  /** Of a back-fill: since when orders are known once it is done. */
  knownFrom?: string | undefined;
}

export const backfillFrom = (ctx: Context): Date => new Date(ctx.now().getTime() - BACKFILL_DAYS * 86_400_000);

/** Every order changed since an instant, each in a transaction of its own. What it cannot finish it hands on from where it stands. */
export const readOrders: Job<Input> = defineJob<Input>({
  name: 'read-orders',
  queue: 'job',
  input: z.object({ connectionId: z.string(), since: z.iso.datetime(), knownFrom: z.iso.datetime().optional() }),
  run: (ctx, { connectionId, since, knownFrom }) =>
    withShop(ctx, connectionId, async (session) => {
      const { reached, orders, isWhole } = await readSome(ctx, session, since);
      ctx.log.info('orders.read', { orders, isWhole });
      await ctx.transaction(async (tx) => {
        if (!isWhole) return tx.enqueue(readOrders, { connectionId, since: reached, knownFrom }, { delaySeconds: 5 });
        await endRecords(ctx, tx, connectionId, knownFrom === undefined ? null : new Date(knownFrom));
        if (knownFrom !== undefined) await bumpDataVersion(ctx, tx.sql);
      });
    }),
});

async function readSome(
  ctx: Context,
  session: StoreSession,
  since: string,
): Promise<{ reached: string; orders: number; isWhole: boolean }> {
  const progress = { reached: since, orders: 0 };
  let pages = 0;
  try {
    for await (const page of storePlatform('shopify').ordersSince(session, new Date(since))) {
      for (const order of page) {
        await ctx.transaction((tx) => saveOrder(ctx, tx, { source: 'shopify', shop: session.shop }, order));
        progress.reached = order.updatedAt.toISOString();
        progress.orders += 1;
      }
      pages += 1;
      if (pages >= PAGES_PER_RUN && progress.reached > since) return { ...progress, isWhole: false };
    }
    return { ...progress, isWhole: true };
  } catch (error) {
    // Pages come oldest change first, so everything up to here is done; without progress the job as a whole is tried again.
    if (error instanceof PlatformError && error.failure !== 'auth' && progress.reached > since) return { ...progress, isWhole: false };
    throw error;
  }
}
