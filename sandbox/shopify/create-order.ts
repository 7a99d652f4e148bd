import { allocate, toMinor } from './money.ts';
import type { DiscountUse, Order, OrderLine, Pair, Shop, ShopifyStore } from './store.ts';

/** What the control route and the storefront's checkout send. Amounts are decimal strings in the order's currency. */
export interface CreateOrderInput {
  shop?: string;
  email?: string | null;
  phone?: string | null;
  firstName?: string;
  lastName?: string;
  customerId?: string;
  currency?: string;
  lines: {
    title: string;
    sku?: string;
    price: string | number;
    quantity?: number;
    discount?: string | number;
    productId?: string;
    variantId?: string;
  }[];
  note_attributes?: Pair[];
  discount_codes?: (string | { code: string; amount?: string | number; type?: 'fixed_amount' | 'percentage' })[];
  shipping?: string | number;
  taxRate?: string | number;
  landing_site?: string;
  referring_site?: string;
  createdAt?: string;
  paid?: boolean;
  test?: boolean;
  tags?: string[];
}

export function createOrder(store: ShopifyStore, shop: Shop, input: CreateOrderInput): Order {
  if (!Array.isArray(input.lines) || input.lines.length === 0) throw new Error('An order needs at least one line');
  const { core } = store;
  const currency = input.currency ?? shop.currency;
  const createdAt = input.createdAt === undefined ? core.now() : Date.parse(input.createdAt);
  if (Number.isNaN(createdAt)) throw new Error(`Not a time: ${input.createdAt}`);
  const lines: OrderLine[] = input.lines.map((line) => {
    const product = shop.products.find((candidate) => candidate.sku === line.sku);
    return {
      id: core.nextId('14'),
      title: line.title,
      sku: line.sku ?? null,
      variantTitle: null,
      productId: line.productId ?? product?.id ?? null,
      variantId: line.variantId ?? product?.variantId ?? null,
      unitMinor: toMinor(line.price, currency),
      quantity: line.quantity ?? 1,
      manualDiscountMinor: line.discount === undefined ? 0 : toMinor(line.discount, currency),
      codeDiscountMinor: [],
      taxMinor: 0,
      refundedQuantity: 0,
    };
  });
  const discountCodes = (input.discount_codes ?? []).map((use) => applyCode(shop, use, lines, currency));
  const discounted = lines.map(discountedLineMinor);
  const taxRate = input.taxRate === undefined ? null : String(input.taxRate);
  if (taxRate !== null) {
    const tax = Math.round(discounted.reduce((a, b) => a + b, 0) * Number(taxRate));
    allocate(tax, discounted).forEach((share, index) => ((lines[index] as OrderLine).taxMinor = share));
  }
  const order: Order = {
    id: core.nextId('5'),
    number: shop.nextOrderNumber++,
    token: `${core.nextId()}${core.nextId()}`.padStart(32, 'a').slice(-32),
    currency,
    createdAt,
    updatedAt: createdAt,
    cancelledAt: null,
    cancelReason: null,
    email: lower(input.email),
    phone: input.phone ?? null,
    customerId: customerFor(store, shop, input, createdAt),
    test: input.test ?? false,
    paid: input.paid ?? true,
    saleTransactionId: core.nextId('6'),
    lines,
    discountCodes,
    noteAttributes: input.note_attributes ?? [],
    shippingMinor: input.shipping === undefined ? 0 : toMinor(input.shipping, currency),
    taxRate,
    landingSite: input.landing_site ?? null,
    referringSite: input.referring_site ?? null,
    tags: input.tags ?? [],
    refunds: [],
  };
  shop.orders.push(order);
  core.touch();
  return order;
}

/** What the buyer pays for a line before tax, minor units. */
export const discountedLineMinor = (line: OrderLine): number =>
  line.unitMinor * line.quantity - line.manualDiscountMinor - line.codeDiscountMinor.reduce((a, b) => a + b, 0);

function applyCode(
  shop: Shop,
  use: NonNullable<CreateOrderInput['discount_codes']>[number],
  lines: OrderLine[],
  currency: string,
): DiscountUse {
  const code = typeof use === 'string' ? use : use.code;
  const given = typeof use === 'string' ? undefined : use.amount;
  const known = shop.discountCodes.find((candidate) => candidate.code.toLowerCase() === code.toLowerCase());
  const base = lines.map(discountedLineMinor);
  const total = base.reduce((a, b) => a + b, 0);
  const type = (typeof use === 'string' ? undefined : use.type) ?? (given === undefined ? known?.type : undefined) ?? 'fixed_amount';
  const wanted =
    given !== undefined
      ? toMinor(given, currency)
      : known === undefined
        ? 0
        : known.type === 'percentage'
          ? Math.round((total * Number(known.value)) / 100)
          : toMinor(known.value, currency);
  const amountMinor = Math.min(wanted, total);
  allocate(amountMinor, base).forEach((share, index) => (lines[index] as OrderLine).codeDiscountMinor.push(share));
  return {
    code: known?.code ?? code,
    amountMinor,
    type,
    value: type === 'percentage' && known ? known.value : String(given ?? known?.value ?? '0.0'),
  };
}

/** Finds or makes the shop's customer of an order; null where nothing names one. */
export function customerFor(
  store: ShopifyStore,
  shop: Shop,
  input: Pick<CreateOrderInput, 'customerId' | 'email' | 'phone' | 'firstName' | 'lastName'>,
  at: number,
): string | null {
  const email = lower(input.email);
  const phone = input.phone ?? null;
  if (input.customerId === undefined && email === null && phone === null) return null;
  const known = shop.customers.find((customer) =>
    input.customerId !== undefined
      ? customer.id === input.customerId
      : email !== null
        ? customer.email === email
        : customer.phone === phone,
  );
  if (known) return known.id;
  const id = input.customerId ?? store.core.nextId('9');
  shop.customers.push({
    id,
    email,
    phone,
    firstName: input.firstName ?? null,
    lastName: input.lastName ?? null,
    createdAt: at,
    updatedAt: at,
  });
  return id;
}

const lower = (email: string | null | undefined): string | null => (email ? email.trim().toLowerCase() : null);
