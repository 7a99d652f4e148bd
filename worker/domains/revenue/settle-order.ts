import { and, eq, lte } from 'drizzle-orm';
import { adAccounts, credits, orders, organizations, refunds, touches } from '#schema/index.ts';
import { attribute, type Touch } from '#shared/rules/attribution.ts';
import { dayOf } from '#shared/rules/day-of.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { judgeOrder } from '../affiliates/index.ts';
import { bumpDataVersion } from '../insights/index.ts';
import { netSteps, type NetStep, type OrderRow } from './order-facts.ts';

type TouchRow = typeof touches.$inferSelect;
type Posting = Omit<typeof credits.$inferInsert, 'id' | 'organizationId' | 'orderId' | 'postedAt'> & { cashDay: string };

/**
 * Works out what an order is worth and whose it is, from stored facts only, and posts the difference to what is posted already. The
 * caller holds the order's row. Accrual day = the touch's day in its ad account's timezone; cash day = the sale's or the refund's.
 */
export async function settleOrder(ctx: Context, tx: Tx, orderId: string): Promise<void> {
  const [found] = await tx.sql
    .select({ order: orders, timezone: organizations.timezone, windowDays: organizations.attributionWindowDays })
    .from(orders)
    .innerJoin(organizations, eq(organizations.id, orders.organizationId))
    .where(and(eq(orders.id, orderId), eq(orders.organizationId, ctx.organizationId)));
  if (!found) throw new Error('An order to settle that is not there.');
  const { order } = found;
  const known = await tx.sql
    .select()
    .from(refunds)
    .where(
      and(
        eq(refunds.organizationId, ctx.organizationId),
        eq(refunds.source, order.source),
        eq(refunds.shop, order.shop),
        eq(refunds.sourceOrderId, order.sourceOrderId),
      ),
    );
  const { grossMinor, steps } = netSteps(order, known);
  const netMinor = Number((steps.at(-1) ?? steps[0]).netMinor);
  const wanted = await postings(ctx, tx, order, steps, found);
  const changed = await postDifference(ctx, tx, orderId, wanted);
  if (Number(grossMinor) !== order.grossMinor || netMinor !== order.netMinor) {
    await tx.sql
      .update(orders)
      .set({ grossMinor: Number(grossMinor), netMinor })
      .where(and(eq(orders.id, orderId), eq(orders.organizationId, ctx.organizationId)));
  }
  await judgeOrder(ctx, tx, { ...order, grossMinor: Number(grossMinor), netMinor }, known);
  if (changed) await bumpDataVersion(ctx, tx.sql, { revenue: true });
}

/** The postings the order should have: at the sale and at each refund, the change of every touch's share. */
async function postings(
  ctx: Context,
  tx: Tx,
  order: OrderRow,
  steps: NetStep[],
  organization: { timezone: string; windowDays: number },
): Promise<Posting[]> {
  const rows =
    order.personId === null
      ? []
      : await tx.sql
          .select()
          .from(touches)
          .where(
            and(
              eq(touches.organizationId, ctx.organizationId),
              eq(touches.personId, order.personId),
              lte(touches.occurredAt, order.placedAt),
            ),
          );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const zones = new Map(
    (
      await tx.sql
        .select({ id: adAccounts.id, timezone: adAccounts.timezone })
        .from(adAccounts)
        .where(eq(adAccounts.organizationId, ctx.organizationId))
    ).map((one) => [one.id, one.timezone]),
  );
  const zoneOf = (touch: TouchRow | undefined): string => zones.get(touch?.accountId ?? '') ?? organization.timezone;
  const input = {
    orderAt: order.placedAt.toISOString(),
    touches: rows.map(asTouch),
    model: 'last',
    windowDays: organization.windowDays,
  } as const;

  const result = new Map<string, Posting>();
  let before = new Map<string, bigint>();
  for (const step of steps) {
    const { credits: shares, unmatchedMinor } = attribute({ ...input, netMinor: step.netMinor });
    const after = new Map<string, bigint>([
      ...shares.map((share): [string, bigint] => [share.touchId, share.creditMinor]),
      ...(shares.length === 0 ? [['', unmatchedMinor] as [string, bigint]] : []),
    ]);
    for (const [touchId, amount] of after) {
      const delta = amount - (before.get(touchId) ?? 0n);
      const touch = byId.get(touchId);
      if (delta === 0n) continue;
      const posting = describe(
        order,
        touch,
        dayOf(step.at.getTime(), zoneOf(touch)),
        touch ? dayOf(touch.occurredAt.getTime(), zoneOf(touch)) : null,
        Number(delta),
      );
      const key = keyOf(posting);
      const same = result.get(key);
      result.set(key, same ? { ...same, amountMinor: same.amountMinor + posting.amountMinor } : posting);
    }
    before = after;
  }
  return [...result.values()];
}

function describe(order: OrderRow, touch: TouchRow | undefined, cashDay: string, touchDay: string | null, amountMinor: number): Posting {
  const ad = touch && touch.adExternalId !== null ? touch : undefined;
  return {
    model: 'last',
    share: ad ? 'paid' : touch ? 'unpaid' : 'unmatched',
    touchId: touch?.id ?? null,
    personId: order.personId,
    accountId: ad?.accountId ?? null,
    adExternalId: ad?.adExternalId ?? null,
    adSetExternalId: ad?.adSetExternalId ?? null,
    campaignExternalId: ad?.campaignExternalId ?? null,
    amountMinor,
    currency: order.currency,
    touchDay,
    cashDay,
  };
}

/** Two postings that differ in none of these are one amount. The ad's place is among them: a touch whose account was learnt later moves its credit there. */
const keyOf = (one: Posting): string =>
  JSON.stringify([
    one.share,
    one.touchId,
    one.accountId,
    one.adExternalId,
    one.adSetExternalId,
    one.campaignExternalId,
    one.touchDay,
    one.cashDay,
    one.currency,
  ]);

/** Postings are never edited: what is posted and no longer wanted gets its negative, what is missing is added. Returns whether anything was posted. */
async function postDifference(ctx: Context, tx: Tx, orderId: string, wanted: Posting[]): Promise<boolean> {
  const posted = await tx.sql
    .select()
    .from(credits)
    .where(and(eq(credits.orderId, orderId), eq(credits.organizationId, ctx.organizationId), eq(credits.model, 'last')));
  const open = new Map<string, Posting>();
  const add = (posting: Posting, sign: 1 | -1) => {
    const key = keyOf(posting);
    const amountMinor = (open.get(key)?.amountMinor ?? 0) + sign * posting.amountMinor;
    open.set(key, { ...posting, amountMinor });
  };
  for (const { id: _id, organizationId: _o, orderId: _or, postedAt: _p, ...posting } of posted) add(posting, -1);
  for (const posting of wanted) add(posting, 1);
  const missing = [...open.values()].filter((posting) => posting.amountMinor !== 0);
  if (missing.length === 0) return false;
  await tx.sql
    .insert(credits)
    .values(
      missing.map((posting) => ({ ...posting, id: ctx.newId('crd'), organizationId: ctx.organizationId, orderId, postedAt: ctx.now() })),
    );
  return true;
}

function asTouch(row: TouchRow): Touch {
  const kind = row.kind === 'direct' ? 'direct' : row.adExternalId === null ? 'unpaid' : 'paid';
  return { id: row.id, at: row.occurredAt.toISOString(), kind, view: false, consent: true, internal: false };
}
