import { seededNumber } from '../core/seeded.ts';
import type { GraphCall } from './graph-call.ts';
import { invalidParameter } from './graph-error.ts';
import { text, whole, type Params } from './params.ts';

interface Cursor {
  /** How many items the pages before this one took. */
  taken: number;
  /** Key of the last item taken, so that new arrivals in front do not shift the page. */
  last: string | null;
  page: number;
}

export interface Page<T> {
  items: T[];
  paging: Record<string, unknown>;
}

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 1000;
const SHORT_SHARE = 0.15;
const EMPTY_SHARE = 0.04;

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function decode(value: string): Cursor {
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString()) as Cursor;
  } catch {
    throw invalidParameter('The cursor is not valid.');
  }
}

function nextUrl(call: GraphCall, limit: number, after: string): string {
  const url = new URL(`https://${call.host}/${[call.version ?? 'v26.0', ...call.path].join('/')}`);
  for (const [name, value] of Object.entries(call.params)) {
    if (name === 'after' || name === 'before' || name === 'limit') continue;
    url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  if (call.token !== null) url.searchParams.set('access_token', call.token);
  url.searchParams.set('limit', String(limit));
  url.searchParams.set('after', after);
  return url.href;
}

function readLimit(params: Params): number {
  const limit = whole(params, 'limit') ?? DEFAULT_LIMIT;
  if (limit < 1) throw invalidParameter('limit must be at least 1.');
  return Math.min(limit, MAX_LIMIT);
}

/**
 * One page. When there is more than one, some are shorter than asked for and a few are empty although more follows: only
 * an absent `next` ends a list.
 */
export function takePage<T>(call: GraphCall, all: readonly T[], keyOf: (item: T) => string, seed: number): Page<T> {
  const limit = readLimit(call.params);
  const after = text(call.params, 'after');
  const cursor = after === null ? { taken: 0, last: null, page: 0 } : decode(after);
  const found = cursor.last === null ? -1 : all.findIndex((item) => keyOf(item) === cursor.last);
  const start = found === -1 ? (cursor.last === null ? 0 : Math.min(cursor.taken, all.length)) : found + 1;
  const isLast = start + limit >= all.length;

  let take = Math.min(limit, all.length - start);
  if (!isLast && limit > 1) {
    const die = seededNumber(seed, `page ${call.path.slice(1).join('/')} ${all.length} ${limit} ${cursor.page}`);
    if (die < EMPTY_SHARE) take = 0;
    else if (die < EMPTY_SHARE + SHORT_SHARE) take = Math.max(1, Math.floor(limit / 2));
  }
  const items = all.slice(start, start + take);
  const lastItem = items.at(-1);
  const next: Cursor = {
    taken: start + take,
    last: lastItem === undefined ? cursor.last : keyOf(lastItem),
    page: cursor.page + 1,
  };
  const hasNext = start + take < all.length;
  if (all.length === 0) return { items: [], paging: {} };
  return {
    items,
    paging: {
      cursors: { before: encode({ taken: start, last: cursor.last, page: cursor.page }), after: encode(next) },
      ...(hasNext ? { next: nextUrl(call, limit, encode(next)) } : {}),
    },
  };
}
