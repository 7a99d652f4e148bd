import type { Json, LiCall } from './li-call.ts';
import { badRequest, gatewayTimeout, LiError, platformBroken, throttled } from './li-error.ts';
import { isRecord } from './entity-fields.ts';
import type { LiAnswer, LiWorld } from './world.ts';

/** [K] More entities in one call are refused. */
export const MOST_ELEMENTS = 100;

export interface Element {
  status: number;
  id?: string;
  error?: LiError;
}

/** Runs one element; a refusal of the platform becomes its status, everything else is our own fault. */
function attempt(run: () => Element): Element {
  try {
    return run();
  } catch (error) {
    if (error instanceof LiError) return { status: error.status, error };
    throw error;
  }
}

const failed = (error: LiError): Element => ({ status: error.status, error });

/** Weather inside a batch: the outer answer stays good, single elements are throttled, broken or timed out (applied or not). */
function underFaults(world: LiWorld, key: string, run: () => Element): Element {
  const { faults, log, later } = world.core;
  const fate = faults.draw('linkedin', `batch element ${key}`, true);
  if (fate.kind !== 'none') log.countFault('linkedin', `batch ${fate.kind}`);
  switch (fate.kind) {
    case 'none':
      return attempt(run);
    case 'throttle':
      return failed(throttled());
    case 'error500':
      if (fate.applied) attempt(run);
      return failed(platformBroken());
    case 'answer-lost':
      attempt(run);
      return failed(gatewayTimeout());
    case 'late-apply':
      later(fate.afterMs, () => {
        attempt(run);
      });
      return failed(gatewayTimeout());
    case 'request-lost':
    case 'dead':
      return failed(gatewayTimeout());
  }
}

/** `{elements: [...]}` → a status per element, in order [D]. */
export function batchCreate(
  world: LiWorld,
  call: LiCall,
  options: { isDetailed: boolean; most?: number; keyOf: (entity: Json) => string; one: (entity: Json) => string },
): LiAnswer {
  const elements = call.body?.['elements'];
  const most = options.most ?? MOST_ELEMENTS;
  if (!Array.isArray(elements)) throw badRequest('Request body must have elements');
  if (elements.length > most) throw badRequest(`The batch size ${elements.length} exceeds the maximum of ${most}`);
  const results = elements.map((entity: unknown) => {
    if (!isRecord(entity)) return failed(badRequest('An element must be a record'));
    return underFaults(world, options.keyOf(entity), () => ({ status: 201, id: options.one(entity) }));
  });
  return {
    status: 200,
    body: {
      elements: results.map(({ status, id, error }) => ({
        status,
        ...(id === undefined ? {} : { id }),
        ...(error === undefined ? {} : { error: error.body(options.isDetailed) }),
      })),
    },
  };
}

/** `ids=List(a,b)` with `{entities: {a: {patch}}}`, or without a body for reads and deletes → results and errors by id. */
export function batchByIds(ids: readonly string[], isDetailed: boolean, one: (id: string) => { status: number; body?: unknown }): LiAnswer {
  if (ids.length > MOST_ELEMENTS) throw badRequest(`The batch size ${ids.length} exceeds the maximum of ${MOST_ELEMENTS}`);
  const results: Json = {};
  const statuses: Json = {};
  const errors: Json = {};
  for (const id of new Set(ids)) {
    try {
      const { status, body } = one(id);
      results[id] = body ?? { status };
      statuses[id] = status;
    } catch (error) {
      if (!(error instanceof LiError)) throw error;
      errors[id] = error.body(isDetailed);
      statuses[id] = error.status;
    }
  }
  return { status: 200, body: { results, statuses, errors } };
}

/** The same for writes, with weather on every id. */
export function batchWrite(
  world: LiWorld,
  call: LiCall,
  isDetailed: boolean,
  ids: readonly string[],
  keyOf: (id: string) => string,
  one: (id: string) => void,
): LiAnswer {
  return batchByIds(ids, isDetailed, (id) => {
    const { error } = underFaults(world, keyOf(id), () => {
      one(id);
      return { status: 204 };
    });
    if (error !== undefined) throw error;
    return { status: 204 };
  });
}
