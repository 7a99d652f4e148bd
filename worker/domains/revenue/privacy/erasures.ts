import { and, eq, sql } from 'drizzle-orm';
import { erasures } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import type { StoreEvent } from '../../../platforms/stores/store-platform.ts';

/** Whom a fact of a shop speaks of: its customer's number and the order's. */
export interface Subject {
  customerId: string | null;
  orderIds: readonly string[];
}
interface ErasureKey {
  kind: 'shop_customer' | 'order';
  keyHash: string;
}

export function subjectOf(event: StoreEvent): Subject {
  if (event.kind === 'order') return { customerId: event.order.customer.id, orderIds: [event.order.sourceOrderId] };
  return { customerId: null, orderIds: event.kind === 'refund' ? [event.refund.sourceOrderId] : [] };
}

export async function erasureKeys(ctx: Context, shop: string, { customerId, orderIds }: Subject): Promise<ErasureKey[]> {
  const box = await ctx.box();
  const key = async (kind: ErasureKey['kind'], id: string): Promise<ErasureKey> => ({
    kind,
    keyHash: await box.lookupHash(kind, `${shop}|${id}`),
  });
  return Promise.all([...(customerId === null ? [] : [key('shop_customer', customerId)]), ...orderIds.map((id) => key('order', id))]);
}

const among = (ctx: Context, keys: readonly ErasureKey[]) =>
  and(
    eq(erasures.organizationId, ctx.organizationId),
    sql`(${erasures.kind}, ${erasures.keyHash}) in (${sql.join(
      keys.map((key) => sql`(${key.kind}, ${key.keyHash})`),
      sql`, `,
    )})`,
  );

/** Those of these keys that were erased. */
export async function erasedAmong(ctx: Context, keys: readonly ErasureKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await ctx.read((q) => q.select({ keyHash: erasures.keyHash }).from(erasures).where(among(ctx, keys)));
  return new Set(rows.map((row) => row.keyHash));
}

/** Whether this speaks of somebody who was forgotten. Until the transaction ends nobody else of the shop is forgotten. */
export async function isErased(ctx: Context, tx: Tx, shop: string, subject: Subject): Promise<boolean> {
  const keys = await erasureKeys(ctx, shop, subject);
  await tx.sql.execute(sql`select pg_advisory_xact_lock_shared(${lockOf(ctx, shop)})`);
  return (await tx.sql.$count(erasures, among(ctx, keys))) > 0;
}

/** Waits for whatever is being saved of a shop and lets nothing new begin until the transaction ends. */
export async function holdShop(ctx: Context, tx: Tx, shop: string): Promise<void> {
  await tx.sql.execute(sql`select pg_advisory_xact_lock(${lockOf(ctx, shop)})`);
}
const lockOf = (ctx: Context, shop: string) => sql`hashtextextended(${`erasure|${ctx.organizationId}|${shop}`}, 0)`;

export async function noteErased(ctx: Context, tx: Tx, keys: readonly ErasureKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.sql
    .insert(erasures)
    .values(keys.map((key) => ({ ...key, organizationId: ctx.organizationId, at: ctx.now() })))
    .onConflictDoNothing();
}
