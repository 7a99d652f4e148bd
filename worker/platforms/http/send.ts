import { parseMended } from '#shared/rules/storable.ts';
import { PlatformError } from '../platform-error.ts';

/** The way out, as the kernel's ports give it. */
export type Outside = (url: string, init?: RequestInit) => Promise<Response>;
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

/**
 * One call, no retry (a retry of a create is a decision, not a transport detail). Resolves for every answer that arrived, whatever
 * its status; `json` is undefined when the body is not JSON. Throws `unknown` when no whole answer arrived in time.
 */
export async function send(outside: Outside, platform: string, url: string, init: RequestInit & { timeoutMs: number }): Promise<Answer> {
  const { timeoutMs, ...rest } = init;
  try {
    const response = await outside(url, { ...rest, signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parseAnswer(text) };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    throw new PlatformError('unknown', timedOut ? `No answer within ${timeoutMs} ms.` : 'The connection ended without an answer.', {
      platform,
      raw: { transport: error instanceof Error ? error.name : 'error' },
    });
  }
}

/** The JSON of an answer, its texts made storable; undefined when it is none. */
export function parseAnswer(text: string): unknown {
  try {
    return parseMended(text);
  } catch {
    return undefined;
  }
}
