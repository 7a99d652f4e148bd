import type { Pair, Product, Shop } from '../../shopify/store.ts';

export interface CartItem {
  variantId: string;
  quantity: number;
}
export interface Cart {
  id: string;
  items: CartItem[];
  attributes: Record<string, string>;
}

/** Carts by the browser's cart cookie. Kept in memory only: a cart that outlives a restart proves nothing. */
export class Carts {
  #carts = new Map<string, Cart>();
  #next = 1;

  of(request: Request): Cart {
    const id = /(?:^|;\s*)cart=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? `c${Date.now().toString(36)}-${this.#next++}`;
    const found = this.#carts.get(id);
    if (found) return found;
    const cart: Cart = { id, items: [], attributes: {} };
    this.#carts.set(id, cart);
    return cart;
  }

  empty(cart: Cart): void {
    this.#carts.delete(cart.id);
  }
}

export const cookieOf = (cart: Cart): string => `cart=${cart.id}; Path=/; SameSite=Lax`;

export function productOf(shop: Shop, item: CartItem): Product {
  const product = shop.products.find(({ variantId }) => variantId === item.variantId);
  if (!product) throw new Error(`The cart names variant ${item.variantId}, which this shop does not sell`);
  return product;
}

export const totalMinor = (shop: Shop, cart: Cart): number =>
  cart.items.reduce((sum, item) => sum + productOf(shop, item).priceMinor * item.quantity, 0);

/** Attributes become note attributes of the order; empty ones are dropped, as the store does. */
export const noteAttributes = (cart: Cart): Pair[] =>
  Object.entries(cart.attributes)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value }));

/** The store's own cart JSON: prices in minor units. */
export function cartJson(shop: Shop, cart: Cart): Record<string, unknown> {
  const items = cart.items.map((item) => {
    const product = productOf(shop, item);
    return {
      id: Number(item.variantId),
      variant_id: Number(item.variantId),
      product_id: Number(product.id),
      quantity: item.quantity,
      title: product.title,
      handle: product.handle,
      sku: product.sku,
      price: product.priceMinor,
      line_price: product.priceMinor * item.quantity,
      final_line_price: product.priceMinor * item.quantity,
    };
  });
  return {
    token: cart.id,
    note: null,
    attributes: cart.attributes,
    items,
    item_count: cart.items.reduce((sum, { quantity }) => sum + quantity, 0),
    total_price: totalMinor(shop, cart),
    total_discount: 0,
    currency: shop.currency,
    requires_shipping: true,
  };
}
