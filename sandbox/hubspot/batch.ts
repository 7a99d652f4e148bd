import { HubspotError, invalid, notFound } from './errors.ts';
import type { Answer } from './objects.ts';
import { showObject } from './show-object.ts';
import type { HubspotStore, ObjectType, Portal } from './store.ts';
import { archiveObject, createObject, updateObject, type Properties } from './write-object.ts';

interface Input {
  id?: string;
  idProperty?: string;
  properties?: Properties;
  objectWriteTraceId?: string;
}

/** batch/{create,read,update,upsert,archive}: at most 100 inputs; some refused = 207 with `errors` beside the results. */
export function batchObjects(store: HubspotStore, portal: Portal, type: ObjectType, verb: string, body: Record<string, unknown>): Answer {
  const inputs = (body['inputs'] ?? []) as Input[];
  const idProperty = typeof body['idProperty'] === 'string' ? body['idProperty'] : undefined;
  const asked = (body['properties'] ?? []) as string[];
  if (!Array.isArray(inputs) || inputs.length > 100)
    throw invalid('The maximum number of inputs supported in a batch request for this object type is 100');
  if (verb === 'upsert' && new Set(inputs.map(({ id }) => id?.toLowerCase())).size < inputs.length)
    throw invalid('Duplicate ids found in batch input');
  const started = new Date(store.core.now()).toISOString();
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) {
    try {
      const result = one(store, portal, type, verb, input, idProperty, asked);
      if (result !== null) results.push(result);
    } catch (error) {
      if (!(error instanceof HubspotError)) throw error;
      // Without trace ids a refused create fails the whole batch, as the platform does it.
      if (verb === 'create' && input.objectWriteTraceId === undefined) throw error;
      errors.push({
        status: 'error',
        category: error.category,
        message: error.message,
        context: {
          ids: [input.id ?? ''],
          ...(input.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: [input.objectWriteTraceId] }),
        },
      });
    }
  }
  if (verb === 'archive') return { status: 204, body: null };
  const whole = { status: 'COMPLETE', results, startedAt: started, completedAt: new Date(store.core.now()).toISOString() };
  if (errors.length > 0) return { status: 207, body: { ...whole, numErrors: errors.length, errors } };
  return { status: verb === 'create' ? 201 : 200, body: whole };
}

function one(
  store: HubspotStore,
  portal: Portal,
  type: ObjectType,
  verb: string,
  input: Input,
  idProperty: string | undefined,
  asked: string[],
): unknown {
  const find = () => store.find(portal, type, String(input.id ?? ''), input.idProperty ?? idProperty ?? 'hs_object_id');
  const trace = input.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: input.objectWriteTraceId };
  switch (verb) {
    case 'create': {
      const object = createObject(store, portal, type, input.properties ?? {});
      return { ...showObject(object, Object.keys(object.properties)), ...trace };
    }
    case 'read': {
      const object = find();
      if (!object) throw notFound('Could not get some objects, they may be deleted or not exist');
      return showObject(object, asked);
    }
    case 'update': {
      const object = find();
      if (!object) throw notFound();
      return showObject(updateObject(store, portal, object, input.properties ?? {}), Object.keys(object.properties));
    }
    case 'upsert': {
      const name = input.idProperty ?? idProperty;
      if (name === undefined) throw invalid('idProperty is required');
      if (!portal.properties[type].some((definition) => definition.name === name && definition.hasUniqueValue))
        throw invalid(`Property ${name} is not a unique identifier property`);
      const object = find();
      const shown = object
        ? updateObject(store, portal, object, input.properties ?? {})
        : createObject(store, portal, type, { [name]: input.id, ...input.properties });
      return { ...showObject(shown, Object.keys(shown.properties)), new: object === undefined, ...trace };
    }
    case 'archive': {
      const object = find();
      if (object) archiveObject(store, portal, object);
      return null;
    }
    default:
      throw notFound();
  }
}
