import type { Sandbox } from '../../sandbox/index.ts';
import { control } from '../sandbox-control.ts';
import { CREATOR } from './sell.ts';

/**
 * Every figure of the demo worked out a second time, from nothing but the sandbox's own objects and by arithmetic that shares no line
 * with the product: the judge of badges and widgets. Amounts in minor units of EUR (two decimals).
 */
export interface HandFigure {
  spendMinor: number;
  revenueMinor: number;
  leads: number;
  tooFew: boolean;
}
export interface HandLead {
  email: string;
  adId: string;
  daySpendMinor: number;
  dayLeads: number;
  wonMinor: number;
  refundedMinor: number;
  orders: number;
}
export interface HandCreator {
  orders: number;
  netSalesMinor: number;
  commissionMinor: number;
}
export type HandLevel = 'campaign' | 'ad_set' | 'ad';
export interface HandCalculation {
  figure(level: HandLevel, id: string): HandFigure;
  leads: HandLead[];
  creator: HandCreator;
  totals: { leads: number; orders: number; netMinor: number; paidMinor: number };
}

interface Line {
  id: number;
  price: string;
  quantity: number;
  discount_allocations: { amount: string }[];
}
interface Order {
  id: number;
  created_at: string;
  email: string | null;
  test: boolean;
  line_items: Line[];
  discount_codes: { code: string }[];
  note_attributes: { name: string }[];
  refunds: { refund_line_items: { line_item_id: number; quantity: number; subtotal: string | number }[] }[];
}
interface Bought {
  order: Order;
  customer: string;
  soldMinor: number;
  netMinor: number;
  adId: string | null;
}

const DAY_MS = 86_400_000;
const cents = (decimal: string | number): number => Math.round(Number(decimal) * 100);
const dayIn = (zone: string, ms: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);
/** n/d for n ≥ 0, half to even. */
export const halfEven = (n: number, d: number): number => {
  const whole = Math.floor(n / d);
  const twice = (n - whole * d) * 2;
  return twice > d || (twice === d && whole % 2 === 1) ? whole + 1 : whole;
};

export const lineMinor = (line: Line): number =>
  cents(line.price) * line.quantity - line.discount_allocations.reduce((sum, one) => sum + cents(one.amount), 0);
const refundedOf = (order: Order, lineId: number): number =>
  order.refunds
    .flatMap((one) => one.refund_line_items)
    .filter((one) => one.line_item_id === lineId)
    .reduce((sum, one) => sum + cents(one.subtotal), 0);

/** @param range days of the figures, both included, in the account's timezone; a touch must be inside it to count (accrual) */
export async function calculate(
  sandbox: Sandbox,
  accountId: string,
  timezone: string,
  range: { since: string; until: string },
  windowDays: number,
): Promise<HandCalculation> {
  const objects = sandbox.meta.objects();
  const ads = new Map(
    objects
      .filter((one) => one.kind === 'ad' && one.accountId === accountId)
      .map((one) => [one.id, { campaign: String(one.fields['campaign_id']), ad_set: String(one.fields['adset_id']), ad: one.id }]),
  );
  const forms = objects
    .filter((one) => one.kind === 'lead' && one.fields['isTest'] !== true)
    .map((one) => {
      const fields = one.fields['field_data'] as { name: string; values: string[] }[];
      const at = Math.floor(Date.parse(one.createdTime) / 1000) * 1000; // the platform tells whole seconds
      return {
        email: (fields.find((field) => field.name === 'email')?.values[0] ?? '').toLowerCase(),
        adId: String(one.fields['ad_id']),
        at,
        day: dayIn(timezone, at),
      };
    });
  const { orders } = await control<{ orders: Order[] }>(sandbox, 'GET', 'shopify/orders');
  const bought = orders
    .filter((order) => !order.test)
    .map((order): Bought => {
      const soldMinor = order.line_items.reduce((sum, line) => sum + lineMinor(line), 0);
      const netMinor = soldMinor - order.line_items.reduce((sum, line) => sum + refundedOf(order, line.id), 0);
      const customer = order.email?.toLowerCase() ?? `order ${order.id}`;
      const placed = Date.parse(order.created_at);
      const touch = forms
        .filter((form) => form.email === customer && form.at <= placed && placed - form.at <= windowDays * DAY_MS)
        .toSorted((a, b) => b.at - a.at)[0];
      return {
        order,
        customer,
        soldMinor,
        netMinor,
        adId: touch && touch.day >= range.since && touch.day <= range.until ? touch.adId : null,
      };
    });

  /** Net by customer over the orders that a group of ads is credited with. */
  const byCustomer = (inGroup: (adId: string) => boolean): number[] => {
    const sums = new Map<string, number>();
    for (const { adId, customer, netMinor } of bought)
      if (adId !== null && inGroup(adId)) sums.set(customer, (sums.get(customer) ?? 0) + netMinor);
    return [...sums.values()].filter((sum) => sum > 0);
  };
  const spread = (credits: number[]): number => credits.reduce((sum, c) => sum + c * c, 0) / credits.reduce((sum, c) => sum + c, 0);
  const inCampaign =
    (id: string) =>
    (adId: string): boolean =>
      ads.get(adId)?.campaign === id;

  return {
    figure(level, id) {
      const members = [...ads].filter(([, parents]) => parents[level] === id).map(([adId]) => adId);
      const inGroup = new Set(members);
      const credits = byCustomer((adId) => inGroup.has(adId));
      const campaign = level === 'campaign' ? id : ads.get(members[0] ?? '')?.campaign;
      // The amount of one order is learnt from the nearest group of thirty customers: the campaign, else the account.
      const near = campaign === undefined ? [] : byCustomer(inCampaign(campaign));
      const all = byCustomer(() => true);
      const pool = near.length >= 30 ? near : all.length >= 30 ? all : null;
      const sum = credits.reduce((total, c) => total + c, 0);
      const squares = credits.reduce((total, c) => total + c * c, 0);
      return {
        spendMinor: members.reduce((total, adId) => total + (sandbox.meta.ads.figures(adId, range)?.spendMinor ?? 0), 0),
        revenueMinor: bought.reduce((total, one) => total + (one.adId !== null && inGroup.has(one.adId) ? one.netMinor : 0), 0),
        leads: forms.filter((form) => inGroup.has(form.adId) && form.day >= range.since && form.day <= range.until).length,
        tooFew: pool === null || sum === 0 || (sum * sum) / Math.max(squares, spread(pool) * sum) < 5,
      };
    },
    leads: forms.map((form) => {
      const own = bought.filter((one) => one.customer === form.email && one.adId === form.adId);
      return {
        email: form.email,
        adId: form.adId,
        daySpendMinor: sandbox.meta.ads.figures(form.adId, { since: form.day, until: form.day })?.spendMinor ?? 0,
        dayLeads: forms.filter((other) => other.adId === form.adId && other.day === form.day).length,
        wonMinor: own.reduce((sum, one) => sum + one.soldMinor, 0),
        refundedMinor: own.reduce((sum, one) => sum + one.soldMinor - one.netMinor, 0),
        orders: own.length,
      };
    }),
    creator: creatorOf(bought),
    totals: {
      leads: forms.length,
      orders: bought.length,
      netMinor: bought.reduce((sum, one) => sum + one.netMinor, 0),
      paidMinor: bought.reduce((sum, one) => sum + (one.adId === null ? 0 : one.netMinor), 0),
    },
  };
}

/** 7.5 % of each line, half to even, less what each line's refund takes back of it. */
function creatorOf(bought: readonly Bought[]): HandCreator {
  const own = bought.filter(
    ({ order }) =>
      order.discount_codes.some((one) => one.code === CREATOR.coupon) || order.note_attributes.some((one) => one.name === 'inlay_click'),
  );
  const commission = own.flatMap(({ order }) =>
    order.line_items.map((line) => {
      const base = lineMinor(line);
      const earned = halfEven(base * 75, 1000);
      return base === 0 ? 0 : earned - halfEven(earned * refundedOf(order, line.id), base);
    }),
  );
  return {
    orders: own.length,
    netSalesMinor: own.reduce((sum, one) => sum + one.netMinor, 0),
    commissionMinor: commission.reduce((sum, one) => sum + one, 0),
  };
}
