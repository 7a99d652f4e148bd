import type { Settings } from '../env.ts';
import type { Ports } from './context.ts';

/** Why an address given by somebody else is not called. */
export type AddressFault = 'malformed' | 'not_https' | 'credentials' | 'port' | 'not_public';
/** What an attempt to reach such an address came to. `status` null = no answer, and `error` says why. */
export interface Outcome {
  status: number | null;
  error: 'timeout' | 'redirect' | 'network' | 'refused_address' | null;
  ms: number;
}

const PORTS = new Set(['', '443', '8443']);
/** Names that mean something inside a network only, or nothing to the public DNS (RFC 6761, 6762, 7686, 8375; clouds' own). */
const INNER_NAMES =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|arpa|onion|invalid|example|test|alt|kubernetes|svc|consul)$/;
/** [first address, bits] of what is not the public internet: RFC 6890 and IANA's registry, and clouds' metadata doors outside of it. */
const INNER_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Inside 2000::/3, the only part of IPv6 that is routed: Teredo and other IETF protocols, documentation, 6to4. */
const INNER_V6: readonly (readonly [number[], number])[] = [
  [[0x2001], 23],
  [[0x2001, 0xdb8], 32],
  [[0x2002], 16],
  [[0x3fff], 20],
];

/**
 * Reads an address that a user gave. Everything is decided on the parsed form, in which a decimal, octal, hexadecimal or full-width host
 * is already the address it means.
 * @param sandbox true where the outside is imitated: its hosts end in .test, and plain http is taken
 */
export function readAddress(
  text: string,
  settings: Pick<Settings, 'API_ORIGIN' | 'APP_ORIGIN'>,
  sandbox = false,
): { url: URL } | { fault: AddressFault } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { fault: 'malformed' };
  }
  if (url.protocol !== 'https:' && !(sandbox && url.protocol === 'http:')) return { fault: 'not_https' };
  if (url.username !== '' || url.password !== '') return { fault: 'credentials' };
  if (!PORTS.has(url.port)) return { fault: 'port' };
  const host = url.hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return isPublicV6(host.slice(1, -1)) ? { url } : { fault: 'not_public' };
  if (/^[\d.]+$/.test(host)) return isPublicV4(host) ? { url } : { fault: 'not_public' };
  const isSandboxName = sandbox && host.endsWith('.inlay.test');
  if (!host.includes('.') || (INNER_NAMES.test(host) && !isSandboxName) || isOurs(host, settings)) return { fault: 'not_public' };
  return { url };
}

/**
 * Sends one POST to an address that a user gave: checked as text and by what its name leads to, never redirected, cut off in time. Of the
 * answer only its status is looked at.
 */
export async function sendToAddress(
  ports: Ports,
  address: string,
  request: { headers: Record<string, string>; body: string; timeoutMs: number },
): Promise<Outcome> {
  const started = ports.now().getTime();
  const outcome = (status: number | null, error: Outcome['error']): Outcome => ({ status, error, ms: ports.now().getTime() - started });
  const read = readAddress(address, ports.settings, ports.settings.OUTSIDE_ORIGIN !== undefined);
  if ('fault' in read) return outcome(null, 'refused_address');
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const to = await leadsTo(ports, read.url.hostname, signal);
    if (to === 'inner') return outcome(null, 'refused_address');
    if (to === 'nowhere') return outcome(null, 'network');
    const answer = await ports.outside(read.url.href, { method: 'POST', headers: request.headers, body: request.body, signal });
    await answer.body?.cancel();
    return answer.status >= 300 && answer.status < 400 ? outcome(answer.status, 'redirect') : outcome(answer.status, null);
  } catch (error) {
    // Whatever the network threw, the receiver did not answer; which of the two is all that is told.
    ports.log.info('egress.no_answer', { error: error instanceof Error ? error.name : 'unknown' });
    return outcome(null, signal.aborted ? 'timeout' : 'network');
  }
}

interface DnsAnswer {
  Answer?: { type: number; data: string }[];
}
const RECORDS = [
  { name: 'A', type: 1, isPublic: isPublicV4 },
  { name: 'AAAA', type: 28, isPublic: isPublicV6 },
] as const;

/**
 * What a name leads to, by Cloudflare's resolver, the one `fetch` asks as well. The address cannot be pinned from here: a name that
 * changes between the two is stopped by `global_fetch_strictly_public` and by there being no private network around a Worker.
 */
export async function leadsTo(ports: Ports, hostname: string, signal: AbortSignal): Promise<'public' | 'inner' | 'nowhere'> {
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return 'public'; // judged as text
  const found = await Promise.all(
    RECORDS.map(async ({ name, type, isPublic }) => {
      const answer = await ports.outside(`https://cloudflare-dns.com/dns-query?name=${encodeURIComponent(hostname)}&type=${name}`, {
        headers: { accept: 'application/dns-json' },
        signal,
      });
      if (!answer.ok) throw new Error(`The resolver answered ${answer.status}.`);
      const { Answer = [] } = (await answer.json()) as DnsAnswer;
      return Answer.filter((one) => one.type === type).map((one) => isPublic(one.data));
    }),
  );
  const all = found.flat();
  return all.length === 0 ? 'nowhere' : all.every(Boolean) ? 'public' : 'inner';
}

/** Our own doors, and the zone that both of them are in: nobody makes us call ourselves. */
function isOurs(host: string, { API_ORIGIN, APP_ORIGIN }: Pick<Settings, 'API_ORIGIN' | 'APP_ORIGIN'>): boolean {
  const [api, app] = [new URL(API_ORIGIN).hostname, new URL(APP_ORIGIN).hostname] as const;
  const within = (zone: string) => host === zone || host.endsWith(`.${zone}`);
  const parent = api.slice(api.indexOf('.') + 1);
  const isShared = parent.includes('.') && (app === parent || app.endsWith(`.${parent}`));
  return within(api) || within(app) || (isShared && within(parent));
}

function isPublicV4(text: string): boolean {
  const address = numberOf(text);
  return address !== null && !INNER_V4.some(([first, bits]) => address >>> (32 - bits) === (numberOf(first) as number) >>> (32 - bits));
}

function numberOf(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const parts = match?.slice(1).map(Number);
  return parts?.every((part) => part < 256) ? parts.reduce((sum, part) => sum * 256 + part, 0) : null;
}

function isPublicV6(text: string): boolean {
  const groups = groupsOf(text);
  if (!groups || (groups[0] as number) >>> 13 !== 1) return false;
  return !INNER_V6.some(([first, bits]) => {
    for (let at = 0, left = bits; left > 0; at += 1, left -= 16) {
      const shift = Math.max(0, 16 - left);
      if ((groups[at] as number) >>> shift !== (first[at] ?? 0) >>> shift) return false;
    }
    return true;
  });
}

/** The eight groups of an IPv6 address however it is written; null = it is none. */
function groupsOf(text: string): number[] | null {
  let normal: string;
  try {
    normal = new URL(`https://[${text}]/`).hostname.slice(1, -1);
  } catch {
    return null; // not an address
  }
  const [left = [], right] = normal.split('::').map((half) => half.split(':').filter(Boolean));
  const groups = right ? [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right] : left;
  return groups.map((group) => Number.parseInt(group, 16));
}
