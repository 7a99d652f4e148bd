import type { Product } from './store.ts';

/** What every new shop sells. Prices in minor units. */
export const CATALOGUE: Omit<Product, 'id' | 'variantId'>[] = [
  {
    handle: 'field-tote',
    title: 'Field tote',
    sku: 'TOTE-01',
    priceMinor: 8900,
    tone: '#8a9a7b',
    description:
      'A waxed canvas bag with two outer pockets and a shoulder strap that stays put. Holds a 15-inch laptop and a day of groceries.',
  },
  {
    handle: 'ridge-bottle',
    title: 'Ridge bottle',
    sku: 'BTL-02',
    priceMinor: 3400,
    tone: '#6f8fa8',
    description: 'Double-walled steel, 600 ml, with a lid that opens one-handed.',
  },
  {
    handle: 'harbour-jacket',
    title: 'Harbour jacket',
    sku: 'JKT-03',
    priceMinor: 16500,
    tone: '#b08968',
    description: 'A light shell for wind and short rain. Packs into its own pocket.',
  },
];
