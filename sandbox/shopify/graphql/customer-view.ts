import type { Customer, Order, Shop } from '../store.ts';
import { connection, type PageArgs } from './connection.ts';

/** A Customer; `viewOrder` is how one of its orders is shown, because orders show customers in turn. */
export function customerView(shop: Shop, customer: Customer, viewOrder: (shop: Shop, order: Order) => object): object {
  const open = shop.protectedDataApproved;
  const orders = shop.orders.filter((order) => order.customerId === customer.id);
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ') || customer.email || '';
  const email = open ? customer.email : null;
  const phone = open ? customer.phone : null;
  return {
    __typename: 'Customer',
    id: `gid://shopify/Customer/${customer.id}`,
    legacyResourceId: customer.id,
    displayName: open ? name : '',
    firstName: open ? customer.firstName : null,
    lastName: open ? customer.lastName : null,
    email,
    phone,
    locale: 'en',
    state: 'DISABLED',
    tags: [],
    note: null,
    verifiedEmail: true,
    numberOfOrders: String(orders.length),
    defaultEmailAddress: email === null ? null : { emailAddress: email, marketingState: 'NOT_SUBSCRIBED', validFormat: true },
    defaultPhoneNumber: phone === null ? null : { phoneNumber: phone, marketingState: 'NOT_SUBSCRIBED' },
    createdAt: new Date(customer.createdAt).toISOString(),
    updatedAt: new Date(customer.updatedAt).toISOString(),
    orders: (args: PageArgs) => connection(orders, args, (order) => viewOrder(shop, order)),
  };
}
