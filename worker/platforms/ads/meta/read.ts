import { PlatformError } from '../../platform-error.ts';
import { readAgain } from '../../http/read-again.ts';
import { graph, type GraphParams, type GraphSession } from './client.ts';

/** One read, repeated while its failure is passing. */
export const readGraph = (session: GraphSession, path: string, params: GraphParams = {}): Promise<Record<string, unknown>> =>
  readAgain(() => graph(session, 'GET', path, params));

/** Every page of a list, each read again on its own: one bad page of forty does not begin the list anew. */
export async function* readPages(session: GraphSession, path: string, params: GraphParams): AsyncGenerator<Record<string, unknown>[]> {
  let after: string | undefined;
  do {
    const page = await readGraph(session, path, { ...params, after });
    const { data, paging } = page as { data?: Record<string, unknown>[]; paging?: { next?: string; cursors?: { after?: string } } };
    if (!Array.isArray(data)) throw new PlatformError('unknown', 'A list without data.', { platform: 'meta' });
    yield data;
    // Pages may be short or empty: only an absent next ends the list.
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
  } while (after !== undefined);
}
