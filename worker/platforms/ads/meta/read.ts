import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import { graph, type GraphParams, type GraphSession } from './client.ts';

type Node = Record<string, unknown>;

/** One read, repeated while its failure is passing. `T` is what Graph sends for the fields asked for. */
export async function readGraph<T = Node>(session: GraphSession, path: string, params: GraphParams = {}): Promise<T> {
  return (await readAgain(() => graph(session, 'GET', path, params))) as T;
}

/** Every page of a list, each read again on its own: one bad page of forty does not begin the list anew. */
export const readPages = <Row = Node>(session: GraphSession, path: string, params: GraphParams): AsyncGenerator<Row[]> =>
  pagesOf((after) => readGraph(session, path, { ...params, after }));

/** Every page of a list, each asked for once: for callers that pace and repeat their calls themselves. */
export const graphPages = <Row = Node>(session: GraphSession, path: string, params: GraphParams): AsyncGenerator<Row[]> =>
  pagesOf((after) => graph(session, 'GET', path, { ...params, after }));

/** One page of a list, and the cursor of the next; null = there is none. */
export const graphPage = async (
  session: GraphSession,
  path: string,
  params: GraphParams,
): Promise<{ rows: Node[]; after: string | null }> => pageIn(await graph(session, 'GET', path, params));

async function* pagesOf<Row>(read: (after: string | undefined) => Promise<Node>): AsyncGenerator<Row[]> {
  let after: string | null | undefined;
  do {
    const page = pageIn(await read(after ?? undefined));
    yield page.rows as Row[];
    ({ after } = page);
  } while (after !== null);
}

function pageIn(answer: Node): { rows: Node[]; after: string | null } {
  const { data, paging } = answer as { data?: Node[]; paging?: { next?: string; cursors?: { after?: string } } };
  if (!Array.isArray(data)) throw new PlatformError('unknown', 'A list without data.', { platform: 'meta' });
  // Pages may be short or empty: only an absent next ends the list.
  return { rows: data, after: paging?.next === undefined ? null : (paging.cursors?.after ?? null) };
}
