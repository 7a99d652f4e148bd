import * as affiliates from '#shared/contracts/affiliates.ts';
import { seededNumber } from '../../sandbox/core/seeded.ts';
import { DEMO_IDS } from '../../sandbox/meta/index.ts';
import type { SignedIn } from '../demo-member.ts';
import { control } from '../sandbox-control.ts';
import { DEMO_CREATOR, DEMO_SHOP } from '../seed-demo.ts';
import type { Stack } from '../stack.ts';

export const CREATOR = {
  name: 'Demo creator',
  code: 'demo-creator',
  coupon: 'CREATOR10',
  customerId: DEMO_CREATOR.id,
  email: DEMO_CREATOR.email,
} as const;
const SHELF = [
  { title: 'Field tote', sku: 'TOTE-01', price: '89.00' },
  { title: 'Ridge bottle', sku: 'BTL-02', price: '34.00' },
  { title: 'Harbour jacket', sku: 'JKT-03', price: '165.00' },
  { title: 'Care wax', sku: 'WAX-04', price: '12.35' },
] as const;
const STARS = 3;
const EARNING_ADS = 12;
/** Each is another visitor; the last one is a search engine and counts apart. */
const VISITORS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
];
const CRAWLER = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

interface MadeOrder {
  order: { id: number; line_items: { id: number; quantity: number }[] };
}
interface Die {
  (what: string): number;
  whole(what: string, from: number, to: number): number;
}

function dieOf(seed: number): Die {
  const die = (what: string): number => seededNumber(seed, `sales ${what}`);
  return Object.assign(die, { whole: (what: string, from: number, to: number): number => from + Math.floor(die(what) * (to - from + 1)) });
}

/** Today's spend of every launched ad, minor units of the account's currency. */
export function spendToday(stack: Stack, seed: number, adIds: readonly string[], day: string): void {
  const die = dieOf(seed);
  for (const [n, id] of adIds.entries()) {
    const impressions = die.whole(`impressions ${n}`, 900, 4_000);
    stack.sandbox.meta.setInsights(id, day, {
      spendMinor: die.whole(`spend ${n}`, 1_500, 9_000),
      impressions,
      clicks: Math.round(impressions * (0.006 + die(`clicks ${n}`) * 0.02)),
    });
  }
}

/** People send the form of a few ads; the page's webhook tells us. Answers with their addresses, by ad. */
export function bringLeads(stack: Stack, seed: number, adIds: readonly string[]): { email: string; star: boolean }[] {
  const die = dieOf(seed);
  const chosen = adIds
    .map((id, n) => ({ id, at: die(`chosen ${n}`) }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, EARNING_ADS);
  return chosen.flatMap(({ id }, rank) => {
    const star = rank < STARS;
    return Array.from({ length: star ? die.whole(`leads ${rank}`, 15, 20) : die.whole(`leads ${rank}`, 1, 5) }, (_, n) => {
      const email = `lead-${rank + 1}-${n + 1}@example.com`;
      stack.sandbox.meta.addLead({
        formId: DEMO_IDS.form,
        adId: id,
        fields: { email, full_name: `Lead ${rank + 1}.${n + 1}`, phone_number: `+336${String(20_000_000 + rank * 1_000 + n)}` },
      });
      return { email, star };
    });
  });
}

/** The creator's program, link and coupon, and people who follow the link. Answers with the click id the last visitor carries. */
export async function startProgram(stack: Stack, member: SignedIn): Promise<string> {
  await member.api.call(affiliates.saveProgram, {
    body: { name: 'Creator program', shop: DEMO_SHOP, currency: 'EUR', ratePercent: '7.5', windowDays: 30, allowedDomains: [DEMO_SHOP] },
  });
  await member.api.call(affiliates.addAffiliate, {
    body: {
      name: CREATOR.name,
      code: CREATOR.code,
      destination: `https://${DEMO_SHOP}/products/field-tote`,
      coupon: CREATOR.coupon,
      shopCustomerId: CREATOR.customerId,
    },
  });
  await control(stack.sandbox, 'POST', 'shopify/discount-codes', { code: CREATOR.coupon, type: 'percentage', value: '10' });
  let carried = '';
  // The first visitor comes back within the hour: counted once.
  for (const agent of [CRAWLER, VISITORS[0] as string, ...VISITORS]) {
    const answer = await fetch(`${stack.origin}/r/${CREATOR.code}`, { redirect: 'manual', headers: { 'user-agent': agent } });
    carried = new URL(answer.headers.get('location') ?? 'about:blank').searchParams.get('ilk') ?? '';
    if (carried === '') throw new Error(`The creator's link answered ${answer.status} without a click id.`);
  }
  return carried;
}
export const EXPECTED_CLICKS = VISITORS.length;

/** Leads buy, strangers buy, the creator's public buys; some of it goes back. Everything reaches us as the store's webhooks only. */
export async function bringOrders(
  stack: Stack,
  seed: number,
  leads: readonly { email: string; star: boolean }[],
  click: string,
): Promise<void> {
  const die = dieOf(seed);
  const order = (body: Record<string, unknown>): Promise<MadeOrder> =>
    control(stack.sandbox, 'POST', 'shopify/orders', { currency: 'EUR', shipping: '4.90', ...body });
  const basket = (key: string) =>
    Array.from({ length: die.whole(`lines ${key}`, 1, 3) }, (_, n) => ({
      ...SHELF[die.whole(`what ${key} ${n}`, 0, SHELF.length - 1)],
      quantity: die.whole(`pieces ${key} ${n}`, 1, 3),
      ...(die(`off ${key} ${n}`) < 0.2 ? { discount: '3.33' } : {}),
    }));
  const sold: MadeOrder[] = [];
  for (const { email, star } of leads) {
    const times = die(`buys ${email}`) < (star ? 0.7 : 0.45) ? (die(`again ${email}`) < 0.15 ? 2 : 1) : 0;
    // People write their own address in their own way.
    for (let n = 0; n < times; n++)
      sold.push(await order({ email: die(`case ${email}`) < 0.2 ? email.toUpperCase() : email, lines: basket(`${email} ${n}`) }));
  }
  for (let n = 1; n <= 4; n++) await order({ email: `stranger-${n}@example.com`, lines: basket(`stranger ${n}`) });
  await order({ customerId: CREATOR.customerId, email: CREATOR.email, lines: [SHELF[1]] });
  const byCreator: MadeOrder[] = [];
  for (let n = 1; n <= 3; n++)
    byCreator.push(await order({ email: `fan-${n}@example.com`, lines: basket(`fan ${n}`), discount_codes: [CREATOR.coupon] }));
  byCreator.push(
    await order({ email: 'fan-4@example.com', lines: basket('fan 4'), note_attributes: [{ name: 'inlay_click', value: click }] }),
  );
  const refund = ({ order: { id, line_items } }: MadeOrder, all: boolean) =>
    control(stack.sandbox, 'POST', `shopify/orders/${id}/refunds`, {
      lines: (all ? line_items : line_items.slice(0, 1)).map((line) => ({ lineId: String(line.id), quantity: all ? line.quantity : 1 })),
    });
  const [first, second, third] = sold;
  if (!first || !second || !third || !byCreator[0]) throw new Error('Too few orders to send something back.');
  await refund(first, false);
  await refund(second, true);
  await control(stack.sandbox, 'POST', `shopify/orders/${third.order.id}/cancel`, { reason: 'customer', refund: true });
  await refund(byCreator[0], false);
}
