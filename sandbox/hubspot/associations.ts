import { notFound } from './errors.ts';
import { associate, associatedIds, type Answer, type Call } from './objects.ts';
import { typeOf, type HubspotStore, type ObjectType, type Portal } from './store.ts';

/** …/{from}/{fromId}/associations/[default/]{to}[/{toId}]; the default kind is idempotent. */
export function associationsRoute(
  store: HubspotStore,
  portal: Portal,
  from: ObjectType,
  fromId: string,
  rest: string[],
  call: Call,
): Answer {
  const isDefault = rest[0] === 'default';
  const [toName = '', toId] = isDefault ? rest.slice(1) : rest;
  const to = typeOf(toName);
  if (!to || !store.find(portal, from, fromId)) throw notFound();
  if (call.method === 'GET' && toId === undefined) {
    return {
      status: 200,
      body: {
        results: associatedIds(portal, fromId, to).map((id) => ({
          toObjectId: Number(id),
          associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 4, label: null }],
        })),
      },
    };
  }
  if (toId === undefined || !store.find(portal, to, toId)) throw notFound();
  if (call.method === 'PUT') {
    associate(portal, fromId, toId);
    store.core.touch();
    const pair = { from: { id: fromId }, to: { id: toId } };
    return {
      status: 200,
      body: isDefault
        ? {
            status: 'COMPLETE',
            results: [{ ...pair, associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 4 } }],
            startedAt: new Date(store.core.now()).toISOString(),
            completedAt: new Date(store.core.now()).toISOString(),
          }
        : { fromObjectTypeId: from, fromObjectId: fromId, toObjectTypeId: to, toObjectId: toId, labels: [] },
    };
  }
  if (call.method === 'DELETE') {
    portal.associations = portal.associations.filter(
      (one) => !((one.from === fromId && one.to === toId) || (one.from === toId && one.to === fromId)),
    );
    return { status: 204, body: null };
  }
  throw notFound();
}

/** …/associations/{from}/{to}/batch/… */
export function associationsBatch(store: HubspotStore, portal: Portal, to: ObjectType, verb: string, call: Call): Answer {
  const inputs = (call.body['inputs'] ?? []) as { id?: string; from?: { id: string }; to?: { id: string } | { id: string }[] }[];
  const now = new Date(store.core.now()).toISOString();
  const whole = (results: unknown[]): Answer => ({ status: 200, body: { status: 'COMPLETE', results, startedAt: now, completedAt: now } });
  if (verb === 'read') {
    return whole(
      inputs.map(({ id = '' }) => ({
        from: { id },
        to: associatedIds(portal, id, to).map((toObjectId) => ({
          toObjectId: Number(toObjectId),
          associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 4, label: null }],
        })),
      })),
    );
  }
  for (const { from, to: target } of inputs)
    for (const one of target === undefined ? [] : [target].flat()) if (from) associate(portal, from.id, one.id);
  store.core.touch();
  return whole(inputs.map((input) => ({ from: input.from, to: input.to })));
}
