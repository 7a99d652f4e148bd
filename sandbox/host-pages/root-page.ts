import { html, page, safe } from '../https/page.ts';
import type { HostPageDeps } from './deps.ts';

/** In a browser that is not mapped, the pages are there but nothing of Inlay is on them. */
const PLAIN =
  '<p><b>In this browser you see the bare pages.</b> The extension and the widgets work under the real names only. <code>npm start -- --browser</code> opens a Chromium in which those names lead here; it also joins a stack that runs.</p>';

/** The sandbox's own front page: every host page, with the path form for an ordinary browser and the real name for a mapped one. */
export function rootPage({ ads, shopify, hubspot }: HostPageDeps, isPathForm: boolean): Response {
  const link = (text: string, host: string, path: string): string =>
    `<li><a href="${isPathForm ? '/' : 'https://'}${safe(host + path)}">${safe(text)}</a><br><span class="quiet">https://${safe(host + path)}</span></li>`;
  const account = ads.accounts()[0];
  const act = account === undefined ? '' : `?act=${account.id}`;
  const manager = ['campaigns', 'adsets', 'ads']
    .map((level) => link(`Ads Manager: ${level}`, 'adsmanager.facebook.com', `/adsmanager/manage/${level}${act}`))
    .join('');
  const looks = [
    ['Dark', '&theme=dark'],
    ['French', '&locale=fr_FR'],
    ['Arabic', '&locale=ar_AR'],
    ['New markup', '&variant=b'],
    ['No id in attributes', '&variant=c'],
  ]
    .map(([text = '', more = '']) => link(text, 'adsmanager.facebook.com', `/adsmanager/manage/ads${act}${more}`))
    .join('');
  const stores = [...shopify.store.shops.values()]
    .flatMap((shop) => shop.products.map((product) => link(`${shop.name}: ${product.title}`, shop.domain, `/products/${product.handle}`)))
    .join('');
  const contacts = hubspot
    .contacts()
    .slice(0, 5)
    .map(({ id, name }) => link(`Contact: ${name}`, 'app.hubspot.com', `/contacts/4242/record/0-1/${id}`))
    .join('');
  return html(
    page({
      title: 'Inlay sandbox',
      body: `<main class="card"><h1>Inlay sandbox</h1><p class="quiet">Local imitations of the pages and platforms Inlay works with. Nothing here reaches the network.</p>${isPathForm ? PLAIN : ''}
<h2>Ads Manager</h2><ul>${manager}</ul><h2>The same in other looks</h2><ul>${looks}</ul><h2>CRM</h2><ul>${contacts}</ul><h2>Store</h2><ul>${stores}</ul>
<h2>Mail</h2><ul>${link('Mailbox', 'mailbox.inlay.test', '/')}</ul><h2>State</h2><ul><li><a href="/_sandbox/objects">All objects</a></li><li><a href="/_sandbox/webhooks">Webhook deliveries</a></li><li><a href="/_sandbox/faults">Fault plan</a></li></ul></main>`,
    }),
  );
}
