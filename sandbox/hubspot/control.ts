import { cardFetch, type CardFetch } from './card-fetch.ts';
import { associate } from './objects.ts';
import { showObject } from './show-object.ts';
import { DEMO_PORTAL, typeOf, type HubspotStore } from './store.ts';
import { createObject, updateObject } from './write-object.ts';

/**
 * /_sandbox/hubspot/…: what people do inside the CRM. Bodies are plain properties, with `portalId` if not the demo portal.
 * - POST contacts|deals {…properties, contactId? (associates a deal)}; PATCH contacts/:id|deals/:id {…properties}
 * - POST card {url, method?, body?, portalId?}: sends the app card's signed request and gives the answer
 * - PUT settings {refuseWrites?: string|null}; PUT app {targetUrl: string|null}
 */
export async function control(store: HubspotStore, method: string, path: string, body: unknown): Promise<unknown> {
  const [resource = '', id] = path.split('?')[0]?.split('/').filter(Boolean) ?? [];
  const {
    portalId = DEMO_PORTAL,
    contactId,
    ...fields
  } = (body ?? {}) as Record<string, unknown> & { portalId?: number; contactId?: string };
  const portal = store.portal(portalId);
  const type = typeOf(resource);
  if (type && method === 'POST' && id === undefined) {
    const object = createObject(store, portal, type, fields, 'CRM_UI');
    if (contactId !== undefined) associate(portal, object.id, String(contactId));
    return showObject(object, Object.keys(object.properties));
  }
  if (type && method === 'PATCH' && id !== undefined) {
    const object = store.find(portal, type, id);
    if (!object) throw new Error(`No ${resource} ${id}`);
    return showObject(updateObject(store, portal, object, fields, 'CRM_UI'), Object.keys(object.properties));
  }
  if (type && method === 'GET')
    return {
      results: portal.objects
        .filter((one) => one.type === type && !one.archived)
        .map((one) => showObject(one, Object.keys(one.properties))),
    };
  if (resource === 'card' && method === 'POST') return cardFetch(store, { ...(fields as unknown as CardFetch), portalId });
  if (resource === 'settings' && method === 'PUT') {
    portal.refuseWrites = typeof fields['refuseWrites'] === 'string' ? fields['refuseWrites'] : null;
    return { refuseWrites: portal.refuseWrites };
  }
  if (resource === 'app' && method === 'PUT') {
    store.targetUrl = typeof fields['targetUrl'] === 'string' ? fields['targetUrl'] : null;
    return { targetUrl: store.targetUrl };
  }
  return undefined;
}
