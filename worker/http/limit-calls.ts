import type { Door, Settings } from '../env.ts';
import { fromBase64, hmacSha256, toHex } from '../kernel/bytes.ts';
import type { Ports } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

/**
 * Lets a network through a public door as often as the settings say. It guards our work, not an account: guesses at one account are
 * counted where they are judged. A counter that cannot be reached lets everybody through.
 * @throws too_many with the seconds to wait
 */
export async function limitCalls(ports: Ports, request: Request, door: Door): Promise<void> {
  const limit = ports.settings.CALL_LIMITS?.[door];
  if (!limit) return;
  const waitMs = await take(ports, request, door, limit).catch((error: unknown) => {
    ports.log.error('call_limit.not_counted', error, { door });
    return 0;
  });
  if (waitMs === 0) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  ports.log.warn('call_limit.refused', { door });
  throw new AppError(
    'too_many',
    `Too many calls of this kind came from your network. Nothing was done; try again in ${retryAfterSeconds} seconds.`,
    {
      retryAfterSeconds,
    },
  );
}

async function take(ports: Ports, request: Request, door: Door, { calls, seconds }: { calls: number; seconds: number }): Promise<number> {
  const { CALL_LIMIT } = ports.bindings;
  return CALL_LIMIT.get(CALL_LIMIT.idFromName(await hashNetwork(ports.settings, request))).take(door, calls, seconds * 1000);
}

/** Who called, as a keyed hash: the address is Cloudflare's word, which no caller can write, and it is kept nowhere. */
export async function hashNetwork(settings: Pick<Settings, 'CLICK_KEY'>, request: Request): Promise<string> {
  const network = networkOf(request.headers.get('cf-connecting-ip') ?? '');
  return toHex(await hmacSha256(fromBase64(settings.CLICK_KEY), `network|${network}`));
}

/** An IPv4 address, or the first 64 bits of an IPv6 one: a household holds all addresses behind them. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [left, right] = address.split('::').map((half) => half.split(':').filter(Boolean)) as [string[], string[] | undefined];
  const groups = right ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right] : left;
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
