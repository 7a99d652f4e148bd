import { carryClick } from './carry-click.ts';

void carryClick({
  search: location.search,
  privacy: window.Shopify,
  onConsent: (then) => document.addEventListener('visitorConsentCollected', then, { once: true }),
  send: fetch.bind(window),
});
