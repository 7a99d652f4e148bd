import type { Outside } from '../http/send.ts';

/** Amounts are integer minor units of the order's currency; instants are UTC. */
export interface StoreLine {
  id: string;
  title: string;
  sku: string | null;
  unitPriceMinor: number;
  quantity: number;
  /** All discounts the store allocated to this line, its own and its part of order-wide ones. */
  discountMinor: number;
  /** Tax inside the price; 0 where prices exclude it. */
  taxIncludedMinor: number;
  giftCard: boolean;
}
export interface StoreRefundLine {
  lineId: string;
  quantity: number;
  /** Without tax and shipping; null = the store gives only a quantity. */
  netMinor: number | null;
}
export interface StoreRefund {
  sourceRefundId: string;
  sourceOrderId: string;
  occurredAt: Date;
  lines: StoreRefundLine[];
  /** Given back without naming lines, without tax and shipping. */
  unlinedMinor: number;
}
export interface StoreOrder {
  sourceOrderId: string;
  name: string;
  updatedAt: Date;
  placedAt: Date;
  cancelledAt: Date | null;
  currency: string;
  isTest: boolean;
  /** The store's own word, in lower case; isSale of shared/rules says whether it makes a sale. */
  financialStatus: string;
  lines: StoreLine[];
  discountCodes: string[];
  attributes: Record<string, string>;
  landingSite: string | null;
  customer: { id: string | null; email: string | null; phone: string | null; country: string | null };
  refunds: StoreRefund[];
}

/** What a customer may ask of a shop and all its apps. */
export type PrivacyRequest =
  | { asks: 'data' | 'erasure'; customer: { id: string | null; email: string | null; phone: string | null; orderIds: string[] } }
  /** The shop removed the app two days ago and nothing of its customers may be left. `at` null = the store did not say when it asked. */
  | { asks: 'shop_erasure'; at: Date | null };

/** What arrived in one webhook: a whole order, a refund of one, a removal of the app, a privacy request, or something that is not ours to know. */
export type StoreEvent =
  | { kind: 'order'; order: StoreOrder }
  | { kind: 'refund'; refund: StoreRefund; currency: string | null }
  /** `at` null = the store did not say when. */
  | { kind: 'uninstalled'; at: Date | null }
  | ({ kind: 'privacy'; topic: string } & PrivacyRequest)
  | { kind: 'other'; topic: string };

export interface StoreSession {
  outside: Outside;
  accessToken: string;
  shop: string;
  timeoutMs: number;
}

/** One store system. All calls throw PlatformError. */
export interface StorePlatform {
  id: 'shopify';
  /** Headers an ingest job needs beside the raw body. */
  webhookHeaders: readonly string[];
  /** The body of a verified webhook. @throws PlatformError refused when it is not readable */
  readEvent(raw: Uint8Array, headers: Record<string, string>): StoreEvent;
  /** The event's own id, for the inbox; null when the sender gave none. */
  eventId(headers: Record<string, string>): string | null;
  /** The shop a delivery names; null when it names none or something that cannot be one. */
  shopOf(headers: Record<string, string>): string | null;
  /** Asks for our webhooks; asking twice changes nothing. */
  subscribe(session: StoreSession, callbackUrl: string): Promise<void>;
  /** Orders changed since an instant, oldest change first. */
  ordersSince(session: StoreSession, since: Date): AsyncIterable<StoreOrder[]>;
}
