import { safe } from '../../https/page.ts';
import { toDecimal } from '../../shopify/money.ts';
import type { Customer, Order, Product, Shop } from '../../shopify/store.ts';
import type { Addresses } from '../address.ts';
import type { Looks } from '../looks.ts';
import { productOf, totalMinor, type Cart } from './carts.ts';
import type { Words } from './words.ts';

export interface PageContext {
  shop: Shop;
  cart: Cart;
  customer: Customer | null;
  looks: Looks;
  words: Words;
  addresses: Addresses;
  widgetKey: string | null;
  carry: string;
}

const money = (minor: number, { shop, looks }: PageContext): string =>
  safe(new Intl.NumberFormat(looks.lang, { style: 'currency', currency: shop.currency }).format(Number(toDecimal(minor, shop.currency))));

/** The frame of every storefront page. `carry` keeps locale and theme on links. */
export function shell(context: PageContext, title: string, body: string): string {
  const { shop, cart, looks, words, addresses, widgetKey, carry } = context;
  const count = cart.items.reduce((sum, { quantity }) => sum + quantity, 0);
  const link = (path: string, text: string, more = ''): string => `<a href="${safe(addresses.base + path + carry)}"${more}>${text}</a>`;
  const script = widgetKey === null ? '' : `<script src="${safe(addresses.cdnBase)}/inlay.js" async></script>`;
  return `<!doctype html><html lang="${looks.lang}" dir="${looks.dir}"${looks.theme === null ? '' : ` data-theme="${looks.theme}"`}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${safe(title)} – ${safe(shop.name)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${safe(addresses.base)}/cdn/theme.css">${script}
<script type="module" src="${safe(addresses.base)}/cdn/static/storefront/client/theme.ts" data-base="${safe(addresses.base)}"></script></head><body>
<div class="announce">${words.tax}</div><header class="head">${link(`/products/${shop.products[0]?.handle ?? ''}`, safe(shop.name), ' class="brand"')}<nav>${link(`/products/${shop.products[0]?.handle ?? ''}`, words.shop)}</nav><span class="grow"></span>${link('/account', words.account)}${link('/checkout', `${words.cart} (<span data-cart-count>${count}</span>)`)}</header>
<main id="MainContent">${body}</main><footer>© ${safe(shop.name)}</footer></body></html>`;
}

export function productPage(context: PageContext, product: Product): string {
  const { shop, words, addresses, carry } = context;
  const others = shop.products
    .filter((one) => one !== product)
    .map(
      (one) =>
        `<a href="${safe(`${addresses.base}/products/${one.handle}${carry}`)}">${picture(one)}<p>${safe(one.title)}</p><p class="quiet">${money(one.priceMinor, context)}</p></a>`,
    )
    .join('');
  return shell(
    context,
    product.title,
    `<div class="product"><div>${picture(product)}<div class="thumbs">${[0, 1, 2, 3].map((turn) => picture(product, turn)).join('')}</div></div>
<div><h1>${safe(product.title)}</h1><p class="price">${money(product.priceMinor, context)}</p><p class="stock">● ${words.stock}</p>
<form class="buy" action="${safe(addresses.base)}/cart/add" method="post" data-buy><input type="hidden" name="id" value="${product.variantId}"><input type="number" name="quantity" value="1" min="1" max="20" aria-label="${words.quantity}"><button type="submit" name="add">${words.add}</button></form>
<p>${safe(product.description)}</p><details open><summary>${words.details}</summary><p class="quiet">${words.detailsText}</p></details><details><summary>${words.shipping}</summary><p class="quiet">${words.shippingText}</p></details></div></div>
${appBlock(context)}<section class="also"><h2>${words.also}</h2><div class="grid">${others}</div></section>`,
  );
}

/** What a theme app extension leaves in the page: the block's wrapper and our element with its settings. */
function appBlock({ widgetKey, looks, addresses, words }: PageContext): string {
  if (widgetKey === null) return '';
  const attributes = {
    'data-key': widgetKey,
    'data-api': addresses.apiOrigin,
    'data-locale': looks.short,
    'data-token-url': `${addresses.base}/apps/inlay/token`,
    ...(looks.theme === null ? {} : { theme: looks.theme }),
  };
  const written = Object.entries(attributes)
    .map(([name, value]) => `${name}="${safe(value)}"`)
    .join(' ');
  return `<section class="creators"><h2>${words.creators}</h2><div id="shopify-block-creator_stats" class="shopify-block shopify-app-block inlay-slot"><inlay-affiliate-stats ${written}></inlay-affiliate-stats></div></section>`;
}

export function checkoutPage(context: PageContext, problem: string | null, typed: { email?: string; code?: string }): string {
  const { shop, cart, customer, words, addresses, carry } = context;
  if (cart.items.length === 0)
    return shell(context, words.checkout, `<div class="checkout"><h1>${words.checkout}</h1><p>${words.empty}</p></div>`);
  const lines = cart.items
    .map((item) => {
      const product = productOf(shop, item);
      return `<div class="line"><span>${safe(product.title)} × ${item.quantity}</span><span>${money(product.priceMinor * item.quantity, context)}</span></div>`;
    })
    .join('');
  return shell(
    context,
    words.checkout,
    `<div class="checkout"><h1>${words.checkout}</h1>${lines}<div class="line sum"><span>${words.total}</span><span>${money(totalMinor(shop, cart), context)}</span></div>
<form action="${safe(`${addresses.base}/checkout${carry}`)}" method="post"><label>${words.email}<input name="email" type="email" required autocomplete="off" value="${safe(typed.email ?? customer?.email ?? '')}"></label>
<label>${words.phone}<input name="phone" type="tel" autocomplete="off"></label><label>${words.code}<input name="discount" autocomplete="off" value="${safe(typed.code ?? '')}"></label>${problem === null ? '' : `<p class="warn" role="alert">${safe(problem)}</p>`}
<button type="submit">${words.pay}</button></form></div>`,
  );
}

export function thanksPage(context: PageContext, order: Order): string {
  const { words } = context;
  return shell(
    context,
    words.thanks,
    `<div class="checkout"><h1>${words.thanks}</h1><p data-order="${order.id}">${words.order} #${order.number}</p></div>`,
  );
}

export function accountPage(context: PageContext): string {
  const { customer, words, addresses, carry } = context;
  const action = safe(`${addresses.base}/account/login${carry}`);
  const body =
    customer === null
      ? `<form action="${action}" method="post"><label>${words.email}<input name="email" type="email" required autocomplete="off"></label><button type="submit">${words.signIn}</button></form>`
      : `<p>${words.signedIn} <b>${safe(customer.email ?? customer.id)}</b></p><form action="${action}" method="post"><input type="hidden" name="email" value=""><button type="submit">${words.signOut}</button></form>`;
  return shell(context, words.account, `<div class="checkout"><h1>${words.account}</h1>${body}</div>`);
}

const SHAPES: Record<string, (tone: string, x: number) => string> = {
  'ridge-bottle': (tone, x) =>
    `<rect x="${x - 24}" y="70" width="48" height="38" rx="8" fill="${tone}"/><path d="M${x - 30} 112h60c0 26 26 34 26 66v130a24 24 0 0 1-24 24h-64a24 24 0 0 1-24-24V178c0-32 26-40 26-66z" fill="${tone}"/><rect x="${x - 56}" y="232" width="112" height="44" fill="#fff" opacity=".2"/>`,
  'harbour-jacket': (tone, x) =>
    `<path d="M${x - 40} 84 L${x - 96} 118 L${x - 128} 286 L${x - 90} 294 L${x - 78} 196 L${x - 78} 330 H${x + 78} V196 L${x + 90} 294 L${x + 128} 286 L${x + 96} 118 L${x + 40} 84 Q${x} 116 ${x - 40} 84z" fill="${tone}"/><path d="M${x} 106V330" stroke="#fff" stroke-width="4" opacity=".35"/><rect x="${x + 18}" y="240" width="42" height="6" rx="3" opacity=".22"/>`,
};
const BAG = (tone: string, x: number): string =>
  `<rect x="${x - 92}" y="136" width="184" height="196" rx="22" fill="${tone}"/><rect x="${x - 92}" y="196" width="184" height="4" opacity=".18"/><path d="M${x - 46} 138 C ${x - 46} 62, ${x + 46} 62, ${x + 46} 138" fill="none" stroke="${tone}" stroke-width="14"/><rect x="${x - 40}" y="220" width="80" height="72" rx="10" fill="#fff" opacity=".22"/>`;

/** A drawn product, so that no picture has to be shipped. */
function picture({ tone, title, handle }: Product, turn = 0): string {
  return `<svg class="picture" viewBox="0 0 400 400" role="img" aria-label="${safe(title)}"><rect width="400" height="400" fill="${tone}" opacity="${0.16 + turn * 0.05}"/><ellipse cx="200" cy="338" rx="112" ry="12" opacity=".12"/>${(SHAPES[handle] ?? BAG)(tone, 200 + turn * 9)}</svg>`;
}
