import { SHOP_ADDRESS } from '#shared/rules/shop-address.ts';
import type { StorePlatform } from '../store-platform.ts';
import { ordersSince } from './orders-since.ts';
import { readEvent } from './read-event.ts';
import { subscribe } from './subscribe.ts';

export const shopify: StorePlatform = {
  id: 'shopify',
  webhookHeaders: ['x-shopify-topic', 'x-shopify-shop-domain', 'x-shopify-webhook-id', 'x-shopify-event-id', 'x-shopify-triggered-at'],
  readEvent,
  subscribe,
  ordersSince,
  eventId: (headers) => headers['x-shopify-webhook-id'] ?? null,
  shopOf: (headers) => SHOP_ADDRESS.exec(headers['x-shopify-shop-domain']?.toLowerCase() ?? '')?.[0] ?? null,
};
