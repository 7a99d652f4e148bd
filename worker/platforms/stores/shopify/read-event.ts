import { parseMended } from '#shared/rules/storable.ts';
import { PlatformError } from '../../platform-error.ts';
import type { PrivacyRequest, StoreEvent } from '../store-platform.ts';
import { toOrder, toRefund, type RestOrder, type RestRefund } from './to-order.ts';

type Id = number | string | null;
/** Body of a privacy topic; all of it may be missing. */
interface Privacy {
  customer?: { id?: Id; email?: string | null; phone?: string | null } | null;
  orders_to_redact?: Id[] | null;
  orders_requested?: Id[] | null;
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
    const privacy = privacyRequest(topic, body as Privacy | null, headers);
    if (privacy) return { kind: 'privacy', topic, ...privacy };
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    throw new PlatformError('refused', 'A body without the fields of its topic.', { platform: 'shopify' });
  }
  if (topic === 'app/uninstalled') return { kind: 'uninstalled', at: triggeredAt(headers) };
  return { kind: 'other', topic };
}

function privacyRequest(topic: string, body: Privacy | null, headers: Record<string, string>): PrivacyRequest | null {
  if (topic === 'shop/redact') return { asks: 'shop_erasure', at: triggeredAt(headers) };
  if (topic !== 'customers/redact' && topic !== 'customers/data_request') return null;
  const isErasure = topic === 'customers/redact';
  const ids = (isErasure ? body?.orders_to_redact : body?.orders_requested) ?? [];
  return {
    asks: isErasure ? 'erasure' : 'data',
    customer: {
      id: idOf(body?.customer?.id),
      email: textOf(body?.customer?.email),
      phone: textOf(body?.customer?.phone),
      orderIds: ids.map(idOf).filter((id) => id !== null),
    },
  };
}

const idOf = (id: Id | undefined): string | null => (/^\d{1,20}$/.test(String(id)) ? String(id) : null);
const textOf = (text: unknown): string | null => (typeof text === 'string' ? text : null);

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
