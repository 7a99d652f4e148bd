import type { Limit, Paced } from '../env.ts';
import type { Context, Ports } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

/** What is left of somebody's calls, as the counter last said. */
interface Spent {
  granted: number;
  remaining: number;
  /** Until all calls are there again. */
  fullInMs: number;
  /** Until there is one again; 0 = there is. */
  waitMs: number;
}
interface Lease {
  left: number;
  remaining: number;
  fullInMs: number;
  until: number;
}

/** A session fetches its calls in parts of this many: most of a person's clicks ask no counter. */
const SESSION_PARTS = 30;
const MOST_LEASES = 5_000;
/** Calls fetched and not made yet, per session and isolate. Losing them costs a question. */
const leases = new Map<string, Lease>();

/**
 * Lets an API key and a session call as often as the settings say, with the headers of draft-ietf-httpapi-ratelimit-headers-10. A key is
 * counted call by call. A counter that cannot be reached lets everybody through.
 * @throws too_many with the seconds to wait
 */
export async function limitActor(ctx: Context, setHeader: (name: string, value: string) => void): Promise<void> {
  const { actor, ports } = ctx;
  if (actor.kind !== 'key' && actor.kind !== 'user') return;
  const kind: Paced = actor.kind === 'key' ? 'key' : 'session';
  const limit = ports.settings.API_LIMITS?.[kind];
  if (!limit) return;
  const who = actor.kind === 'key' ? actor.keyId : actor.sessionId;
  const spent = await (kind === 'key' ? ask(ports, who, 1, limit) : fromLease(ports, who, limit)).catch((error: unknown) => {
    ports.log.error('api_limit.not_counted', error, { kind });
    return null;
  });
  if (!spent) return;
  setHeader('ratelimit-policy', `"${kind}";q=${limit.calls};w=${limit.seconds}`);
  const seconds = Math.ceil((spent.granted > 0 ? spent.fullInMs : spent.waitMs) / 1000);
  setHeader('ratelimit', `"${kind}";r=${spent.remaining};t=${seconds}`);
  if (spent.granted > 0) return;
  ports.log.warn('api_limit.refused', { kind });
  throw new AppError(
    'too_many',
    `This ${kind === 'key' ? 'API key' : 'session'} may call ${limit.calls} times in ${limit.seconds} seconds. Nothing was done; try again in ${seconds} seconds.`,
    { retryAfterSeconds: seconds },
  );
}

function ask({ bindings: { CALL_LIMIT } }: Ports, who: string, wanted: number, limit: Limit): Promise<Spent> {
  return CALL_LIMIT.get(CALL_LIMIT.idFromName(`pace|${who}`)).spend(wanted, limit.calls, limit.seconds);
}

async function fromLease(ports: Ports, who: string, limit: Limit): Promise<Spent> {
  const now = ports.now().getTime();
  const known = leases.get(who);
  if (known && known.left > 0 && known.until > now) {
    known.left -= 1;
    return { granted: 1, remaining: known.remaining + known.left, fullInMs: known.fullInMs, waitMs: 0 };
  }
  const spent = await ask(ports, who, Math.max(1, Math.floor(limit.calls / SESSION_PARTS)), limit);
  if (leases.size >= MOST_LEASES) leases.clear();
  const left = Math.max(0, spent.granted - 1);
  leases.set(who, { left, remaining: spent.remaining, fullInMs: spent.fullInMs, until: now + limit.seconds * 1000 });
  return { ...spent, remaining: spent.remaining + left };
}
