import type { SandboxCore } from '../core/vendor.ts';
import { CATALOGUE } from './catalogue.ts';

export interface Pair {
  name: string;
  value: string;
}

export interface OrderLine {
  id: string;
  title: string;
  sku: string | null;
  variantTitle: string | null;
  productId: string | null;
  variantId: string | null;
  unitMinor: number;
  quantity: number;
  /** Discount a staff member gave on this line, minor units for the whole line. */
  manualDiscountMinor: number;
  /** This line's share of each discount code, by index into `discountCodes`. */
  codeDiscountMinor: number[];
  taxMinor: number;
  refundedQuantity: number;
}

export interface RefundLine {
  id: string;
  lineId: string;
  quantity: number;
  subtotalMinor: number;
  taxMinor: number;
}

export interface Refund {
  id: string;
  createdAt: number;
  note: string | null;
  lines: RefundLine[];
  amountMinor: number;
  /** Money returned beyond what the lines are worth; negative in the order adjustment. */
  discrepancyMinor: number;
  transactionId: string;
  restock: boolean;
}

export interface DiscountUse {
  code: string;
  amountMinor: number;
  type: 'fixed_amount' | 'percentage';
  value: string;
}

export interface Order {
  id: string;
  number: number;
  token: string;
  currency: string;
  createdAt: number;
  updatedAt: number;
  cancelledAt: number | null;
  cancelReason: string | null;
  email: string | null;
  phone: string | null;
  customerId: string | null;
  test: boolean;
  paid: boolean;
  saleTransactionId: string;
  lines: OrderLine[];
  discountCodes: DiscountUse[];
  noteAttributes: Pair[];
  shippingMinor: number;
  taxRate: string | null;
  landingSite: string | null;
  referringSite: string | null;
  tags: string[];
  refunds: Refund[];
}

export interface Customer {
  id: string;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface Product {
  id: string;
  variantId: string;
  handle: string;
  title: string;
  sku: string;
  priceMinor: number;
  description: string;
  tone: string;
}

export interface DiscountCode {
  code: string;
  type: 'fixed_amount' | 'percentage';
  value: string;
}

export interface Subscription {
  id: string;
  topic: string;
  uri: string;
  createdAt: number;
  source: 'api' | 'app';
  failures: number;
}

export interface AccessGrant {
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
  scope: string;
  /** Still accepted for one more refresh, until the pair that replaced it is first used. */
  previousRefreshToken: string | null;
}

export interface Shop {
  domain: string;
  id: string;
  name: string;
  currency: string;
  timezone: string;
  createdAt: number;
  nextOrderNumber: number;
  orders: Order[];
  customers: Customer[];
  products: Product[];
  discountCodes: DiscountCode[];
  subscriptions: Subscription[];
  grants: AccessGrant[];
  codes: { code: string; scope: string }[];
  costAvailable: number;
  costAt: number;
  /** False imitates an app without approval for protected customer data: names, e-mail and phone arrive as null. */
  protectedDataApproved: boolean;
}

export const CLIENT_ID = 'sandbox-shopify';
export const CLIENT_SECRET = 'sandbox-shopify-secret';
export const DEMO_SHOP = 'inlay-demo.myshopify.com';
export const API_VERSION = '2026-10';

export class ShopifyStore {
  readonly core: SandboxCore;
  shops = new Map<string, Shop>();

  constructor(core: SandboxCore) {
    this.core = core;
    this.shop(DEMO_SHOP);
  }

  /** Any name under myshopify.com is a shop; it opens the first time somebody asks for it, with the demo catalogue. */
  shop(domain: string): Shop {
    const found = this.shops.get(domain);
    if (found) return found;
    const now = this.core.now();
    const shop: Shop = {
      domain,
      id: this.core.nextId('7'),
      name: nameOf(domain),
      currency: 'EUR',
      timezone: 'Europe/Paris',
      createdAt: now,
      nextOrderNumber: 1001,
      orders: [],
      customers: [],
      products: [],
      discountCodes: [{ code: 'CREATOR10', type: 'percentage', value: '10.0' }],
      subscriptions: [],
      grants: [],
      codes: [],
      costAvailable: 2000,
      costAt: now,
      protectedDataApproved: true,
    };
    for (const item of CATALOGUE) shop.products.push({ ...item, id: this.core.nextId('8'), variantId: this.core.nextId('4') });
    this.shops.set(domain, shop);
    this.core.touch();
    return shop;
  }

  findOrder(orderId: string): { shop: Shop; order: Order } | null {
    for (const shop of this.shops.values()) {
      const order = shop.orders.find((candidate) => candidate.id === orderId);
      if (order) return { shop, order };
    }
    return null;
  }

  save(): unknown {
    return structuredClone([...this.shops.values()]);
  }

  load(state: unknown): void {
    this.shops = new Map((state as Shop[]).map((shop) => [shop.domain, shop]));
    this.shop(DEMO_SHOP);
  }
}

const nameOf = (domain: string): string =>
  domain
    .replace('.myshopify.com', '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
