import { attributeAll } from './attribute-all.ts';
import { attributePersonJob } from './attribute-person.ts';
import { forgetBodies } from './forget-bodies.ts';
import { forgetShop } from './forget-shop.ts';
import { ingestShopifyWebhook } from './ingest-shopify-webhook.ts';
import { readOrders } from './read-orders.ts';
import { readPortal } from './read-portal.ts';
import { readShop } from './read-shop.ts';
import { reconcileOrders } from './reconcile-orders.ts';

export const revenueJobs = [
  ingestShopifyWebhook,
  readShop,
  readOrders,
  reconcileOrders,
  readPortal,
  attributePersonJob,
  attributeAll,
  forgetShop,
  forgetBodies,
] as const;
