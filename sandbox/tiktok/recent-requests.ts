import { CODES, refuse } from './tiktok-error.ts';
import { given, requiredText, type Params } from './params.ts';
import type { TiktokObject } from './store.ts';
import type { TiktokWorld } from './world.ts';

/** What each request_id made, for as long as the platform remembers it: ten seconds are the only figure known [T]. */
export type RecentRequests = Map<string, { id: string; at: number }>;

const LARGEST = 2n ** 63n - 1n;

function readRequestId(params: Params): string | null {
  if (!given(params, 'request_id')) return null;
  const value = requiredText(params, 'request_id');
  refuse(!/^\d{1,19}$/.test(value) || BigInt(value) > LARGEST, 'request_id: Must be the text of a 64-bit integer.');
  return value;
}

/**
 * Runs a create under its request_id. Inside the window a repeat makes nothing; afterwards it makes a second object, even one
 * of the same name. A create that was refused is not remembered.
 */
export function oncePerRequestId(
  world: TiktokWorld,
  scope: string,
  params: Params,
  create: (requestId: string | null) => TiktokObject,
): TiktokObject {
  const requestId = readRequestId(params);
  if (requestId === null) return create(null);
  const key = `${scope} ${requestId}`;
  const now = world.core.now();
  for (const [old, { at }] of world.recent) if (now - at >= world.settings.requestIdWindowMs) world.recent.delete(old);
  const known = world.recent.get(key);
  if (known !== undefined) {
    refuse(world.settings.requestIdReplay === 'duplicate', 'Duplicate request: this request_id was already used.', CODES.duplicateRequest);
    const made = world.store.get(known.id);
    if (made !== undefined) return made;
  }
  const made = create(requestId);
  world.recent.set(key, { id: made.id, at: now });
  return made;
}
