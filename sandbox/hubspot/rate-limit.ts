import { HubspotError } from './errors.ts';
import type { HubspotStore, Portal } from './store.ts';

const WINDOW_MS = 10_000;
const MAX = 110;
const SEARCH_PER_SECOND = 5;

const calls = new WeakMap<Portal, { all: number[]; search: number[] }>();

/** Counts one call of the app in this portal. Headers go on every answer; too many = 429 with the policy's name. */
export function countCall(store: HubspotStore, portal: Portal, isSearch: boolean): Record<string, string> {
  const now = store.core.now();
  const seen = calls.get(portal) ?? { all: [], search: [] };
  calls.set(portal, seen);
  seen.all = seen.all.filter((at) => at > now - WINDOW_MS);
  seen.search = seen.search.filter((at) => at > now - 1000);
  if (seen.all.length >= MAX) throw rateLimited('TEN_SECONDLY_ROLLING');
  if (isSearch && seen.search.length >= SEARCH_PER_SECOND) throw rateLimited('SECONDLY');
  seen.all.push(now);
  if (isSearch) {
    seen.search.push(now);
    return {}; // the platform leaves its rate headers out of search answers
  }
  return {
    'x-hubspot-ratelimit-max': String(MAX),
    'x-hubspot-ratelimit-remaining': String(MAX - seen.all.length),
    'x-hubspot-ratelimit-interval-milliseconds': String(WINDOW_MS),
    'x-hubspot-ratelimit-secondly': '19',
    'x-hubspot-ratelimit-secondly-remaining': '18',
  };
}

export const rateLimited = (policyName: string): HubspotError =>
  new HubspotError(429, 'RATE_LIMITS', `You have reached your ${policyName.toLowerCase()} limit.`, { errorType: 'RATE_LIMIT', policyName });
