import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import { pathOf, snapItems, type SnapRequest, type SnapSession } from './client.ts';
import type { Json, Words } from './kinds.ts';
import { PAGE_LIMIT } from './limits.ts';
import { unreadable } from './map-error.ts';

type List = Pick<SnapRequest, 'path' | 'origin'> & { query?: Readonly<Record<string, string>> };

/** One page of a list and where the next begins; null = the first, or no more. */
export async function snapPage(
  session: SnapSession,
  list: List,
  words: Words,
  after: string | null,
): Promise<{ rows: Json[]; after: string | null }> {
  const query = after ?? { limit: PAGE_LIMIT, ...list.query };
  const { items, next } = await snapItems(session, { method: 'GET', ...list, query }, words);
  const failed = items.find((item) => item instanceof PlatformError);
  if (failed !== undefined) throw failed as PlatformError;
  // The link is absolute; only its query is taken, so that our token goes nowhere but to the platform.
  return { rows: items as Json[], after: next === null ? null : new URL(next).search.slice(1) };
}

/** Every page, each asked for once: for callers that pace and repeat their calls themselves. */
export const snapPages = (session: SnapSession, list: List, words: Words): AsyncGenerator<Json[]> =>
  pagesOf((after) => snapPage(session, list, words, after));

/** Every page, each read again while its failure is passing. */
export const readPages = (session: SnapSession, list: List, words: Words): AsyncGenerator<Json[]> =>
  pagesOf((after) => readAgain(() => snapPage(session, list, words, after)));

/** One object by its id: there at once, whatever the lists say. @throws missing */
export async function snapOne(session: SnapSession, words: Words, id: string, query: Readonly<Record<string, string>> = {}): Promise<Json> {
  const { items } = await snapItems(session, { method: 'GET', path: pathOf(words.plural, id), query }, words);
  const [only] = items;
  if (only === undefined) throw unreadable(`An answer without a ${words.singular}.`, null);
  if (only instanceof PlatformError) throw only;
  return only;
}

async function* pagesOf(read: (after: string | null) => Promise<{ rows: Json[]; after: string | null }>): AsyncGenerator<Json[]> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof read>> = await read(after);
    yield page.rows;
    ({ after } = page);
  } while (after !== null);
}
