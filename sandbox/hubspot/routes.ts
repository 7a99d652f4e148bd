import { associationsBatch, associationsRoute } from './associations.ts';
import { HubspotError, notFound } from './errors.ts';
import { grantOf } from './oauth.ts';
import { objectsRoute, type Answer, type Call } from './objects.ts';
import { propertiesRoute } from './properties.ts';
import { countCall } from './rate-limit.ts';
import { typeOf, type HubspotStore, type ObjectType } from './store.ts';

interface Place {
  area: 'objects' | 'associations' | 'properties';
  rest: string[];
}

const DATED = /^\d{4}-\d{2}$/;
const KNOWN_DATES = new Set(['2026-03', '2026-09']);

/** `/crm/v3/objects/…` and `/crm/objects/2026-03/…` name the same place. */
export function placeOf(path: string): Place | null {
  const [crm, second = '', third = '', ...rest] = path.split('/').filter(Boolean);
  if (crm !== 'crm') return null;
  const areas = ['objects', 'associations', 'properties'];
  if (/^v[34]$/.test(second) && areas.includes(third)) return { area: third as Place['area'], rest };
  if (areas.includes(second) && DATED.test(third)) return KNOWN_DATES.has(third) ? { area: second as Place['area'], rest } : null;
  return null;
}

/** One authorised CRM call; refusals are thrown as HubspotError. */
export function crm(
  store: HubspotStore,
  path: string,
  authorization: string | null,
  call: Call,
): Answer & { headers: Record<string, string> } {
  const grant = grantOf(store, authorization);
  const portal = store.portal(grant.portalId);
  const place = placeOf(path);
  if (!place) throw notFound();
  const isSearch = place.rest.at(-1) === 'search';
  const headers = countCall(store, portal, isSearch);
  const [typeName = '', ...rest] = place.rest;
  const type = typeOf(typeName);
  if (!type) throw new HubspotError(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${typeName}`);
  const isRead = call.method === 'GET' || isSearch || rest.at(-1) === 'read';
  needScope(grant.scope, place.area === 'properties' ? `crm.schemas.${type}` : `crm.objects.${type}`, isRead ? 'read' : 'write');
  return { ...run(store, portal, place.area, type, rest, call), headers };
}

function run(
  store: HubspotStore,
  portal: Parameters<typeof objectsRoute>[1],
  area: Place['area'],
  type: ObjectType,
  rest: string[],
  call: Call,
): Answer {
  if (area === 'properties') return propertiesRoute(store, portal, type, rest[0], call);
  if (area === 'associations') {
    const to = typeOf(rest[0] ?? '');
    if (!to || rest[1] !== 'batch') throw notFound();
    return associationsBatch(store, portal, to, rest[2] ?? '', call);
  }
  if (rest[1] === 'associations') return associationsRoute(store, portal, type, rest[0] ?? '', rest.slice(2), call);
  return objectsRoute(store, portal, type, rest, call);
}

function needScope(granted: string, area: string, kind: 'read' | 'write'): void {
  const scopes = granted.split(/[ +]/);
  if (scopes.includes(`${area}.${kind}`)) return;
  throw new HubspotError(403, 'MISSING_SCOPES', 'This app has not been granted all required scopes to make this call.', {
    errors: [{ message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: [`${area}.${kind}`] } }],
  });
}
