import { and, eq, inArray } from 'drizzle-orm';
import { affiliateLinks, affiliates, personKeys, type affiliatePrograms, type orders } from '#schema/index.ts';
import { readClickId } from '#shared/rules/click-id.ts';
import type { Candidate } from '#shared/rules/resolve-affiliate.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { clickMac } from './click-mac.ts';
import { couponKey } from './coupon-key.ts';
import { wasApproved, wasOpen, type Terms } from './terms.ts';

type OrderRow = typeof orders.$inferSelect;
/** What of an order can carry a claim, and who bought. */
type Claimed = Pick<OrderRow, 'shop' | 'personId' | 'discountCodes' | 'attributes'>;
type AffiliateRow = typeof affiliates.$inferSelect;
type ProgramRow = typeof affiliatePrograms.$inferSelect;

/** The cart attribute under which the storefront script hands on the click id. */
export const CLICK_ATTRIBUTE = 'inlay_click';

export const hasCarrier = (order: Pick<OrderRow, 'discountCodes' | 'attributes'>): boolean =>
  order.discountCodes.length > 0 || Boolean(order.attributes[CLICK_ATTRIBUTE]);

/** Every carrier of an order that claims to be a creator's, with the facts that decide it. A merchant's own coupon is nobody's claim. */
export async function orderCandidates(
  ctx: Context,
  tx: Tx,
  order: OrderRow,
  program: ProgramRow,
  history: readonly Terms[],
): Promise<Candidate[]> {
  const coupons = await byCoupon(ctx, tx, order, program);
  const click = await byClick(ctx, tx, order, program);
  const own = await selfReferrals(ctx, tx, order, [...coupons, ...(click?.affiliate ? [click.affiliate] : [])]);
  const facts = (affiliate: AffiliateRow, at: Date) => ({
    affiliateId: affiliate.id,
    mintedAt: at.getTime(),
    validUntil: null,
    macOk: true,
    consent: true,
    selfReferral: own.has(affiliate.id),
    afterCheckoutStarted: false,
    programOpen: wasOpen(history, at),
    affiliationApproved: wasApproved(affiliate.approvedAt, at),
  });
  const candidates: Candidate[] = coupons.map((affiliate) => ({
    id: `coupon:${affiliate.coupon}`,
    rung: 'coupon',
    ...facts(affiliate, order.placedAt),
  }));
  if (click) {
    const { id, affiliate, mintedAt } = click;
    candidates.push(
      affiliate
        ? { id, rung: 'cart-click', ...facts(affiliate, mintedAt) }
        : {
            id,
            rung: 'cart-click',
            affiliateId: '',
            mintedAt: 0,
            validUntil: null,
            macOk: false,
            consent: true,
            selfReferral: false,
            afterCheckoutStarted: false,
            programOpen: false,
            affiliationApproved: false,
          },
    );
  }
  return candidates;
}

/** The carriers of an order that are a creator's and not the buyer's own: codes as they stand in the order, and the click id. */
export async function claimsOf(
  ctx: Context,
  tx: Tx,
  order: Claimed,
  program: ProgramRow,
): Promise<{ coupons: string[]; click: string | null }> {
  const coupons = await byCoupon(ctx, tx, order, program);
  const click = (await byClick(ctx, tx, order, program))?.affiliate ?? null;
  const own = await selfReferrals(ctx, tx, order, [...coupons, ...(click ? [click] : [])]);
  const foreign = new Set(coupons.filter((one) => !own.has(one.id)).map((one) => one.coupon));
  return {
    coupons: order.discountCodes.filter((code) => foreign.has(couponKey(code))),
    click: click && !own.has(click.id) ? (order.attributes[CLICK_ATTRIBUTE] ?? null) : null,
  };
}

async function byCoupon(ctx: Context, tx: Tx, order: Claimed, program: ProgramRow): Promise<AffiliateRow[]> {
  const codes = [...new Set(order.discountCodes.map(couponKey))];
  if (codes.length === 0) return [];
  return tx.sql
    .select()
    .from(affiliates)
    .where(and(eq(affiliates.organizationId, ctx.organizationId), eq(affiliates.programId, program.id), inArray(affiliates.coupon, codes)));
}

/** The click id that arrived with the cart. One that is forged, or of a link that is not this program's, has no creator. */
async function byClick(
  ctx: Context,
  tx: Tx,
  order: Claimed,
  program: ProgramRow,
): Promise<{ id: string; affiliate: AffiliateRow | null; mintedAt: Date } | null> {
  const text = order.attributes[CLICK_ATTRIBUTE];
  if (!text) return null;
  const id = `click:${text.slice(0, 64)}`;
  const read = await readClickId(text, clickMac(ctx.ports));
  if (!read) return { id, affiliate: null, mintedAt: new Date(0) };
  const [row] = await tx.sql
    .select({ affiliate: affiliates })
    .from(affiliateLinks)
    .innerJoin(affiliates, and(eq(affiliates.id, affiliateLinks.affiliateId), eq(affiliates.organizationId, affiliateLinks.organizationId)))
    .where(
      and(
        eq(affiliateLinks.organizationId, ctx.organizationId),
        eq(affiliateLinks.id, read.linkId.toString(16).padStart(16, '0')),
        eq(affiliates.programId, program.id),
      ),
    );
  return { id, affiliate: row?.affiliate ?? null, mintedAt: new Date(read.mintedAt * 1000) };
}

/** Creators among these who are the buyer: the shop's customer they are linked to is the person who ordered. */
async function selfReferrals(ctx: Context, tx: Tx, order: Claimed, claimants: readonly AffiliateRow[]): Promise<Set<string>> {
  const linked = claimants.filter((one) => one.shopCustomerId !== null);
  if (order.personId === null || linked.length === 0) return new Set();
  const box = await ctx.box();
  const hashed = await Promise.all(
    linked.map(async (one) => ({ id: one.id, keyHash: await box.lookupHash('shop_customer', `${order.shop}|${one.shopCustomerId}`) })),
  );
  const found = await tx.sql
    .select({ keyHash: personKeys.keyHash })
    .from(personKeys)
    .where(
      and(
        eq(personKeys.organizationId, ctx.organizationId),
        eq(personKeys.kind, 'shop_customer'),
        eq(personKeys.personId, order.personId),
        inArray(
          personKeys.keyHash,
          hashed.map((one) => one.keyHash),
        ),
      ),
    );
  const buyers = new Set(found.map((one) => one.keyHash));
  return new Set(hashed.filter((one) => buyers.has(one.keyHash)).map((one) => one.id));
}
