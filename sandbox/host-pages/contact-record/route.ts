import { html, safe } from '../../https/page.ts';
import { cardFetch } from '../../hubspot/card-fetch.ts';
import { valueOf } from '../../hubspot/show-object.ts';
import type { CrmObject, HubspotStore, Portal } from '../../hubspot/store.ts';
import { strictPolicy, type Addresses } from '../address.ts';
import { clientScript } from '../client-script.ts';
import type { HostPageConfig } from '../config.ts';
import { looksOf } from '../looks.ts';
import { pageStyle } from '../page-style.ts';
import { recordStyle } from './style.ts';

/** app.hubspot.com/contacts/{portal}/record/0-1/{id}, its modules, its JSON and its app card. Undefined = not ours. */
export async function contactRecordRoute(
  store: HubspotStore,
  config: HostPageConfig,
  addresses: Addresses,
  hostStyle: URL,
  url: URL,
  cardOrigin: string,
): Promise<Response | undefined> {
  const [, area, portalId = '', part, ...rest] = url.pathname.split('/');
  if (area !== 'contacts' || !/^\d+$/.test(portalId)) return undefined;
  const portal = store.portals.get(Number(portalId));
  if (!portal) return new Response('Not found', { status: 404 });
  if (part === 'static' && rest[0] === 'record.css') return pageStyle(recordStyle, hostStyle);
  if (part === 'static') return clientScript(rest.join('/'));
  if (part === 'data') return dataAnswer(store, portal, rest[0] ?? '');
  if (part === 'card') {
    const answer = await cardFetch(store, {
      url: `${cardOrigin}/v1/hubspot/card?objectTypeId=0-1&objectId=${encodeURIComponent(rest[0] ?? '')}`,
      portalId: portal.id,
    });
    return new Response(answer.body, { status: answer.status === 200 ? 200 : 424, headers: { 'content-type': 'application/json' } });
  }
  if (part !== 'record' || rest[0] !== '0-1') return undefined;
  return recordPage(config, addresses, url, rest[1] ?? '');
}

function recordPage(config: HostPageConfig, addresses: Addresses, url: URL, contactId: string): Response {
  const { lang, dir, theme, short } = looksOf(url.searchParams);
  const root = '../../static';
  const widget =
    config.hubspot.key === null
      ? ''
      : `<link rel="preconnect" href="${safe(addresses.cdnOrigin)}" crossorigin><script src="${safe(addresses.cdnBase)}/inlay.js" async></script>`;
  const settings = { key: config.hubspot.key, api: addresses.apiOrigin, contact: contactId, language: short, theme };
  return html(
    `<!doctype html>
<html lang="${lang}" dir="${dir}"${theme === null ? '' : ` data-theme="${theme}"`}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Contact</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}/record.css">${widget}<script type="module" src="${root}/contact-record/client/main.ts"></script></head>
<body><div id="app" data-settings="${safe(JSON.stringify(settings))}"></div></body></html>`,
    200,
    { 'content-security-policy': strictPolicy(addresses) },
  );
}

const SHOWN = [
  'email',
  'phone',
  'lifecyclestage',
  'hs_lead_status',
  'company',
  'jobtitle',
  'city',
  'country',
  'hs_analytics_source',
  'createdate',
];

function dataAnswer(store: HubspotStore, portal: Portal, id: string): Response {
  const contacts = portal.objects.filter(({ type, archived }) => type === 'contacts' && !archived);
  const contact = store.find(portal, 'contacts', id);
  if (!contact) return Response.json({ contact: null });
  const place = contacts.indexOf(contact);
  const deals = portal.associations.filter(({ from }) => from === contact.id).flatMap(({ to }) => store.find(portal, 'deals', to) ?? []);
  return Response.json({
    contact: { id: contact.id, name: nameOf(contact), properties: Object.fromEntries(SHOWN.map((name) => [name, valueOf(contact, name)])) },
    previous: contacts[place - 1]?.id ?? null,
    next: contacts[place + 1]?.id ?? null,
    deals: deals.map((deal) => ({
      id: deal.id,
      name: valueOf(deal, 'dealname'),
      amount: valueOf(deal, 'amount'),
      stage: valueOf(deal, 'dealstage'),
    })),
    events: [
      ...contact.history
        .slice(-8)
        .reverse()
        .map(({ name, value, at }) => ({ kind: 'change', name, value, at })),
      { kind: 'created', name: null, value: valueOf(contact, 'hs_analytics_source'), at: contact.createdAt },
    ],
  });
}

const nameOf = (contact: CrmObject): string =>
  [contact.properties['firstname'], contact.properties['lastname']].filter(Boolean).join(' ') ||
  (contact.properties['email'] ?? `Contact ${contact.id}`);
