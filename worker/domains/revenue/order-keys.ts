import type { StoreOrder } from '../../platforms/stores/store-platform.ts';
import { clickIdKey, countryOfTimezone, emailKey, phoneKey, type PersonKey } from '../people/index.ts';

/** Names under which a page or a link carries a click's id: the platforms' own, and ours. */
const CLICK_IDS = ['fbclid', 'fbc', '_fbc', 'gclid', 'ttclid', 'li_fat_id', 'sccid', 'inlay_click'];

/** Everything in an order that says who bought. A shop's customer number counts within that shop only. */
export function orderKeys(order: StoreOrder, shop: string, organizationTimezone: string): PersonKey[] {
  const landing = landingQuery(order.landingSite);
  const clicks = CLICK_IDS.flatMap((name) => [order.attributes[name], landing.get(name)]).map((value) => clickIdKey(value));
  const customer: PersonKey | null = order.customer.id === null ? null : { kind: 'shop_customer', value: `${shop}|${order.customer.id}` };
  return [
    customer,
    emailKey(order.customer.email),
    phoneKey(order.customer.phone, order.customer.country ?? countryOfTimezone(organizationTimezone)),
    ...clicks,
  ].filter((key) => key !== null);
}

/** The ad an order's own link names: our links carry ids under `ad_id`; names are decoration. Null when there is none. */
export function adOfOrder(order: StoreOrder): string | null {
  const landing = landingQuery(order.landingSite);
  for (const value of [order.attributes['ad_id'], landing.get('ad_id'), landing.get('utm_content')]) {
    if (value && /^\d{6,20}$/.test(value)) return value;
  }
  return null;
}

function landingQuery(landingSite: string | null): URLSearchParams {
  return new URLSearchParams(landingSite?.split('#')[0]?.split('?')[1] ?? '');
}
