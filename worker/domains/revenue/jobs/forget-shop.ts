import { and, asc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';
import { z } from 'zod';
import { connections, orders } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { defineJob, type Job } from '../../../kernel/define-job.ts';
import { unlinkCustomer } from '../../affiliates/index.ts';
import { keysOfLeads } from '../../leads/index.ts';
import { forgetKeys, lockPeople } from '../../people/index.ts';
import { holdShop } from '../privacy/erasures.ts';
import { settleStripped, stripOrders } from '../privacy/strip-orders.ts';
import { forgetBodies } from './forget-bodies.ts';

const PEOPLE_PER_RUN = 100;

export interface Input {
  shop: string;
  connectionId: string;
  /** The last person done. */
  after?: string | undefined;
}

/**
 * Forgets all customers of a shop that removed the app: whole people at a time, because a buyer's own claims can be told only while
 * the buyer is known. What the organization's own lead forms said of somebody was not the shop's and stays.
 */
export const forgetShop: Job<Input> = defineJob<Input>({
  name: 'forget-shop',
  queue: 'job',
  input: z.object({ shop: z.string(), connectionId: z.string(), after: z.string().optional() }),
  run: (ctx, { shop, connectionId, after }) =>
    ctx.transaction(async (tx) => {
      await holdShop(ctx, tx, shop);
      const [removed] = await tx.sql
        .select({ id: connections.id })
        .from(connections)
        .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId), eq(connections.status, 'revoked')))
        .for('update');
      if (!removed) return ctx.log.warn('privacy.shop_connected_again', { connectionId });
      const buyers = await tx.sql
        .selectDistinct({ id: orders.personId })
        .from(orders)
        .where(
          and(
            eq(orders.organizationId, ctx.organizationId),
            eq(orders.shop, shop),
            isNotNull(orders.personId),
            after === undefined ? undefined : gt(orders.personId, after),
          ),
        )
        .orderBy(asc(orders.personId))
        .limit(PEOPLE_PER_RUN);
      const people = await lockPeople(
        ctx,
        tx,
        buyers.map((row) => row.id as string),
      );
      const stripped = await stripOrders(ctx, tx, and(eq(orders.shop, shop), inArray(orders.personId, people)));
      const elsewhere = await buyersElsewhere(ctx, tx, shop, people);
      const ours = people.filter((id) => !elsewhere.has(id));
      await forgetKeys(ctx, tx, ours, await keysOfLeads(ctx, tx, ours));
      await settleStripped(ctx, tx, stripped);
      const last = buyers.at(-1)?.id;
      if (buyers.length === PEOPLE_PER_RUN && last) return tx.enqueue(forgetShop, { shop, connectionId, after: last });
      await unlinkCustomer(ctx, tx, shop, null);
      await tx.audit('privacy.shop_forgotten', connectionId, { shop });
      await tx.enqueue(forgetBodies, { shop, whole: true });
    }),
});

/** Those who also bought in another shop: which of their keys came from there nobody knows, so they keep them. */
async function buyersElsewhere(ctx: Context, tx: Tx, shop: string, people: readonly string[]): Promise<Set<string | null>> {
  const rows = await tx.sql
    .selectDistinct({ id: orders.personId })
    .from(orders)
    .where(and(eq(orders.organizationId, ctx.organizationId), ne(orders.shop, shop), inArray(orders.personId, [...people])));
  return new Set(rows.map((row) => row.id));
}
