import { and, eq, inArray, or } from 'drizzle-orm';
import { orders } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { unlinkCustomer } from '../../affiliates/index.ts';
import { forgetContacts } from '../../leads/index.ts';
import { forgetKeys } from '../../people/index.ts';
import { forgetBodies } from '../jobs/forget-bodies.ts';
import { erasureKeys, holdShop, noteErased } from './erasures.ts';
import { peopleOfCustomer, type ShopCustomer } from './people-of-customer.ts';
import { settleStripped, stripOrders } from './strip-orders.ts';

/**
 * Forgets a shop's customer in this organization: keys by which the person was known, answers of their leads, what orders held beside
 * amounts. Orders, refunds, credits and commission stay as they are, of a person nobody can name. Repeating it changes nothing.
 */
export async function forgetCustomer(
  ctx: Context,
  tx: Tx,
  shop: string,
  customer: ShopCustomer,
): Promise<{ people: number; orders: number; leads: number }> {
  await holdShop(ctx, tx, shop);
  const people = await peopleOfCustomer(ctx, tx, shop, customer);
  const stripped = await stripOrders(
    ctx,
    tx,
    or(inArray(orders.personId, people), and(eq(orders.shop, shop), inArray(orders.sourceOrderId, customer.orderIds))),
  );
  await noteErased(ctx, tx, [
    ...(await erasureKeys(ctx, shop, { customerId: customer.id, orderIds: customer.orderIds })),
    ...(await Promise.all(stripped.map((row) => erasureKeys(ctx, row.shop, { customerId: null, orderIds: [row.sourceOrderId] })))).flat(),
  ]);
  const leads = await forgetContacts(ctx, tx, people);
  await forgetKeys(ctx, tx, people);
  if (customer.id !== null) await unlinkCustomer(ctx, tx, shop, customer.id);
  await settleStripped(ctx, tx, stripped);
  for (const one of new Set([shop, ...stripped.map((row) => row.shop)])) await tx.enqueue(forgetBodies, { shop: one });
  return { people: people.length, orders: stripped.length, leads };
}
