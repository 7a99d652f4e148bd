/** What Shopify's storefront offers for consent; absent on other pages and before it has loaded. */
interface ShopifyPrivacy {
  customerPrivacy?: { marketingAllowed(): boolean };
  loadFeatures?(features: { name: string; version: string }[], done: (error?: unknown) => void): void;
}
interface Window {
  Shopify?: ShopifyPrivacy;
}
