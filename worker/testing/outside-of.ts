import { outsideUrl } from '../kernel/create-ports.ts';
import { PlatformError } from '../platforms/platform-error.ts';
import type { Outside } from '../platforms/http/send.ts';

/** The way out as a Worker has it, into this imitation of the outside. */
export const outsideOf =
  (sandbox: { readonly url: string }): Outside =>
  (url, init) =>
    fetch(outsideUrl(sandbox.url, url), init);

/** Everything that comes page by page. */
export async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...page);
  return found;
}

/** What a call outside came to: 'none', or the failure and the platform's code as "auth 190". Any other error is given as it is. */
export const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof PlatformError ? `${error.failure} ${error.detail.code ?? ''}` : error),
  );
