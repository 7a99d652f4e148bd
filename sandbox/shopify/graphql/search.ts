import type { Customer, Order } from '../store.ts';

/** The store's search words, the part we imitate: `field:value`, `field:>='time'`, joined by spaces (AND). Unknown fields match all, as in the store. */
export function terms(query: string | null | undefined): { field: string; compare: string; value: string }[] {
  if (!query) return [];
  return [...query.matchAll(/(\w+):\s*(>=|<=|>|<)?\s*(?:'([^']*)'|"([^"]*)"|(\S+))/g)].map(
    ([, field = '', compare = '', single, double, bare]) => ({
      field,
      compare,
      value: single ?? double ?? bare ?? '',
    }),
  );
}

export function orderMatches(order: Order, query: string | null | undefined): boolean {
  return terms(query).every(({ field, compare, value }) => {
    switch (field) {
      case 'id':
        return inOrder(Number(order.id), compare, Number(value));
      case 'name':
        return `#${order.number}` === value || String(order.number) === value;
      case 'email':
        return order.email === value.toLowerCase();
      case 'discount_code':
        return order.discountCodes.some(({ code }) => code.toLowerCase() === value.toLowerCase());
      case 'test':
        return String(order.test) === value;
      case 'created_at':
      case 'processed_at':
        return inOrder(Math.floor(order.createdAt / 1000), compare, Date.parse(value) / 1000);
      case 'updated_at':
        return inOrder(Math.floor(order.updatedAt / 1000), compare, Date.parse(value) / 1000);
      default:
        return true;
    }
  });
}

export function customerMatches(customer: Customer, query: string | null | undefined): boolean {
  return terms(query).every(({ field, value }) =>
    field === 'email'
      ? customer.email === value.toLowerCase()
      : field === 'phone'
        ? customer.phone === value
        : field === 'id'
          ? customer.id === value
          : true,
  );
}

function inOrder(left: number, compare: string, right: number): boolean {
  switch (compare) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    default:
      return left === right;
  }
}
