import { requestIdOf } from './ids.ts';
import type { ItemError } from './snap-error.ts';
import type { SnapCall } from './snap-call.ts';
import type { Json } from './store.ts';
import type { Answer, SnapWorld } from './world.ts';

/** The documentation writes these in lower case, the others in upper [D]: callers compare without case. */
const LOWER = new Set(['media', 'creatives', 'total_stats', 'timeseries_stats', 'lifetime_stats']);
const word = (plural: string, status: 'ERROR' | 'SUCCESS'): string => (LOWER.has(plural) ? status.toLowerCase() : status);

/** Any answer that is no list. */
export function success(world: SnapWorld, call: Pick<SnapCall, 'requestId'>, more: Json = {}): Answer {
  return { body: { request_status: 'SUCCESS', request_id: requestIdOf(world.core, call.requestId), ...more } };
}

/** A list of objects, each wrapped with its own status. */
export function listed(
  world: SnapWorld,
  call: Pick<SnapCall, 'requestId'>,
  plural: string,
  singular: string,
  items: readonly unknown[],
  paging: Json | null = null,
): Answer {
  const status = word(plural, 'SUCCESS');
  return {
    body: {
      request_status: status,
      request_id: requestIdOf(world.core, call.requestId),
      ...(paging === null ? {} : { paging }),
      [plural]: items.map((item) => ({ sub_request_status: status, [singular]: item })),
    },
  };
}

export type ItemResult = { item: Json } | { error: ItemError };

/**
 * The answer about an array, item by item in the order sent. With one success among them the outer word is SUCCESS [T]; when nothing
 * passed it is ERROR (facts file) and the HTTP status is `refusedStatus`.
 */
export function itemized(
  world: SnapWorld,
  call: Pick<SnapCall, 'requestId'>,
  plural: string,
  singular: string,
  results: readonly ItemResult[],
  refusedStatus: number,
): Answer {
  const isRefused = results.every((result) => 'error' in result);
  return {
    status: isRefused ? refusedStatus : 200,
    body: {
      request_status: word(plural, isRefused ? 'ERROR' : 'SUCCESS'),
      request_id: requestIdOf(world.core, call.requestId),
      [plural]: results.map((result) =>
        'error' in result
          ? { sub_request_status: word(plural, 'ERROR'), sub_request_error_reason: result.error.reason() }
          : { sub_request_status: word(plural, 'SUCCESS'), [singular]: result.item },
      ),
    },
  };
}
