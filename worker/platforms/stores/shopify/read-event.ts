import { parseMended } from '#shared/rules/storable.ts';
import { PlatformError } from '../../platform-error.ts';
import type { StoreEvent } from '../store-platform.ts';
import { toOrder, toRefund, type RestOrder, type RestRefund } from './to-order.ts';

interface Privacy {
  customer?: { id?: number; email?: string };
}

/** What a webhook says, by its topic. The currency of a refund that comes alone is the one its money sets name. */
export function readEvent(raw: Uint8Array, headers: Record<string, string>): StoreEvent {
  const topic = headers['x-shopify-topic'] ?? '';
  let body: unknown;
  try {
    body = parseMended(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(raw));
  } catch {
    throw new PlatformError('refused', 'A body that is not JSON.', { platform: 'shopify' });
  }
  try {
    if (['orders/create', 'orders/paid', 'orders/updated', 'orders/cancelled', 'orders/edited'].includes(topic))
      return { kind: 'order', order: toOrder(body as RestOrder) };
    if (topic === 'refunds/create') {
      const currency = currencyOf(body as MoneyNames);
      return currency === null ? { kind: 'other', topic } : { kind: 'refund', refund: toRefund(body as RestRefund, currency), currency };
    }
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    throw new PlatformError('refused', 'A body without the fields an order has.', { platform: 'shopify' });
  }
  if (topic === 'app/uninstalled') return { kind: 'uninstalled', at: triggeredAt(headers) };
  if (['customers/data_request', 'customers/redact', 'shop/redact'].includes(topic)) {
    const { customer } = body as Privacy;
    return { kind: 'privacy', topic, customerId: customer?.id === undefined ? null : String(customer.id), email: customer?.email ?? null };
  }
  return { kind: 'other', topic };
}

function triggeredAt(headers: Record<string, string>): Date | null {
  const date = new Date(headers['x-shopify-triggered-at'] ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

interface MoneyNames {
  transactions?: { currency?: string }[];
  refund_line_items?: { subtotal_set?: { shop_money?: { currency_code?: string } } }[];
}
function currencyOf(refund: MoneyNames): string | null {
  return refund.refund_line_items?.[0]?.subtotal_set?.shop_money?.currency_code ?? refund.transactions?.[0]?.currency ?? null;
}
