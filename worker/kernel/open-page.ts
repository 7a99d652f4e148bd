import type { Ports } from './context.ts';
import { leadsTo, readAddress } from './egress.ts';

/** What a visit to a page came to. */
export interface OpenedPage {
  /** Of the last answer; null = there was none, and `error` says why. */
  status: number | null;
  error: 'timeout' | 'redirects' | 'network' | 'no_name' | 'refused_address' | 'not_https' | 'not_visited' | null;
  /** The last address that was asked for. */
  finalUrl: string;
  redirects: number;
  /** The language the page says it is in, such as "fr" or "pt-BR"; null = it does not say. */
  language: string | null;
}
export interface VisitLimits {
  /** For one page with all its redirects. */
  timeoutMs: number;
  mostRedirects: number;
  /** Read of a page, to find its language. */
  mostBytes: number;
  /** Calls of all visits together, those to the resolver included: an invocation may make 50. */
  mostCalls: number;
}

/**
 * Opens pages whose addresses a user gave. Every step of the way is checked as an address of ours would never be called: as text and by
 * what its name leads to, redirects too. Nothing is kept of a page but what is told here.
 */
export function createVisitor(ports: Ports, limits: VisitLimits): (address: string) => Promise<OpenedPage> {
  let callsLeft = limits.mostCalls;
  const verdicts = new Map<string, ReturnType<typeof leadsTo>>();
  const take = (calls: number): boolean => {
    if (callsLeft < calls) return false;
    callsLeft -= calls;
    return true;
  };

  const step = async (address: string, signal: AbortSignal): Promise<Response | OpenedPage['error']> => {
    const read = readAddress(address, ports.settings, ports.settings.OUTSIDE_ORIGIN !== undefined);
    if ('fault' in read) return read.fault === 'not_https' ? 'not_https' : 'refused_address';
    const { hostname, href } = read.url;
    let verdict = verdicts.get(hostname);
    if (verdict === undefined) {
      if (!take(2)) return 'not_visited';
      verdict = leadsTo(ports, hostname, signal);
      verdicts.set(hostname, verdict);
    }
    const to = await verdict;
    if (to !== 'public') return to === 'inner' ? 'refused_address' : 'no_name';
    if (!take(1)) return 'not_visited';
    return ports.outside(href, { headers: { accept: 'text/html,*/*;q=0.5', 'user-agent': 'Inlay link check' }, signal });
  };

  return async (address) => {
    const signal = AbortSignal.timeout(limits.timeoutMs);
    let finalUrl = address;
    for (let redirects = 0; ; redirects += 1) {
      const ended = (status: number | null, error: OpenedPage['error'], language: string | null = null): OpenedPage => ({
        status,
        error,
        finalUrl,
        redirects,
        language,
      });
      try {
        const answer = await step(finalUrl, signal);
        if (!(answer instanceof Response)) return ended(null, answer);
        const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
        if (next === null) return ended(answer.status, null, await languageOf(answer, limits.mostBytes));
        await answer.body?.cancel();
        const address = joined(next, finalUrl);
        if (address === null || redirects === limits.mostRedirects) return ended(answer.status, 'redirects');
        finalUrl = address;
      } catch (error) {
        // Whatever the network threw, the page did not answer; which of the two is all that is told.
        ports.log.info('visit.no_answer', { error: error instanceof Error ? error.name : 'unknown' });
        return ended(null, signal.aborted ? 'timeout' : 'network');
      }
    }
  };
}

function joined(location: string, base: string): string | null {
  try {
    return new URL(location, base).href;
  } catch {
    return null; // leads nowhere
  }
}

const OF_PAGE = /<html\b[^>]*?\slang\s*=\s*["']?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\b/i;

/** Reads no more of a page than its beginning, where the language stands. */
async function languageOf(answer: Response, mostBytes: number): Promise<string | null> {
  const told = answer.headers.get('content-language')?.split(',')[0]?.trim() || null;
  if (answer.body === null || !(answer.headers.get('content-type') ?? '').includes('html')) {
    await answer.body?.cancel();
    return told;
  }
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let read = 0; read < mostBytes;) {
    const { done, value } = await reader.read();
    if (done) break;
    read += value.byteLength;
    text += decoder.decode(value.subarray(0, mostBytes), { stream: true });
    if (OF_PAGE.test(text)) break;
  }
  await reader.cancel();
  return OF_PAGE.exec(text)?.[1] ?? told;
}
