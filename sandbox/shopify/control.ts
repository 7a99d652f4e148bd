import { customerFor, type CreateOrderInput } from './create-order.ts';
import { cancel, makeRefund, payOrder, placeOrder, tellApp, uninstall } from './events.ts';
import { orderBody } from './order-body.ts';
import { refundBody } from './refund-body.ts';
import type { RefundInput } from './refund-order.ts';
import { DEMO_SHOP, type DiscountCode, type Order, type Shop, type ShopifyStore } from './store.ts';

interface CustomerInput {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
}
interface Fields extends Record<string, unknown> {
  shop?: string;
  reason?: string;
  refund?: boolean;
}

/**
 * /_sandbox/shopify/…: what merchants and buyers do.
 * - POST orders, orders/:id/pay, orders/:id/refunds, orders/:id/cancel (answers are the webhook bodies); GET orders
 * - POST customers {id?, email, firstName?, lastName?}: an account of the shop, without an order
 * - POST discount-codes {code, type, value}; PUT settings {protectedDataApproved?, currency?, timezone?}
 * - POST uninstall; POST compliance {topic, payload}: the webhooks an app gets without asking
 * - PUT app-webhooks {topics, uri}: subscriptions declared by the app itself, never deleted by failures
 */
export async function control(store: ShopifyStore, method: string, path: string, body: unknown): Promise<unknown> {
  const [resource = '', id, action] = path.split('?')[0]?.split('/').filter(Boolean) ?? [];
  const fields = (body ?? {}) as Fields;
  const shop = store.shop(fields.shop ?? DEMO_SHOP);
  if (resource === 'orders' && id === undefined) {
    if (method === 'GET') return { orders: [...store.shops.values()].flatMap((one) => one.orders.map((order) => orderBody(one, order))) };
    if (method === 'POST') return { order: orderBody(shop, placeOrder(store, shop, fields as unknown as CreateOrderInput)) };
  }
  if (resource === 'orders' && id !== undefined && method === 'POST') return onOrder(store, id, action, fields);
  if (resource === 'customers' && method === 'POST') {
    const { id: customerId, ...rest } = fields as Partial<CustomerInput>;
    return { id: customerFor(store, shop, { ...rest, ...(customerId ? { customerId } : {}) }, store.core.now()) };
  }
  if (resource === 'discount-codes' && method === 'POST') {
    const code = fields as unknown as DiscountCode;
    shop.discountCodes = [
      ...shop.discountCodes.filter((one) => one.code !== code.code),
      { code: code.code, type: code.type, value: String(code.value) },
    ];
    return { discount_codes: shop.discountCodes };
  }
  if (resource === 'uninstall' && method === 'POST') {
    uninstall(store, shop);
    return { shop: shop.domain };
  }
  if (resource === 'compliance' && method === 'POST') {
    const { topic, payload } = fields as unknown as { topic: string; payload?: object };
    tellApp(store, shop, topic, { shop_id: Number(shop.id), shop_domain: shop.domain, ...payload });
    return { topic };
  }
  if (resource === 'settings' && method === 'PUT') return changeSettings(shop, fields);
  if (resource === 'app-webhooks' && method === 'PUT') {
    const { topics, uri } = fields as unknown as { topics: string[]; uri: string };
    shop.subscriptions = shop.subscriptions.filter((one) => one.source === 'api');
    for (const topic of topics)
      shop.subscriptions.push({ id: store.core.nextId('16'), topic, uri, createdAt: store.core.now(), source: 'app', failures: 0 });
    return { subscriptions: shop.subscriptions };
  }
  return undefined;
}

function onOrder(store: ShopifyStore, id: string, action: string | undefined, fields: Fields): unknown {
  const found = store.findOrder(id);
  if (!found) throw new Error(`No order ${id}`);
  const { shop, order } = found;
  const shown = (changed: Order): unknown => ({ order: orderBody(shop, changed) });
  switch (action) {
    case 'pay':
      return shown(payOrder(store, shop, order));
    case 'cancel':
      return shown(cancel(store, shop, order, fields));
    case 'refunds': {
      const refund = makeRefund(store, shop, order, fields as RefundInput);
      return { refund: refundBody(shop, order, refund), order: orderBody(shop, order) };
    }
    default:
      return undefined;
  }
}

function changeSettings(shop: Shop, fields: Fields): unknown {
  if (typeof fields['protectedDataApproved'] === 'boolean') shop.protectedDataApproved = fields['protectedDataApproved'];
  if (typeof fields['currency'] === 'string') shop.currency = fields['currency'];
  if (typeof fields['timezone'] === 'string') shop.timezone = fields['timezone'];
  return { currency: shop.currency, timezone: shop.timezone, protectedDataApproved: shop.protectedDataApproved };
}
