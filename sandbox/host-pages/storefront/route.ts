import { html } from '../../https/page.ts';
import { placeOrder } from '../../shopify/events.ts';
import { toDecimal } from '../../shopify/money.ts';
import type { Customer, Shop, ShopifyStore } from '../../shopify/store.ts';
import { strictPolicy, type Addresses } from '../address.ts';
import { clientScript } from '../client-script.ts';
import { looksOf } from '../looks.ts';
import { pageStyle } from '../page-style.ts';
import { cartJson, cookieOf, noteAttributes, productOf, type Cart, type Carts } from './carts.ts';
import { accountPage, checkoutPage, productPage, thanksPage, type PageContext } from './pages.ts';
import { themeStyle } from './style.ts';
import { wordsFor } from './words.ts';

export interface StorefrontParts {
  shop: Shop;
  store: ShopifyStore;
  carts: Carts;
  addresses: Addresses;
  widgetKey: string | null;
  hostStyle: URL;
}

/** A shop's public pages: products, the cart's JSON routes, checkout, account. */
export async function storefrontRoute(parts: StorefrontParts, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const cart = parts.carts.of(request);
  const context = contextOf(parts, request, url, cart);
  const show = (text: string, status = 200, headers: Record<string, string> = {}): Response =>
    html(text, status, { 'content-security-policy': strictPolicy(parts.addresses), 'set-cookie': cookieOf(cart), ...headers });
  const to = (path: string): string => `${parts.addresses.base}${path}${context.carry}`;
  const [, area = '', name = ''] = url.pathname.split('/');
  if (url.pathname === '/cdn/theme.css') return pageStyle(themeStyle, parts.hostStyle);
  if (url.pathname.startsWith('/cdn/static/')) return clientScript(url.pathname.slice('/cdn/static/'.length));
  if (area === '')
    return new Response(null, { status: 302, headers: { location: to(`/products/${parts.shop.products[0]?.handle ?? ''}`) } });
  if (area === 'products') {
    const product = parts.shop.products.find(({ handle }) => handle === name);
    return product ? show(productPage(context, product)) : new Response('Not found', { status: 404 });
  }
  if (area === 'cart' || area === 'cart.js') return cartRoute(parts, request, cart, area === 'cart.js' ? '' : name, to);
  if (area === 'checkout' && request.method === 'POST') return checkout(parts, context, await request.formData(), show);
  if (area === 'checkout') return show(checkoutPage(context, null, {}));
  if (area === 'account' && request.method === 'POST') return signIn(parts, await request.formData(), to('/account'));
  if (area === 'account') return show(accountPage(context));
  return new Response('Not found', { status: 404 });
}

function contextOf({ shop, addresses, widgetKey }: StorefrontParts, request: Request, url: URL, cart: Cart): PageContext {
  const looks = looksOf(url.searchParams);
  const kept = new URLSearchParams([...url.searchParams].filter(([name]) => name === 'locale' || name === 'theme'));
  const id = /(?:^|;\s*)sandbox_customer=(\d+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  const customer: Customer | null = shop.customers.find((one) => one.id === id) ?? null;
  return { shop, cart, customer, looks, words: wordsFor(looks.short), addresses, widgetKey, carry: kept.size > 0 ? `?${kept}` : '' };
}

/** The store's Ajax cart: /cart.js, /cart/add.js, /cart/update.js, /cart/clear.js, and the form post of a page without script. */
async function cartRoute(
  { shop, store }: StorefrontParts,
  request: Request,
  cart: Cart,
  name: string,
  to: (path: string) => string,
): Promise<Response> {
  const answer = (): Response => Response.json(cartJson(shop, cart), { headers: { 'set-cookie': cookieOf(cart) } });
  if (request.method !== 'POST') return answer();
  const fields = await readFields(request);
  if (name === 'clear.js') cart.items = [];
  if (name === 'add' || name === 'add.js') {
    const variantId = String(fields['id'] ?? '');
    if (!shop.products.some((product) => product.variantId === variantId))
      return Response.json({ status: 404, message: 'Cart Error', description: 'Cannot find variant' }, { status: 404 });
    const quantity = Math.max(1, Number(fields['quantity'] ?? 1));
    const known = cart.items.find((item) => item.variantId === variantId);
    if (known) known.quantity += quantity;
    else cart.items.push({ variantId, quantity });
    if (name === 'add') return new Response(null, { status: 303, headers: { location: to('/checkout'), 'set-cookie': cookieOf(cart) } });
  }
  const attributes = fields['attributes'];
  if (typeof attributes === 'object' && attributes !== null)
    for (const [key, value] of Object.entries(attributes)) cart.attributes[key] = String(value ?? '');
  store.core.touch();
  return answer();
}

async function readFields(request: Request): Promise<Record<string, unknown>> {
  if (request.headers.get('content-type')?.includes('json')) return (await request.json()) as Record<string, unknown>;
  const fields: Record<string, unknown> = {};
  const attributes: Record<string, string> = {};
  for (const [name, value] of await request.formData()) {
    const attribute = /^attributes\[(.+)\]$/.exec(name)?.[1];
    if (attribute === undefined) fields[name] = value;
    else attributes[attribute] = String(value);
  }
  return Object.keys(attributes).length > 0 ? { ...fields, attributes } : fields;
}

function checkout(
  { shop, store, carts, addresses }: StorefrontParts,
  context: PageContext,
  form: FormData,
  show: (text: string, status?: number) => Response,
): Response {
  const { cart, words } = context;
  const field = (name: string): string => String(form.get(name) ?? '').trim();
  const code = field('discount');
  const known = shop.discountCodes.find((one) => one.code.toLowerCase() === code.toLowerCase());
  if (cart.items.length === 0) return show(checkoutPage(context, null, {}), 400);
  if (code !== '' && !known) return show(checkoutPage(context, words.badCode, { email: field('email'), code }), 422);
  const order = placeOrder(store, shop, {
    email: field('email'),
    phone: field('phone') || null,
    lines: cart.items.map((item) => {
      const product = productOf(shop, item);
      return { title: product.title, sku: product.sku, price: toDecimal(product.priceMinor, shop.currency), quantity: item.quantity };
    }),
    note_attributes: noteAttributes(cart),
    discount_codes: known ? [known.code] : [],
    landing_site: cart.attributes['_landing'] ?? `${addresses.base}/`,
  });
  carts.empty(cart);
  return show(thanksPage({ ...context, cart: { ...cart, items: [] } }, order));
}

/** Customer accounts without a password: who you say you are. An empty address signs out. */
function signIn({ shop, store }: StorefrontParts, form: FormData, location: string): Response {
  const email = String(form.get('email') ?? '')
    .trim()
    .toLowerCase();
  if (email === '') return new Response(null, { status: 303, headers: { location, 'set-cookie': 'sandbox_customer=; Path=/; Max-Age=0' } });
  let customer = shop.customers.find((one) => one.email === email);
  if (!customer) {
    const now = store.core.now();
    customer = { id: store.core.nextId('9'), email, phone: null, firstName: null, lastName: null, createdAt: now, updatedAt: now };
    shop.customers.push(customer);
    store.core.touch();
  }
  return new Response(null, {
    status: 303,
    headers: { location, 'set-cookie': `sandbox_customer=${customer.id}; Path=/; SameSite=Lax; HttpOnly` },
  });
}
