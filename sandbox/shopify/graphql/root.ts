import { GraphQLError } from 'graphql';
import { makeRefund } from '../events.ts';
import { RefundRefused } from '../refund-order.ts';
import { API_VERSION, type AccessGrant, type Order, type Shop, type ShopifyStore, type Subscription } from '../store.ts';
import { connection, type PageArgs } from './connection.ts';
import { customerView } from './customer-view.ts';
import { gid, orderView, refundView } from './order-view.ts';
import { customerMatches, orderMatches } from './search.ts';

type ListArgs = PageArgs & { query?: string | null; sortKey?: string | null };
interface WebhookArgs {
  topic: string;
  webhookSubscription: { uri?: string | null; callbackUrl?: string | null; format?: string | null };
}
interface RefundArgs {
  input: {
    orderId: string;
    note?: string | null;
    refundLineItems?: { lineItemId: string; quantity: number }[] | null;
    transactions?: { amount: string }[] | null;
  };
}

/** Root fields for one call. Functions take (args); what is not here is refused by the field resolver. */
export function rootFor(store: ShopifyStore, shop: Shop, grant: AccessGrant, idempotencyKey: string | null): object {
  const orderBy = (id: string): Order | undefined => shop.orders.find((order) => gid('Order', order.id) === id);
  const sorted = (key: string | null | undefined): Order[] =>
    [...shop.orders].sort(
      (a, b) =>
        (key === 'UPDATED_AT' ? a.updatedAt - b.updatedAt : key === 'ID' ? Number(a.id) - Number(b.id) : a.createdAt - b.createdAt) ||
        a.number - b.number,
    );
  return {
    shop: () => shopView(shop),
    order: ({ id }: { id: string }) => {
      const order = orderBy(id);
      return order ? orderView(shop, order) : null;
    },
    orders: (args: ListArgs) =>
      connection(
        sorted(args.sortKey).filter((order) => orderMatches(order, args.query)),
        args,
        (order) => orderView(shop, order),
      ),
    ordersCount: ({ query }: { query?: string | null }) => ({
      count: shop.orders.filter((order) => orderMatches(order, query)).length,
      precision: 'EXACT',
    }),
    customers: (args: ListArgs) =>
      connection(
        shop.customers.filter((one) => customerMatches(one, args.query)),
        args,
        (one) => customerView(shop, one, orderView),
      ),
    customer: ({ id }: { id: string }) => {
      const one = shop.customers.find((candidate) => gid('Customer', candidate.id) === id);
      return one ? customerView(shop, one, orderView) : null;
    },
    refund: ({ id }: { id: string }) => {
      for (const order of shop.orders)
        for (const refund of order.refunds) if (gid('Refund', refund.id) === id) return refundView(shop, order, refund);
      return null;
    },
    currentAppInstallation: () => ({
      id: gid('AppInstallation', shop.id),
      accessScopes: grant.scope
        .split(',')
        .filter(Boolean)
        .map((handle) => ({ handle, description: handle })),
      launchUrl: `https://${shop.domain}/admin/apps/inlay`,
      activeSubscriptions: [],
      app: { id: gid('App', '580111'), title: 'Sandbox app', handle: 'sandbox-app' },
    }),
    webhookSubscriptions: (args: PageArgs & { topics?: string[] | null }) =>
      connection(
        shop.subscriptions.filter((one) => one.source === 'api' && (!args.topics || args.topics.includes(enumOf(one.topic)))),
        args,
        (one) => subscriptionView(one),
      ),
    webhookSubscriptionCreate: (args: WebhookArgs) => subscribe(store, shop, args),
    webhookSubscriptionDelete: ({ id }: { id: string }) => {
      const found = shop.subscriptions.find((one) => gid('WebhookSubscription', one.id) === id && one.source === 'api');
      if (!found)
        return { deletedWebhookSubscriptionId: null, userErrors: [{ field: ['id'], message: 'Webhook subscription does not exist' }] };
      shop.subscriptions = shop.subscriptions.filter((one) => one !== found);
      store.core.touch();
      return { deletedWebhookSubscriptionId: id, userErrors: [] };
    },
    refundCreate: (args: RefundArgs) => refundByApi(store, shop, orderBy(args.input.orderId), args, idempotencyKey),
  };
}

const enumOf = (topic: string): string => topic.replaceAll('/', '_').toUpperCase();
/** The webhook's own word for an enum topic; the first underscore after the noun becomes the slash. */
export function topicOf(name: string): string {
  const nouns = ['APP', 'ORDERS', 'REFUNDS', 'CUSTOMERS', 'CHECKOUTS', 'CARTS', 'PRODUCTS', 'SHOP', 'BULK_OPERATIONS', 'DISCOUNTS'];
  const noun = nouns.find((candidate) => name.startsWith(`${candidate}_`)) ?? name.split('_', 1)[0] ?? name;
  return `${noun.toLowerCase()}/${name.slice(noun.length + 1).toLowerCase()}`;
}

function subscribe(store: ShopifyStore, shop: Shop, { topic: name, webhookSubscription }: WebhookArgs): object {
  const uri = webhookSubscription.uri ?? webhookSubscription.callbackUrl ?? '';
  const refuse = (field: string, message: string): object => ({
    webhookSubscription: null,
    userErrors: [{ field: ['webhookSubscription', field], message }],
  });
  if (!URL.canParse(uri)) return refuse('callbackUrl', 'Address is invalid');
  const { protocol, hostname } = new URL(uri);
  // Real addresses must be HTTPS; this machine's own plain port stands in for the Worker's public name.
  if (protocol !== 'https:' && hostname !== '127.0.0.1' && hostname !== 'localhost')
    return refuse('callbackUrl', 'Address protocol http:// is not supported');
  const topic = topicOf(name);
  if (shop.subscriptions.some((one) => one.source === 'api' && one.topic === topic && one.uri === uri))
    return refuse('callbackUrl', 'Address for this topic has already been taken');
  const created: Subscription = { id: store.core.nextId('16'), topic, uri, createdAt: store.core.now(), source: 'api', failures: 0 };
  shop.subscriptions.push(created);
  store.core.touch();
  return { webhookSubscription: subscriptionView(created), userErrors: [] };
}

const subscriptionView = (one: Subscription): object => ({
  __typename: 'WebhookSubscription',
  id: gid('WebhookSubscription', one.id),
  legacyResourceId: one.id,
  topic: enumOf(one.topic),
  uri: one.uri,
  callbackUrl: one.uri,
  format: 'JSON',
  endpoint: { __typename: 'WebhookHttpEndpoint', callbackUrl: one.uri },
  filter: null,
  includeFields: [],
  metafieldNamespaces: [],
  name: null,
  createdAt: new Date(one.createdAt).toISOString(),
  updatedAt: new Date(one.createdAt).toISOString(),
  apiVersion: { handle: API_VERSION, displayName: API_VERSION, supported: true },
});

function shopView(shop: Shop): object {
  return {
    __typename: 'Shop',
    id: gid('Shop', shop.id),
    name: shop.name,
    email: 'owner@example.com',
    contactEmail: 'owner@example.com',
    shopOwnerName: 'Store owner',
    myshopifyDomain: shop.domain,
    url: `https://${shop.domain}`,
    primaryDomain: { id: gid('Domain', shop.id), host: shop.domain, sslEnabled: true, url: `https://${shop.domain}` },
    currencyCode: shop.currency,
    enabledPresentmentCurrencies: [shop.currency],
    ianaTimezone: shop.timezone,
    createdAt: new Date(shop.createdAt).toISOString(),
    updatedAt: new Date(shop.createdAt).toISOString(),
    taxesIncluded: false,
    taxShipping: false,
    setupRequired: false,
    weightUnit: 'GRAMS',
    unitSystem: 'METRIC_SYSTEM',
    plan: { displayName: 'Development', publicDisplayName: 'Development', partnerDevelopment: true, shopifyPlus: false },
  };
}

const replays = new WeakMap<Shop, Map<string, { input: string; result: object }>>();

function refundByApi(store: ShopifyStore, shop: Shop, order: Order | undefined, { input }: RefundArgs, key: string | null): object {
  if (key === null || key.trim() === '')
    throw new GraphQLError('The @idempotent directive is required for this mutation', { extensions: { code: 'BAD_REQUEST' } });
  const seen = replays.get(shop) ?? new Map<string, { input: string; result: object }>();
  replays.set(shop, seen);
  const before = seen.get(key);
  if (before) {
    if (before.input === JSON.stringify(input)) return before.result;
    throw new GraphQLError('The idempotency key was used with other parameters', {
      extensions: { code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' },
    });
  }
  if (!order) return { refund: null, order: null, userErrors: [{ field: ['input', 'orderId'], message: 'Order does not exist' }] };
  try {
    const lines = (input.refundLineItems ?? []).map(({ lineItemId, quantity }) => ({
      lineId: lineItemId.split('/').at(-1) ?? '',
      quantity,
    }));
    const amount = input.transactions?.[0]?.amount;
    const refund = makeRefund(store, shop, order, {
      lines,
      ...(input.note ? { note: input.note } : {}),
      ...(amount === undefined ? {} : { amount }),
    });
    const result = { refund: refundView(shop, order, refund), order: orderView(shop, order), userErrors: [] };
    seen.set(key, { input: JSON.stringify(input), result });
    return result;
  } catch (error) {
    if (!(error instanceof RefundRefused)) throw error;
    return { refund: null, order: null, userErrors: [{ field: ['input', 'refundLineItems'], message: error.message }] };
  }
}
