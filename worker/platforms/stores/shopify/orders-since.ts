import type { StoreLine, StoreOrder, StoreRefund, StoreSession } from '../store-platform.ts';
import { admin } from './client.ts';
import { at, isPaid, minorOf } from './to-order.ts';

interface Bag { shopMoney: { amount: string } }
interface OrderNode {
  legacyResourceId: string; name: string; updatedAt: string; processedAt: string; cancelledAt: string | null; currencyCode: string; test: boolean; displayFinancialStatus: string | null; taxesIncluded: boolean;
  email: string | null; phone: string | null; customer: { id: string } | null; discountCodes: string[]; customAttributes: { key: string; value: string | null }[];
  lineItems: { nodes: LineNode[]; pageInfo: { hasNextPage: boolean } };
  refunds: { legacyResourceId: string; createdAt: string | null; refundLineItems: { nodes: { quantity: number; subtotalSet: Bag; lineItem: { id: string } }[] }; orderAdjustments: { nodes: { amountSet: Bag }[] } }[];
}
interface LineNode { id: string; title: string; sku: string | null; quantity: number; isGiftCard: boolean; originalUnitPriceSet: Bag; discountAllocations: { allocatedAmountSet: Bag }[] }

/** 25 orders a page keep the query's cost under a third of a small store's bucket. */
const QUERY = `query Orders($query: String!, $after: String) {
  orders(first: 25, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes {
      legacyResourceId name updatedAt processedAt cancelledAt currencyCode test displayFinancialStatus taxesIncluded email phone discountCodes
      customer { id }
      customAttributes { key value }
      lineItems(first: 50) { nodes { id title sku quantity isGiftCard originalUnitPriceSet { shopMoney { amount } } discountAllocations { allocatedAmountSet { shopMoney { amount } } } } pageInfo { hasNextPage } }
      refunds(first: 20) { legacyResourceId createdAt refundLineItems(first: 50) { nodes { quantity subtotalSet { shopMoney { amount } } lineItem { id } } } orderAdjustments(first: 10) { nodes { amountSet { shopMoney { amount } } } } }
    }
  }
}`;

/** Orders changed since an instant, oldest change first, until the store has no more pages. */
export async function* ordersSince(session: StoreSession, since: Date): AsyncGenerator<StoreOrder[]> {
  let after: string | null = null;
  do {
    const { orders }: { orders: { nodes: OrderNode[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } = await admin(session, QUERY, { query: `updated_at:>='${since.toISOString()}'`, after });
    yield orders.nodes.map(toOrder);
    after = orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null;
  } while (after !== null);
}

const idOf = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1);

function toOrder(node: OrderNode): StoreOrder {
  const amount = (bag: Bag) => minorOf(bag.shopMoney.amount, node.currencyCode);
  const financialStatus = (node.displayFinancialStatus ?? 'PENDING').toLowerCase();
  return {
    sourceOrderId: node.legacyResourceId, name: node.name, updatedAt: at(node.updatedAt), placedAt: at(node.processedAt), cancelledAt: node.cancelledAt === null ? null : at(node.cancelledAt),
    currency: node.currencyCode, isTest: node.test, financialStatus, paid: isPaid(financialStatus),
    lines: node.lineItems.nodes.map((line): StoreLine => ({
      id: idOf(line.id), title: line.title, sku: line.sku, unitPriceMinor: amount(line.originalUnitPriceSet), quantity: line.quantity, giftCard: line.isGiftCard,
      discountMinor: line.discountAllocations.reduce((sum, one) => sum + amount(one.allocatedAmountSet), 0), taxIncludedMinor: 0,
    })),
    discountCodes: node.discountCodes, attributes: Object.fromEntries(node.customAttributes.map(({ key, value }) => [key, value ?? ''])), landingSite: null,
    customer: { id: node.customer === null ? null : idOf(node.customer.id), email: node.email, phone: node.phone, country: null },
    refunds: node.refunds.map((refund): StoreRefund => {
      const adjusted = refund.orderAdjustments.nodes.reduce((sum, one) => sum + amount(one.amountSet), 0);
      return {
        sourceRefundId: refund.legacyResourceId, sourceOrderId: node.legacyResourceId, occurredAt: at(refund.createdAt ?? node.updatedAt),
        lines: refund.refundLineItems.nodes.map((line) => ({ lineId: idOf(line.lineItem.id), quantity: line.quantity, netMinor: amount(line.subtotalSet) })), unlinedMinor: Math.max(0, -adjusted),
      };
    }),
  };
}
