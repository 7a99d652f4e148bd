import type { StoreLine, StoreOrder, StoreRefund, StoreSession } from '../store-platform.ts';
import { admin } from './client.ts';
import { at, minorOf, withKept } from './to-order.ts';

interface Bag {
  shopMoney: { amount: string };
}
interface Page {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
interface LineNode {
  id: string;
  title: string;
  sku: string | null;
  quantity: number;
  isGiftCard: boolean;
  originalUnitPriceSet: Bag;
  discountAllocations: { allocatedAmountSet: Bag }[];
  taxLines: { priceSet: Bag }[];
}
interface RefundNode {
  legacyResourceId: string;
  createdAt: string | null;
  totalRefundedSet: Bag;
  refundLineItems: { nodes: { quantity: number; subtotalSet: Bag; totalTaxSet: Bag; lineItem: { id: string } }[] };
}
interface OrderNode {
  id: string;
  legacyResourceId: string;
  name: string;
  updatedAt: string;
  processedAt: string;
  cancelledAt: string | null;
  currencyCode: string;
  test: boolean;
  displayFinancialStatus: string | null;
  taxesIncluded: boolean;
  email: string | null;
  phone: string | null;
  customer: { id: string; email: string | null; phone: string | null } | null;
  discountCodes: string[];
  customAttributes: { key: string; value: string | null }[];
  customerJourneySummary: { lastVisit: { landingPage: string | null } | null } | null;
  totalRefundedShippingSet: Bag;
  lineItems: { nodes: LineNode[] } & Page;
  refunds: RefundNode[];
}

const MONEY = 'shopMoney { amount }';
const LINES = `nodes { id title sku quantity isGiftCard originalUnitPriceSet { ${MONEY} } discountAllocations { allocatedAmountSet { ${MONEY} } } taxLines { priceSet { ${MONEY} } } } pageInfo { hasNextPage endCursor }`;

/** 25 orders a page keep the query's cost under a third of a small store's bucket. */
const ORDERS = `query Orders($query: String!, $after: String) {
  orders(first: 25, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id legacyResourceId name updatedAt processedAt cancelledAt currencyCode test displayFinancialStatus taxesIncluded email phone discountCodes
      customer { id email phone }
      customAttributes { key value }
      customerJourneySummary { lastVisit { landingPage } }
      totalRefundedShippingSet { ${MONEY} }
      lineItems(first: 20) { ${LINES} }
      refunds { legacyResourceId createdAt totalRefundedSet { ${MONEY} } refundLineItems(first: 20) { nodes { quantity subtotalSet { ${MONEY} } totalTaxSet { ${MONEY} } lineItem { id } } } }
    }
  }
}`;
/** The whole of an order that has more lines than the list carries. */
const WHOLE = `query Order($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 100, after: $after) { ${LINES} }
    refunds { legacyResourceId createdAt totalRefundedSet { ${MONEY} } refundLineItems(first: 100) { nodes { quantity subtotalSet { ${MONEY} } totalTaxSet { ${MONEY} } lineItem { id } } } }
  }
}`;

/** Orders changed since an instant, oldest change first, until the store has no more pages. */
export async function* ordersSince(session: StoreSession, since: Date): AsyncGenerator<StoreOrder[]> {
  let after: string | null = null;
  do {
    const { orders }: { orders: { nodes: OrderNode[] } & Page } = await admin(session, ORDERS, {
      query: `updated_at:>='${since.toISOString()}'`,
      after,
    });
    const page: StoreOrder[] = [];
    for (const node of orders.nodes) page.push(toOrder(node.lineItems.pageInfo.hasNextPage ? await readWhole(session, node) : node));
    yield page;
    after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
  } while (after !== null);
}

async function readWhole(session: StoreSession, node: OrderNode): Promise<OrderNode> {
  const lines: LineNode[] = [];
  let refunds = node.refunds;
  let after: string | null = null;
  do {
    const { order }: { order: Pick<OrderNode, 'lineItems' | 'refunds'> | null } = await admin(session, WHOLE, { id: node.id, after });
    if (!order) return node; // deleted in between
    lines.push(...order.lineItems.nodes);
    refunds = order.refunds;
    after = order.lineItems.pageInfo.hasNextPage ? order.lineItems.pageInfo.endCursor : null;
  } while (after !== null);
  return { ...node, lineItems: { ...node.lineItems, nodes: lines }, refunds };
}

const idOf = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1);

/** The same order a webhook brings: both mappers must agree, because whichever copy arrives first stays. */
export function toOrder(node: OrderNode): StoreOrder {
  const amount = (bag: Bag) => minorOf(bag.shopMoney.amount, node.currencyCode);
  return {
    sourceOrderId: node.legacyResourceId,
    name: node.name,
    updatedAt: at(node.updatedAt),
    placedAt: at(node.processedAt),
    cancelledAt: node.cancelledAt === null ? null : at(node.cancelledAt),
    currency: node.currencyCode,
    isTest: node.test,
    financialStatus: (node.displayFinancialStatus ?? 'PENDING').toLowerCase(),
    lines: node.lineItems.nodes.map((line): StoreLine => ({
      id: idOf(line.id),
      title: line.title,
      sku: line.sku,
      unitPriceMinor: amount(line.originalUnitPriceSet),
      quantity: line.quantity,
      giftCard: line.isGiftCard,
      discountMinor: sum(line.discountAllocations.map((one) => amount(one.allocatedAmountSet))),
      taxIncludedMinor: node.taxesIncluded ? sum(line.taxLines.map((one) => amount(one.priceSet))) : 0,
    })),
    discountCodes: node.discountCodes,
    attributes: Object.fromEntries(node.customAttributes.map(({ key, value }) => [key, value ?? ''])),
    landingSite: node.customerJourneySummary?.lastVisit?.landingPage ?? null,
    customer: {
      id: node.customer === null ? null : idOf(node.customer.id),
      email: node.email || node.customer?.email || null,
      phone: node.phone || node.customer?.phone || null,
      country: null,
    },
    refunds: toRefunds(node, amount),
  };
}

/** What was given back beyond the lines is what remains of the total. Shipping is known for the order only: it is taken off the oldest remainders first. */
function toRefunds(
  { legacyResourceId, refunds, taxesIncluded, totalRefundedShippingSet, updatedAt }: OrderNode,
  amount: (bag: Bag) => number,
): StoreRefund[] {
  let shipping = amount(totalRefundedShippingSet);
  return refunds
    .toSorted((a, b) => (a.legacyResourceId < b.legacyResourceId ? -1 : 1))
    .map((refund) => {
      const lines = refund.refundLineItems.nodes;
      const named = sum(lines.map((line) => amount(line.subtotalSet) + (taxesIncluded ? 0 : amount(line.totalTaxSet))));
      const beyond = amount(refund.totalRefundedSet) - named;
      const shipped = Math.min(shipping, Math.max(0, beyond));
      shipping -= shipped;
      return {
        sourceRefundId: refund.legacyResourceId,
        sourceOrderId: legacyResourceId,
        occurredAt: at(refund.createdAt ?? updatedAt),
        ...withKept(
          lines.map((line) => ({ lineId: idOf(line.lineItem.id), quantity: line.quantity, netMinor: amount(line.subtotalSet) })),
          shipped - beyond,
        ),
      };
    });
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
