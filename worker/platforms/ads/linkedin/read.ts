import { readAgain } from '../../http/read-again.ts';
import { liCall, type LiSession } from './client.ts';
import { unreadable } from './map-error.ts';

export type Row = Record<string, unknown>;
export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** One entity or envelope, asked for once: for callers that pace and repeat their calls themselves. */
export async function readOnce(session: LiSession, path: string, query = ''): Promise<Row> {
  const { json } = await liCall(session, { method: 'GET', path, query });
  if (!isRow(json)) throw unreadable('An answer that is not an object.', json);
  return json;
}

/** The same, repeated while its failure is passing. */
export const readLi = (session: LiSession, path: string, query = ''): Promise<Row> => readAgain(() => readOnce(session, path, query));

export type ReadOne = typeof readOnce;

/** One page of an ads list; pages may be short: only an absent token ends it. */
export async function readPage(
  session: LiSession,
  path: string,
  query: string,
  after: string | null,
  read: ReadOne = readOnce,
): Promise<{ rows: Row[]; after: string | null }> {
  const answer = await read(session, path, after === null ? query : `${query}&pageToken=${encodeURIComponent(after)}`);
  const { elements, metadata } = answer as { elements?: unknown; metadata?: { nextPageToken?: unknown } };
  if (!Array.isArray(elements)) throw unreadable('A list without elements.', answer);
  const next = metadata?.nextPageToken;
  return { rows: elements.filter(isRow), after: typeof next === 'string' && next !== '' ? next : null };
}

/** Every page of an ads list. */
export async function* pagesOf(session: LiSession, path: string, query: string, read: ReadOne = readOnce): AsyncGenerator<Row[]> {
  let after: string | null = null;
  do {
    const page: { rows: Row[]; after: string | null } = await readPage(session, path, query, after, read);
    yield page.rows;
    ({ after } = page);
  } while (after !== null);
}

/** Every page of the older lists, which count from `start`. */
export async function* countedPages(
  session: LiSession,
  path: string,
  query: string,
  read: ReadOne = readOnce,
  count = 100,
): AsyncGenerator<Row[]> {
  for (let start = 0; ; start += count) {
    const answer = await read(session, path, `${query}&start=${start}&count=${count}`);
    const { elements, paging } = answer as { elements?: unknown; paging?: { links?: { rel?: string }[] } };
    if (!Array.isArray(elements)) throw unreadable('A list without elements.', answer);
    yield elements.filter(isRow);
    if (!(paging?.links ?? []).some((link) => link.rel === 'next')) return;
  }
}
