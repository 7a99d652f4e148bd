import { ApiError, ApiUnreachable } from '#shared/api-client/create-api-client.ts';
import type { Answer, Ask, Kind } from './messages.ts';
import type { Outcome } from './outcome.ts';

/**
 * Asks the background, from one of our own pages.
 * @throws ApiError when the API said no, ApiUnreachable when there was no usable answer.
 */
export async function request<K extends Kind>(kind: K, ask: Ask<K>, signal?: AbortSignal): Promise<Answer<K>> {
  signal?.throwIfAborted();
  const sent = chrome.runtime.sendMessage({ kind, ask }) as Promise<Outcome<Answer<K>> | undefined>;
  const outcome = await (signal ? Promise.race([sent, aborted(signal)]) : sent).catch((cause: unknown) => {
    if (signal?.aborted) throw signal.reason;
    throw new ApiUnreachable('The extension is restarting. Try again.', cause);
  });
  if (outcome === undefined) throw new ApiUnreachable('The extension did not answer. Reload this page.');
  if (outcome.ok) return outcome.value;
  throw outcome.failure.kind === 'api' ? new ApiError(outcome.failure.problem) : new ApiUnreachable(outcome.failure.message);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
