import { cancelOrder } from './cancel-order.ts';
import { createOrder, type CreateOrderInput } from './create-order.ts';
import { orderBody } from './order-body.ts';
import { refundBody } from './refund-body.ts';
import { refundOrder, type RefundInput } from './refund-order.ts';
import type { Order, Refund, Shop, ShopifyStore, Subscription } from './store.ts';
import { newEventId, notify } from './webhooks.ts';

/** What happens in a shop, with the webhooks the store sends for it. */
export function placeOrder(store: ShopifyStore, shop: Shop, input: CreateOrderInput): Order {
  const order = createOrder(store, shop, input);
  tell(store, shop, order, ['orders/create', ...(order.paid ? ['orders/paid'] : []), 'orders/updated']);
  return order;
}

export function payOrder(store: ShopifyStore, shop: Shop, order: Order): Order {
  if (order.paid) throw new Error('The order is paid already');
  order.paid = true;
  order.updatedAt = store.core.now();
  tell(store, shop, order, ['orders/paid', 'orders/updated']);
  return order;
}

export function makeRefund(store: ShopifyStore, shop: Shop, order: Order, input: RefundInput): Refund {
  const refund = refundOrder(store, order, input, store.core.now());
  const eventId = newEventId(store);
  notify(store, shop, eventId, 'refunds/create', refundBody(shop, order, refund));
  notify(store, shop, eventId, 'orders/updated', orderBody(shop, order));
  return refund;
}

export function cancel(store: ShopifyStore, shop: Shop, order: Order, input: { reason?: string; refund?: boolean }): Order {
  const refund = cancelOrder(store, order, input, store.core.now());
  const eventId = newEventId(store);
  if (refund) notify(store, shop, eventId, 'refunds/create', refundBody(shop, order, refund));
  notify(store, shop, eventId, 'orders/cancelled', orderBody(shop, order));
  notify(store, shop, eventId, 'orders/updated', orderBody(shop, order));
  return order;
}

function tell(store: ShopifyStore, shop: Shop, order: Order, topics: string[]): void {
  const eventId = newEventId(store);
  const body = orderBody(shop, order);
  for (const topic of topics) notify(store, shop, eventId, topic, body);
  store.core.touch();
}

/** The merchant removes the app: its tokens die before the webhook arrives, and subscriptions made by API go with them. */
export function uninstall(store: ShopifyStore, shop: Shop): void {
  shop.grants = [];
  shop.subscriptions = shop.subscriptions.filter(({ source }) => source === 'app');
  tellApp(store, shop, 'app/uninstalled', { id: Number(shop.id), name: shop.name, domain: shop.domain, myshopify_domain: shop.domain });
}

/** A webhook the app gets without asking: the mandatory privacy topics and its own removal. */
export function tellApp(store: ShopifyStore, shop: Shop, topic: string, payload: object): void {
  const declared = shop.subscriptions.some((one) => one.topic === topic);
  const built: Subscription = {
    id: '0',
    topic,
    uri: 'https://api.inlay.test/webhooks/shopify',
    createdAt: store.core.now(),
    source: 'app',
    failures: 0,
  };
  if (!declared) shop.subscriptions.push(built);
  notify(store, shop, newEventId(store), topic, payload);
  shop.subscriptions = shop.subscriptions.filter((one) => one !== built);
  store.core.touch();
}
