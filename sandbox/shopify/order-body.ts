import { lineBody, taxLines } from './line-body.ts';
import { localTime } from './local-time.ts';
import { moneySet } from './money-set.ts';
import { toDecimal } from './money.ts';
import { financialStatus, orderTotals } from './order-totals.ts';
import { refundBody } from './refund-body.ts';
import type { Customer, Order, Shop } from './store.ts';

/** Body of the orders/* webhooks: shape of the store's REST order, amounts as decimal strings, times in the shop's zone. */
export function orderBody(shop: Shop, order: Order): Record<string, unknown> {
  const { currency } = order;
  const totals = orderTotals(order);
  const time = (ms: number): string => localTime(ms, shop.timezone);
  const open = shop.protectedDataApproved;
  const money = (name: string, minor: number): Record<string, unknown> => ({
    [name]: toDecimal(minor, currency),
    [`${name}_set`]: moneySet(minor, currency),
  });
  const customer = shop.customers.find((candidate) => candidate.id === order.customerId);
  return {
    id: Number(order.id),
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    app_id: 580111,
    browser_ip: open ? '127.0.0.1' : null,
    buyer_accepts_marketing: false,
    cancel_reason: order.cancelReason,
    cancelled_at: order.cancelledAt === null ? null : time(order.cancelledAt),
    cart_token: null,
    checkout_id: Number(`3${order.id}`),
    checkout_token: order.token,
    client_details: {
      accept_language: null,
      browser_height: null,
      browser_ip: open ? '127.0.0.1' : null,
      browser_width: null,
      session_hash: null,
      user_agent: null,
    },
    closed_at: null,
    confirmation_number: null,
    confirmed: true,
    contact_email: open ? order.email : null,
    created_at: time(order.createdAt),
    currency,
    ...money('current_subtotal_price', totals.current.subtotalMinor),
    current_total_additional_fees_set: null,
    ...money('current_total_discounts', totals.current.discountsMinor),
    current_total_duties_set: null,
    ...money('current_total_price', totals.current.totalMinor),
    ...money('current_total_tax', totals.current.taxMinor),
    customer_locale: 'en',
    device_id: null,
    discount_codes: order.discountCodes.map(({ code, amountMinor, type }) => ({ code, amount: toDecimal(amountMinor, currency), type })),
    duties_included: false,
    email: open ? (order.email ?? '') : null,
    estimated_taxes: false,
    financial_status: financialStatus(order),
    fulfillment_status: null,
    landing_site: order.landingSite,
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: 'MTAwMDAwMDAwMQ',
    merchant_of_record_app_id: null,
    name: `#${order.number}`,
    note: null,
    note_attributes: order.noteAttributes,
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${order.token}/authenticate`,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    payment_gateway_names: ['bogus'],
    phone: open ? order.phone : null,
    po_number: null,
    presentment_currency: currency,
    processed_at: time(order.createdAt),
    reference: null,
    referring_site: order.referringSite,
    source_identifier: null,
    source_name: 'web',
    source_url: null,
    ...money('subtotal_price', totals.subtotalMinor),
    tags: order.tags.join(', '),
    tax_exempt: false,
    tax_lines: taxLines(totals.taxMinor, order),
    taxes_included: false,
    test: order.test,
    token: order.token,
    total_cash_rounding_payment_adjustment_set: moneySet(0, currency),
    total_cash_rounding_refund_adjustment_set: moneySet(0, currency),
    ...money('total_discounts', totals.discountsMinor),
    ...money('total_line_items_price', totals.linesMinor),
    total_outstanding: toDecimal(totals.outstandingMinor, currency),
    ...money('total_price', totals.totalMinor),
    total_shipping_price_set: moneySet(totals.shippingMinor, currency),
    ...money('total_tax', totals.taxMinor),
    total_tip_received: toDecimal(0, currency),
    total_weight: order.lines.reduce((grams, line) => grams + 400 * line.quantity, 0),
    updated_at: time(order.updatedAt),
    user_id: null,
    billing_address: null,
    customer: customer ? customerBody(shop, customer) : null,
    discount_applications: discountApplications(order),
    fulfillments: [],
    line_items: order.lines.map((line) => lineBody(order, line)),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundBody(shop, order, refund)),
    shipping_address: null,
    shipping_lines:
      order.shippingMinor === 0
        ? []
        : [
            {
              id: Number(`4${order.id}`),
              carrier_identifier: null,
              code: 'Standard',
              current_discounted_price_set: moneySet(order.cancelledAt === null ? order.shippingMinor : 0, currency),
              discounted_price: toDecimal(order.shippingMinor, currency),
              discounted_price_set: moneySet(order.shippingMinor, currency),
              is_removed: false,
              phone: null,
              ...money('price', order.shippingMinor),
              requested_fulfillment_service_id: null,
              source: 'shopify',
              title: 'Standard',
              tax_lines: [],
              discount_allocations: [],
            },
          ],
  };
}

function discountApplications(order: Order): object[] {
  const codes = order.discountCodes.map(({ code, type, value }) => ({
    target_type: 'line_item',
    type: 'discount_code',
    value,
    value_type: type,
    allocation_method: 'across',
    target_selection: 'all',
    code,
  }));
  const manual = order.lines
    .filter((line) => line.manualDiscountMinor > 0)
    .map((line) => ({
      target_type: 'line_item',
      type: 'manual',
      value: toDecimal(line.manualDiscountMinor, order.currency),
      value_type: 'fixed_amount',
      allocation_method: 'across',
      target_selection: 'explicit',
      title: 'Staff discount',
      description: 'Staff discount',
    }));
  return [...codes, ...manual];
}

function customerBody(shop: Shop, customer: Customer): Record<string, unknown> {
  const open = shop.protectedDataApproved;
  const consent = { state: 'not_subscribed', opt_in_level: 'single_opt_in', consent_updated_at: null };
  return {
    id: Number(customer.id),
    email: open ? customer.email : null,
    created_at: localTime(customer.createdAt, shop.timezone),
    updated_at: localTime(customer.updatedAt, shop.timezone),
    first_name: open ? customer.firstName : null,
    last_name: open ? customer.lastName : null,
    state: 'disabled',
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    phone: open ? customer.phone : null,
    email_marketing_consent: customer.email === null ? null : consent,
    sms_marketing_consent: customer.phone === null ? null : { ...consent, consent_collected_from: 'OTHER' },
    tags: '',
    currency: shop.currency,
    tax_exemptions: [],
    admin_graphql_api_id: `gid://shopify/Customer/${customer.id}`,
  };
}
