import { seededNumber } from '../core/seeded.ts';

/** One person of the demo: a lead from an ad, perhaps an order later, perhaps part of it sent back. */
export interface StoryLead {
  adId: string;
  email: string;
  phone: string;
  name: string;
  submittedAt: string;
}
export interface StoryOrder {
  email: string | null;
  placedAt: string;
  lines: { title: string; sku: string; price: string; quantity: number }[];
  coupon: string | null;
  refundFirstLine: boolean;
}
export interface Story {
  leads: StoryLead[];
  orders: StoryOrder[];
}

const DAY_MS = 86_400_000;
const CATALOGUE = [
  { title: 'Field notebook', sku: 'NB-1', price: '24.90' },
  { title: 'Canvas tote', sku: 'TO-2', price: '39.00' },
  { title: 'Desk lamp', sku: 'LA-3', price: '119.00' },
  { title: 'Travel mug', sku: 'MU-4', price: '29.50' },
  { title: 'Wool blanket', sku: 'BL-5', price: '189.00' },
] as const;

/**
 * What happened before the demo begins, drawn from the seed: for each ad a few leads over the last weeks, of whom about four in ten
 * buy within days, some twice; one order in nine comes from nobody known; one in ten is partly refunded.
 * @param ads ids with a weight that scales how many leads each brought
 */
export function writeStory(seed: number, ads: { id: string; weight: number }[], nowMs: number, coupon: string | null): Story {
  const die = (what: string) => seededNumber(seed, `story ${what}`);
  const leads: StoryLead[] = [];
  const orders: StoryOrder[] = [];
  ads.forEach((ad, a) => {
    const count = Math.max(1, Math.round(ad.weight * (4 + 5 * die(`leads ${ad.id}`))));
    for (let n = 0; n < count; n++) {
      const key = `${ad.id} ${n}`;
      const submitted = nowMs - Math.floor((1 + die(`when ${key}`) * 24) * DAY_MS);
      const email = `lead-${a + 1}-${n + 1}@example.com`;
      leads.push({
        adId: ad.id,
        email,
        phone: `+336${String(10_000_000 + a * 1000 + n)}`,
        name: `Lead ${a + 1}.${n + 1}`,
        submittedAt: new Date(submitted).toISOString(),
      });
      const purchases = die(`buys ${key}`) < 0.42 ? (die(`again ${key}`) < 0.15 ? 2 : 1) : 0;
      for (let p = 0; p < purchases; p++) {
        const placed = submitted + Math.floor((0.1 + die(`delay ${key} ${p}`) * 6) * DAY_MS);
        if (placed > nowMs - 3_600_000) continue; // still to come
        orders.push({
          email,
          placedAt: new Date(placed).toISOString(),
          lines: basket(die, `${key} ${p}`),
          coupon: null,
          refundFirstLine: die(`refund ${key} ${p}`) < 0.1,
        });
      }
    }
  });
  const unknown = Math.max(2, Math.round(orders.length / 9));
  for (let n = 0; n < unknown; n++) {
    orders.push({
      email: `walk-in-${n + 1}@example.com`,
      placedAt: new Date(nowMs - Math.floor((1 + die(`walk-in ${n}`) * 20) * DAY_MS)).toISOString(),
      lines: basket(die, `walk-in ${n}`),
      coupon: n % 2 === 0 ? coupon : null,
      refundFirstLine: false,
    });
  }
  orders.sort((x, y) => (x.placedAt < y.placedAt ? -1 : 1));
  return { leads, orders };
}

function basket(die: (what: string) => number, key: string): StoryOrder['lines'] {
  const first = Math.floor(die(`first ${key}`) * CATALOGUE.length);
  const items =
    die(`two ${key}`) < 0.35
      ? [first, (first + 1 + Math.floor(die(`second ${key}`) * (CATALOGUE.length - 1))) % CATALOGUE.length]
      : [first];
  return items.map((index, i) => ({
    ...(CATALOGUE[index] as (typeof CATALOGUE)[number]),
    quantity: 1 + Math.floor(die(`quantity ${key} ${i}`) * 2),
  }));
}
