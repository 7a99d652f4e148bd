import type { Settings } from '../env.ts';
import type { Caller } from '../kernel/context.ts';
import { hashNetwork } from './limit-calls.ts';

/** Who called, from what Cloudflare says of the request; the browser's own words only where they are shown back to the person. */
export async function readCaller(settings: Settings, request: Request): Promise<Caller> {
  const { city, country } = (request.cf ?? {}) as { city?: unknown; country?: unknown };
  const place = [city, country].filter((part): part is string => typeof part === 'string' && part !== '').join(', ');
  return { networkHash: await hashNetwork(settings, request), place: place || null, userAgent: request.headers.get('user-agent') };
}
