import { GraphQLError } from 'graphql';

export interface PageArgs {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  reverse?: boolean | null;
}

const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');

/** Cursor paging over an ordered list: nodes, edges and pageInfo as the Admin API gives them. */
export function connection<T extends { id: string }>(items: readonly T[], args: PageArgs, view: (item: T) => object): object {
  const size = args.first ?? args.last;
  if (size === null || size === undefined)
    throw new GraphQLError('you must provide one of first or last', { extensions: { code: 'BAD_REQUEST' } });
  if (size < 0 || size > 250) throw new GraphQLError('first and last must be between 0 and 250', { extensions: { code: 'BAD_REQUEST' } });
  const ordered = args.reverse === true ? [...items].reverse() : [...items];
  const at = (cursor: string | null | undefined, absent: number): number => {
    if (!cursor) return absent;
    const index = ordered.findIndex((item) => cursorOf(item.id) === cursor);
    if (index < 0) throw new GraphQLError('Invalid cursor for current pagination sort.', { extensions: { code: 'BAD_REQUEST' } });
    return index;
  };
  const from = at(args.after, -1) + 1;
  const to = at(args.before, ordered.length);
  const start = args.first === null || args.first === undefined ? Math.max(from, to - size) : from;
  const page = ordered.slice(start, Math.min(to, start + size));
  const first = page[0];
  const last = page.at(-1);
  return {
    nodes: page.map(view),
    edges: page.map((item) => ({ cursor: cursorOf(item.id), node: view(item) })),
    pageInfo: {
      hasNextPage: start + page.length < to,
      hasPreviousPage: start > 0,
      startCursor: first ? cursorOf(first.id) : null,
      endCursor: last ? cursorOf(last.id) : null,
    },
  };
}
