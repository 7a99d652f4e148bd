import { parseDecimal, toJsonNumber } from '#shared/rules/money.ts';
import { PlatformError } from '../../platform-error.ts';
import type { StoreLine, StoreOrder, StoreRefund } from '../store-platform.ts';

/** The store's REST order, as webhooks carry it; only what we read. Lenient: what is absent is null, what is wrong is refused by name. */
interface MoneySet {
  shop_money?: { amount?: string };
}
interface RestLine {
  id: number;
  title?: string;
  sku?: string | null;
  price: string;
  quantity: number;
  gift_card?: boolean;
  discount_allocations?: { amount: string }[];
  tax_lines?: { price: string }[];
}
export interface RestRefund {
  id: number;
  order_id: number;
  created_at: string;
  refund_line_items?: { line_item_id: number; quantity: number; subtotal_set?: MoneySet; subtotal?: number | string }[];
  order_adjustments?: { kind?: string; amount?: string; amount_set?: MoneySet }[];
}
export interface RestOrder {
  id: number;
  name: string;
  updated_at: string;
  created_at: string;
  processed_at?: string | null;
  cancelled_at?: string | null;
  currency: string;
  test?: boolean;
  financial_status?: string | null;
  taxes_included?: boolean;
  line_items: RestLine[];
  discount_codes?: { code: string }[];
  note_attributes?: { name: string; value: string | null }[];
  landing_site?: string | null;
  email?: string | null;
  phone?: string | null;
  customer?: { id?: number | null; email?: string | null; phone?: string | null } | null;
  billing_address?: { country_code?: string | null } | null;
  refunds?: RestRefund[];
}

export function toOrder(rest: RestOrder): StoreOrder {
  const amount = (text: string) => minorOf(text, rest.currency);
  const lines = rest.line_items.map((line): StoreLine => ({
    id: String(line.id),
    title: line.title ?? '',
    sku: line.sku ?? null,
    unitPriceMinor: amount(line.price),
    quantity: line.quantity,
    giftCard: line.gift_card ?? false,
    discountMinor: sum((line.discount_allocations ?? []).map((one) => amount(one.amount))),
    taxIncludedMinor: rest.taxes_included ? sum((line.tax_lines ?? []).map((one) => amount(one.price))) : 0,
  }));
  return {
    sourceOrderId: String(rest.id),
    name: rest.name,
    updatedAt: at(rest.updated_at),
    placedAt: at(rest.processed_at ?? rest.created_at),
    cancelledAt: rest.cancelled_at ? at(rest.cancelled_at) : null,
    currency: rest.currency,
    isTest: rest.test ?? false,
    financialStatus: (rest.financial_status ?? 'pending').toLowerCase(),
    lines,
    discountCodes: (rest.discount_codes ?? []).map((one) => one.code),
    attributes: Object.fromEntries((rest.note_attributes ?? []).map(({ name, value }) => [name, value ?? ''])),
    landingSite: rest.landing_site ?? null,
    customer: {
      id: rest.customer?.id ? String(rest.customer.id) : null,
      email: rest.email || rest.customer?.email || null,
      phone: rest.phone || rest.customer?.phone || null,
      country: rest.billing_address?.country_code ?? null,
    },
    refunds: (rest.refunds ?? []).map((refund) => toRefund(refund, rest.currency)),
  };
}

/** Lines by their own subtotals (without tax); a discrepancy is money that no line explains. */
export function toRefund(rest: RestRefund, currency: string): StoreRefund {
  const lines = (rest.refund_line_items ?? []).map((line) => {
    const text = line.subtotal_set?.shop_money?.amount ?? (line.subtotal === undefined ? undefined : String(line.subtotal));
    return { lineId: String(line.line_item_id), quantity: line.quantity, netMinor: text === undefined ? null : minorOf(text, currency) };
  });
  // Negative = given back beyond the lines; positive = kept, such as a restocking fee. Shipping is not revenue and stays out.
  const adjusted = sum(
    (rest.order_adjustments ?? [])
      .filter((one) => one.kind !== 'shipping_refund')
      .map((one) => minorOf(one.amount_set?.shop_money?.amount ?? one.amount ?? '0', currency)),
  );
  return {
    sourceRefundId: String(rest.id),
    sourceOrderId: String(rest.order_id),
    occurredAt: at(rest.created_at),
    ...withKept(lines, adjusted),
  };
}

/** What the shop kept is taken off the named lines, first to last: their amounts never go below nothing. */
export function withKept(lines: StoreRefund['lines'], adjusted: number): Pick<StoreRefund, 'lines' | 'unlinedMinor'> {
  if (adjusted <= 0) return { lines, unlinedMinor: 0 - adjusted };
  let kept = adjusted;
  const left = lines.map((line) => {
    const off = Math.min(kept, line.netMinor ?? 0);
    kept -= off;
    return line.netMinor === null ? line : { ...line, netMinor: line.netMinor - off };
  });
  return { lines: left, unlinedMinor: 0 };
}

/** Decimal text to minor units; more digits than the currency has are refused, never rounded. */
export function minorOf(text: string, currency: string): number {
  try {
    const minor = toJsonNumber(parseDecimal(text, currency));
    if (typeof minor !== 'number') throw new RangeError('beyond what an order can hold');
    return minor;
  } catch (error) {
    throw new PlatformError('refused', `An amount that cannot be read: ${error instanceof Error ? error.message : 'unknown'}`, {
      platform: 'shopify',
      field: 'amount',
    });
  }
}

export function at(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new PlatformError('refused', 'A time that cannot be read.', { platform: 'shopify', field: 'time' });
  return date;
}
const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
