import { and, eq, inArray } from 'drizzle-orm';
import { affiliatePrograms, affiliates, type orders } from '#schema/index.ts';
import { encodeClickId, readClickId } from '#shared/rules/click-id.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { clickMac } from './click-mac.ts';
import { CLICK_ATTRIBUTE, claimsOf } from './order-candidates.ts';

type OrderRow = typeof orders.$inferSelect;
export type Carriers = Pick<OrderRow, 'discountCodes' | 'attributes'>;

/**
 * What commission of an order is worked out from and no more, for an order whose buyer is to be forgotten: coupons of creators, and the
 * creator's link and second of a click without the part that tells one visit from another. Claims of the buyer's own are left out:
 * later nobody could tell any more that they were. Called while the buyer is still known.
 */
export async function keepCarriers(
  ctx: Context,
  tx: Tx,
  order: Pick<OrderRow, 'shop' | 'personId' | 'discountCodes' | 'attributes'>,
): Promise<Carriers> {
  const [program] = await tx.sql
    .select()
    .from(affiliatePrograms)
    .where(and(eq(affiliatePrograms.organizationId, ctx.organizationId), eq(affiliatePrograms.shop, order.shop)));
  if (!program) return { discountCodes: [], attributes: {} };
  const { coupons, click } = await claimsOf(ctx, tx, order, program);
  const read = click && (await readClickId(click, clickMac(ctx.ports)));
  return {
    discountCodes: coupons,
    attributes: read ? { [CLICK_ATTRIBUTE]: await encodeClickId({ ...read, random: new Uint8Array(6) }, clickMac(ctx.ports)) } : {},
  };
}

/** A creator who was this customer of the shop is no longer known by it. Null = every creator who was a customer there. */
export async function unlinkCustomer(ctx: Context, tx: Tx, shop: string, customerId: string | null): Promise<void> {
  const programs = tx.sql
    .select({ id: affiliatePrograms.id })
    .from(affiliatePrograms)
    .where(and(eq(affiliatePrograms.organizationId, ctx.organizationId), eq(affiliatePrograms.shop, shop)));
  await tx.sql
    .update(affiliates)
    .set({ shopCustomerId: null })
    .where(
      and(
        eq(affiliates.organizationId, ctx.organizationId),
        inArray(affiliates.programId, programs),
        customerId === null ? undefined : eq(affiliates.shopCustomerId, customerId),
      ),
    );
}
