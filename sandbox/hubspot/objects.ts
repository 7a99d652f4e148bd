import { batchObjects } from './batch.ts';
import { notFound } from './errors.ts';
import { searchObjects } from './search.ts';
import { showObject } from './show-object.ts';
import type { CrmObject, HubspotStore, ObjectType, Portal } from './store.ts';
import { archiveObject, createObject, mergeObjects, updateObject, type Properties } from './write-object.ts';

export interface Call {
  method: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}
export interface Answer {
  status: number;
  body: unknown;
}
const ok = (body: unknown, status = 200): Answer => ({ status, body });

/** /crm/…/objects/{type}/…; `rest` is what follows the type. */
export function objectsRoute(store: HubspotStore, portal: Portal, type: ObjectType, rest: string[], call: Call): Answer {
  const [first, second] = rest;
  const { method, query, body } = call;
  const asked = (query.get('properties') ?? '').split(',').filter(Boolean);
  if (first === undefined) {
    if (method === 'GET') return ok(listObjects(portal, type, query, asked));
    if (method === 'POST') {
      const object = createObject(store, portal, type, (body['properties'] ?? {}) as Properties);
      associateNew(portal, object, body['associations']);
      return ok(showObject(object, Object.keys(object.properties)), 201);
    }
  }
  if (first === 'search' && method === 'POST') return ok(searchObjects(store, portal, type, body));
  if (first === 'batch' && second !== undefined && method === 'POST') return batchObjects(store, portal, type, second, body);
  if (first === 'merge' && method === 'POST') {
    const primary = must(store.find(portal, type, String(body['primaryObjectId'])));
    return ok(showObject(mergeObjects(store, portal, primary, must(store.find(portal, type, String(body['objectIdToMerge']))))));
  }
  if (first === 'gdpr-delete' && method === 'POST') {
    const found = store.find(portal, type, String(body['objectId']), String(body['idProperty'] ?? 'hs_object_id'));
    if (found) portal.objects.splice(portal.objects.indexOf(found), 1);
    return { status: 204, body: null };
  }
  if (first === undefined || second !== undefined) throw notFound();
  const idProperty = query.get('idProperty') ?? 'hs_object_id';
  const object = store.find(portal, type, decodeURIComponent(first), idProperty);
  if (method === 'DELETE') {
    if (object) archiveObject(store, portal, object);
    return { status: 204, body: null };
  }
  if (method === 'GET') return ok(withAssociations(portal, must(object), asked, query));
  if (method === 'PATCH')
    return ok(
      showObject(updateObject(store, portal, must(object), (body['properties'] ?? {}) as Properties), Object.keys(must(object).properties)),
    );
  throw notFound();
}

function must(object: CrmObject | undefined): CrmObject {
  if (!object) throw notFound();
  return object;
}

function listObjects(portal: Portal, type: ObjectType, query: URLSearchParams, asked: string[]): unknown {
  const limit = Math.min(100, Number(query.get('limit') ?? 10));
  const after = query.get('after');
  const archived = query.get('archived') === 'true';
  const all = portal.objects.filter((one) => one.type === type && one.archived === archived);
  const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const page = all.slice(start, start + limit);
  const last = page.at(-1);
  const more = last !== undefined && start + page.length < all.length;
  return {
    results: page.map((one) => showObject(one, asked)),
    ...(more ? { paging: { next: { after: last.id, link: `?after=${last.id}` } } } : {}),
  };
}

function withAssociations(portal: Portal, object: CrmObject, asked: string[], query: URLSearchParams): unknown {
  const wanted = (query.get('associations') ?? '').split(',').filter(Boolean);
  const shown = showObject(object, asked);
  if (wanted.length === 0) return shown;
  const associations = Object.fromEntries(
    wanted.flatMap((name) => {
      const results = associatedIds(portal, object.id, name).map((id) => ({ id, type: `${object.type}_to_${name}` }));
      return results.length > 0 ? [[name, { results }]] : [];
    }),
  );
  return { ...shown, associations };
}

export const associatedIds = (portal: Portal, from: string, type: string): string[] =>
  portal.associations
    .filter((one) => one.from === from)
    .map(({ to }) => to)
    .filter((id) => portal.objects.some((one) => one.id === id && one.type === type && !one.archived));

export function associate(portal: Portal, a: string, b: string): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const)
    if (!portal.associations.some((one) => one.from === from && one.to === to)) portal.associations.push({ from, to });
}

function associateNew(portal: Portal, object: CrmObject, given: unknown): void {
  if (!Array.isArray(given)) return;
  for (const one of given as { to?: { id?: string | number } }[])
    if (one.to?.id !== undefined) associate(portal, object.id, String(one.to.id));
}
