import { discountedLineMinor } from '../create-order.ts';
import { allocations } from '../line-body.ts';
import { moneyBag } from '../money-set.ts';
import { toDecimal } from '../money.ts';
import { financialStatus, orderTotals } from '../order-totals.ts';
import type { Order, OrderLine, Refund, Shop } from '../store.ts';
import { connection, type PageArgs } from './connection.ts';
import { customerView } from './customer-view.ts';

export const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;
const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** An Order as plain values and functions; graphql-js picks what was asked for. */
export function orderView(shop: Shop, order: Order): object {
  const totals = orderTotals(order);
  const bag = (minor: number): object => moneyBag(minor, order.currency);
  const open = shop.protectedDataApproved;
  const customer = shop.customers.find((candidate) => candidate.id === order.customerId);
  return {
    __typename: 'Order',
    id: gid('Order', order.id),
    legacyResourceId: order.id,
    name: `#${order.number}`,
    number: order.number,
    createdAt: iso(order.createdAt),
    processedAt: iso(order.createdAt),
    updatedAt: iso(order.updatedAt),
    closed: false,
    closedAt: null,
    cancelledAt: order.cancelledAt === null ? null : iso(order.cancelledAt),
    cancelReason: order.cancelReason === null ? null : order.cancelReason.toUpperCase(),
    confirmed: true,
    test: order.test,
    tags: order.tags,
    note: null,
    edited: false,
    sourceName: 'web',
    statusPageUrl: `https://${shop.domain}/${shop.id}/orders/${order.token}`,
    email: open ? order.email : null,
    phone: open ? order.phone : null,
    customer: customer ? () => customerView(shop, customer, orderView) : null,
    customerLocale: 'en',
    currencyCode: order.currency,
    presentmentCurrencyCode: order.currency,
    displayFinancialStatus: financialStatus(order).toUpperCase(),
    displayFulfillmentStatus: 'UNFULFILLED',
    fullyPaid: order.paid,
    unpaid: !order.paid,
    paymentGatewayNames: ['bogus'],
    taxesIncluded: false,
    customAttributes: order.noteAttributes.map(({ name, value }) => ({ key: name, value })),
    discountCode: order.discountCodes[0]?.code ?? null,
    discountCodes: order.discountCodes.map(({ code }) => code),
    customerJourneySummary: {
      ready: false,
      customerOrderIndex: null,
      daysToConversion: null,
      firstVisit: null,
      lastVisit: null,
      momentsCount: null,
    },
    subtotalPriceSet: bag(totals.subtotalMinor),
    totalPriceSet: bag(totals.totalMinor),
    originalTotalPriceSet: bag(totals.totalMinor),
    totalTaxSet: bag(totals.taxMinor),
    totalDiscountsSet: bag(totals.discountsMinor),
    totalShippingPriceSet: bag(totals.shippingMinor),
    totalRefundedSet: bag(totals.refundedMinor),
    totalReceivedSet: bag(order.paid ? totals.totalMinor : 0),
    totalOutstandingSet: bag(totals.outstandingMinor),
    totalTipReceivedSet: bag(0),
    netPaymentSet: bag(totals.receivedMinor),
    totalRefundedShippingSet: bag(0),
    refundDiscrepancySet: bag(order.refunds.reduce((sum, refund) => sum + refund.discrepancyMinor, 0)),
    currentSubtotalPriceSet: bag(totals.current.subtotalMinor),
    currentTotalPriceSet: bag(totals.current.totalMinor),
    currentTotalTaxSet: bag(totals.current.taxMinor),
    currentTotalDiscountsSet: bag(totals.current.discountsMinor),
    currentShippingPriceSet: bag(order.cancelledAt === null ? totals.shippingMinor : 0),
    subtotalLineItemsQuantity: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    currentSubtotalLineItemsQuantity: order.lines.reduce((sum, line) => sum + line.quantity - line.refundedQuantity, 0),
    lineItems: (args: PageArgs) => connection(order.lines, args, (line) => lineView(order, line)),
    refunds: ({ first }: { first?: number | null }) =>
      order.refunds.slice(0, first ?? undefined).map((refund) => refundView(shop, order, refund)),
  };
}

function lineView(order: Order, line: OrderLine): object {
  const bag = (minor: number): object => moneyBag(minor, order.currency);
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    title: line.title,
    name: line.title,
    sku: line.sku,
    variantTitle: line.variantTitle,
    vendor: null,
    quantity: line.quantity,
    currentQuantity: line.quantity - line.refundedQuantity,
    refundableQuantity: line.quantity - line.refundedQuantity,
    customAttributes: [],
    isGiftCard: false,
    taxable: order.taxRate !== null,
    requiresShipping: true,
    product:
      line.productId === null
        ? null
        : { __typename: 'Product', id: gid('Product', line.productId), legacyResourceId: line.productId, title: line.title },
    variant:
      line.variantId === null
        ? null
        : {
            __typename: 'ProductVariant',
            id: gid('ProductVariant', line.variantId),
            legacyResourceId: line.variantId,
            title: line.title,
            sku: line.sku,
          },
    taxLines:
      order.taxRate === null
        ? []
        : [{ title: 'VAT', rate: Number(order.taxRate), ratePercentage: Number(order.taxRate) * 100, priceSet: bag(line.taxMinor) }],
    originalUnitPriceSet: bag(line.unitMinor),
    originalTotalSet: bag(line.unitMinor * line.quantity),
    totalDiscountSet: bag(line.manualDiscountMinor),
    discountedTotalSet: ({ withCodeDiscounts }: { withCodeDiscounts: boolean }) =>
      bag(withCodeDiscounts ? discountedLineMinor(line) : line.unitMinor * line.quantity - line.manualDiscountMinor),
    discountAllocations: allocations(order, line).map(({ minor, index }) => ({
      allocatedAmountSet: bag(minor),
      discountApplication: applicationView(order, index),
    })),
  };
}

function applicationView(order: Order, index: number): object {
  const use = order.discountCodes[index];
  if (!use)
    return {
      __typename: 'ManualDiscountApplication',
      index,
      allocationMethod: 'ACROSS',
      targetSelection: 'EXPLICIT',
      targetType: 'LINE_ITEM',
      title: 'Staff discount',
    };
  const value =
    use.type === 'percentage'
      ? { __typename: 'PricingPercentageValue', percentage: Number(use.value) }
      : { __typename: 'MoneyV2', amount: toDecimal(use.amountMinor, order.currency), currencyCode: order.currency };
  return {
    __typename: 'DiscountCodeApplication',
    code: use.code,
    index,
    allocationMethod: 'ACROSS',
    targetSelection: 'ALL',
    targetType: 'LINE_ITEM',
    value,
  };
}

export function refundView(shop: Shop, order: Order, refund: Refund): object {
  const bag = (minor: number): object => moneyBag(minor, order.currency);
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.id),
    legacyResourceId: refund.id,
    createdAt: iso(refund.createdAt),
    processedAt: iso(refund.createdAt),
    updatedAt: iso(refund.createdAt),
    note: refund.note,
    order: () => orderView(shop, order),
    totalRefundedSet: bag(refund.amountMinor),
    refundLineItems: (args: PageArgs) =>
      connection(refund.lines, args, (line) => ({
        id: gid('RefundLineItem', line.id),
        quantity: line.quantity,
        restocked: refund.restock,
        restockType: refund.restock ? 'RETURN' : 'NO_RESTOCK',
        subtotalSet: bag(line.subtotalMinor),
        totalTaxSet: bag(line.taxMinor),
        lineItem: () => lineView(order, order.lines.find((one) => one.id === line.lineId) as OrderLine),
      })),
    transactions: (args: PageArgs) =>
      connection([{ id: refund.transactionId }], args, ({ id }) => ({
        __typename: 'OrderTransaction',
        id: gid('OrderTransaction', id),
        kind: 'REFUND',
        status: 'SUCCESS',
        gateway: 'bogus',
        test: order.test,
        createdAt: iso(refund.createdAt),
        processedAt: iso(refund.createdAt),
        amountSet: bag(refund.amountMinor),
      })),
  };
}
