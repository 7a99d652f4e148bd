import { and, eq } from 'drizzle-orm';
import { adEntities, orders, organizations, refunds, touches } from '#schema/index.ts';
import { canonicalJson } from '#shared/rules/canonical-json.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import type { StoreOrder, StoreRefund } from '../../platforms/stores/store-platform.ts';
import { keepCarriers } from '../affiliates/index.ts';
import { attributePersonRef, findOrCreatePerson, type FoundPerson } from '../people/index.ts';
import { adOfOrder, orderKeys } from './order-keys.ts';
import { isErased } from './privacy/erasures.ts';
import { settleOrder } from './settle-order.ts';
import { tellOfOrder } from './tell-of-order.ts';
import type { OrderRow } from './order-facts.ts';

export interface ShopFacts {
  source: 'shopify';
  shop: string;
}
type Facts = Pick<
  OrderRow,
  'name' | 'sourceUpdatedAt' | 'currency' | 'discountCodes' | 'attributes' | 'isTest' | 'financialStatus' | 'placedAt' | 'cancelledAt'
> & { lines: StoreOrder['lines'] };

/**
 * One version of an order takes effect: the row holds the newest version, refunds are kept apart, and everything that follows (person,
 * touches, net, credits, commission) is worked out again from what is stored. Nothing depends on the order of arrival or on repeats.
 */
export async function saveOrder(ctx: Context, tx: Tx, { source, shop }: ShopFacts, order: StoreOrder): Promise<void> {
  const forgotten = await isErased(ctx, tx, shop, { customerId: order.customer.id, orderIds: [order.sourceOrderId] });
  for (const refund of order.refunds) await insertRefund(ctx, tx, { source, shop }, refund);
  const where = and(
    eq(orders.organizationId, ctx.organizationId),
    eq(orders.source, source),
    eq(orders.shop, shop),
    eq(orders.sourceOrderId, order.sourceOrderId),
  );
  const [known] = await tx.sql.select().from(orders).where(where);
  // People are locked before orders, here and wherever a lead comes in: two transactions never wait for each other in a circle.
  const found = await buyerOf(ctx, tx, forgotten ? null : order, shop, known?.personId ?? null);

  const told: Facts = {
    name: order.name,
    sourceUpdatedAt: order.updatedAt,
    currency: order.currency,
    lines: order.lines,
    discountCodes: order.discountCodes,
    attributes: order.attributes,
    isTest: order.isTest,
    financialStatus: order.financialStatus,
    placedAt: order.placedAt,
    cancelledAt: order.cancelledAt,
  };
  const first = forgotten ? { ...told, ...(await keepCarriers(ctx, tx, { ...told, shop, personId: found.personId })) } : told;
  await tx.sql
    .insert(orders)
    .values({
      id: ctx.newId('ord'),
      organizationId: ctx.organizationId,
      source,
      shop,
      sourceOrderId: order.sourceOrderId,
      ...first,
      grossMinor: 0,
      netMinor: 0,
      personId: found.personId,
      matchedBy: found.matchedBy === 'crm_contact' ? null : found.matchedBy,
      learnedAt: ctx.now(),
    })
    .onConflictDoNothing();
  const [row] = await tx.sql.select().from(orders).where(where).for('update');
  if (!row) throw new Error('The order vanished while it was saved.');
  // Of an order whose buyer was forgotten a later version brings amounts only.
  const facts: Facts = forgotten ? { ...told, discountCodes: row.discountCodes, attributes: row.attributes } : told;
  const newer = isNewer(facts, row);
  const personId = newer || row.personId === null ? found.personId : row.personId;
  if (newer || personId !== row.personId)
    await tx.sql
      .update(orders)
      .set({ ...(newer ? { ...facts, version: row.version + 1 } : {}), personId })
      .where(where);
  const isTouched = await touchOfLink(ctx, tx, row, personId, order);
  await settleOrder(ctx, tx, row.id);
  await tellOfOrder(ctx, tx, row.id, known ?? null);
  // A touch of this order, or people who turned out to be one, may change whose the person's other orders are.
  if (isTouched || found.joined.length > 0) await tx.enqueue(attributePersonRef, { personId });
  if (row.personId !== null && row.personId !== personId) await tx.enqueue(attributePersonRef, { personId: row.personId });
}

/** A refund may come before its order: then it waits in its row until the order arrives. */
export async function saveRefund(ctx: Context, tx: Tx, shop: ShopFacts, refund: StoreRefund): Promise<void> {
  await insertRefund(ctx, tx, shop, refund);
  const [order] = await tx.sql
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.organizationId, ctx.organizationId),
        eq(orders.source, shop.source),
        eq(orders.shop, shop.shop),
        eq(orders.sourceOrderId, refund.sourceOrderId),
      ),
    )
    .for('update');
  if (!order) return;
  await settleOrder(ctx, tx, order.id);
  await tellOfOrder(ctx, tx, order.id, order);
}

async function insertRefund(ctx: Context, tx: Tx, { source, shop }: ShopFacts, refund: StoreRefund): Promise<void> {
  await tx.sql
    .insert(refunds)
    .values({
      organizationId: ctx.organizationId,
      source,
      shop,
      sourceRefundId: refund.sourceRefundId,
      sourceOrderId: refund.sourceOrderId,
      lines: refund.lines,
      adjustmentMinor: refund.unlinedMinor,
      occurredAt: refund.occurredAt,
      learnedAt: ctx.now(),
    })
    .onConflictDoNothing();
}

/** Who bought. An order that says nothing about its buyer, or must not (null), is a person of its own, once. */
async function buyerOf(ctx: Context, tx: Tx, order: StoreOrder | null, shop: string, known: string | null): Promise<FoundPerson> {
  const [organization] = await tx.sql
    .select({ timezone: organizations.timezone })
    .from(organizations)
    .where(eq(organizations.id, ctx.organizationId));
  if (!organization) throw new Error('An order for an organization that is gone.');
  return findOrCreatePerson(ctx, tx, order === null ? [] : orderKeys(order, shop, organization.timezone), known);
}

const PROGRESS = ['pending', 'authorized', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'voided'];

/**
 * Later source time wins. Two versions of one instant (stores keep seconds) are told apart by how far the order has come, then by
 * their bytes: whichever arrives first, the same one stays.
 */
function isNewer(order: Facts, row: OrderRow): boolean {
  const age = order.sourceUpdatedAt.getTime() - row.sourceUpdatedAt.getTime();
  if (age !== 0) return age > 0;
  const progress = (one: Pick<Facts, 'financialStatus' | 'cancelledAt'>) =>
    PROGRESS.indexOf(one.financialStatus) + (one.cancelledAt ? 100 : 0);
  const steps = progress(order) - progress(row);
  if (steps !== 0) return steps > 0;
  // Canonical, because the database gives JSON back with its keys in another order.
  const bytes = (one: Pick<OrderRow, 'lines' | 'attributes' | 'discountCodes'>) =>
    canonicalJson([one.lines, one.attributes, one.discountCodes]);
  return bytes(order) > bytes(row);
}

/**
 * The click that brought the buyer, when the order's own link names one of our ads. Its time is not known; the visit that bought is.
 * Returns whether it is new.
 */
async function touchOfLink(ctx: Context, tx: Tx, row: OrderRow, personId: string, order: StoreOrder): Promise<boolean> {
  const source = `order:${row.id}`;
  if (personId !== row.personId)
    await tx.sql
      .update(touches)
      .set({ personId })
      .where(and(eq(touches.organizationId, ctx.organizationId), eq(touches.source, source)));
  const adExternalId = adOfOrder(order);
  if (adExternalId === null) return false;
  const [ad] = await tx.sql
    .select()
    .from(adEntities)
    .where(and(eq(adEntities.organizationId, ctx.organizationId), eq(adEntities.externalId, adExternalId), eq(adEntities.kind, 'ad')))
    .limit(1);
  if (!ad) return false;
  const added = await tx.sql
    .insert(touches)
    .values({
      id: ctx.newId('tch'),
      organizationId: ctx.organizationId,
      personId,
      kind: 'ad_click',
      accountId: ad.accountId,
      adExternalId,
      adSetExternalId: ad.adSetExternalId,
      campaignExternalId: ad.campaignExternalId,
      occurredAt: order.placedAt,
      source,
    })
    .onConflictDoNothing()
    .returning({ id: touches.id });
  if (added.length > 0)
    await tx.sql
      .update(orders)
      .set({ matchedBy: 'click_id' })
      .where(and(eq(orders.id, row.id), eq(orders.organizationId, ctx.organizationId)));
  return added.length > 0;
}
