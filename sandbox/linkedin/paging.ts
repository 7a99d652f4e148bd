import { seededNumber } from '../core/seeded.ts';
import type { LiCall } from './li-call.ts';
import { badRequest } from './li-error.ts';
import { textOf, wholeOf } from './query-values.ts';
import type { LiObject } from './store.ts';
import type { LiWorld } from './world.ts';

interface Cursor {
  /** How many the pages before took, and the last one of them, so that new arrivals in front do not shift the page. */
  taken: number;
  last: string;
  page: number;
}

const MOST = 1000;
const DEFAULT_SIZE = 100;
const DEFAULT_COUNT = 10;
/** [K] Share of pages that are shorter than asked for although more follows: only an absent token ends a list. */
const SHORT_SHARE = 0.1;

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function decode(value: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(value, 'base64url').toString()) as Cursor;
    if (typeof cursor.last === 'string' && Number.isInteger(cursor.taken)) return cursor;
  } catch {
    // falls through to the platform's own refusal
  }
  throw badRequest("Parameter 'pageToken' is invalid");
}

export interface Page {
  elements: LiObject[];
  rest: Record<string, unknown>;
}

/** The style of the ads collections: `pageSize` and `pageToken` → `metadata.nextPageToken` [D]. */
export function tokenPage(world: LiWorld, call: LiCall, all: readonly LiObject[]): Page {
  const size = wholeOf(call, 'pageSize', 1, MOST) ?? DEFAULT_SIZE;
  const token = textOf(call, 'pageToken');
  const cursor = token === null ? null : decode(token);
  const found = cursor === null ? -1 : all.findIndex((one) => one.urn === cursor.last);
  const start = found === -1 ? Math.min(cursor?.taken ?? 0, all.length) : found + 1;
  const page = cursor?.page ?? 0;
  let take = Math.min(size, all.length - start);
  const isLast = start + take >= all.length;
  if (!isLast && size > 1 && seededNumber(world.core.seed, `linkedin page ${call.pattern} ${all.length} ${size} ${page}`) < SHORT_SHARE) {
    take = Math.ceil(take / 2);
  }
  const elements = all.slice(start, start + take);
  const last = elements.at(-1);
  const hasNext = last !== undefined && start + take < all.length;
  const metadata = hasNext ? { nextPageToken: encode({ taken: start + take, last: last.urn, page: page + 1 }) } : {};
  return { elements, rest: { metadata } };
}

/** The older style: `start` and `count` → `paging` [D]. */
export function offsetPage<T>(call: LiCall, all: readonly T[]): { elements: T[]; paging: Record<string, unknown> } {
  const start = wholeOf(call, 'start', 0, 1_000_000) ?? 0;
  const count = wholeOf(call, 'count', 1, MOST) ?? DEFAULT_COUNT;
  const path = `/rest/${call.pattern}`;
  const link = (rel: string, at: number): Record<string, string> => ({
    type: 'application/json',
    rel,
    href: `${path}?q=${textOf(call, 'q') ?? ''}&start=${at}&count=${count}`,
  });
  const links = [
    ...(start > 0 ? [link('prev', Math.max(0, start - count))] : []),
    ...(start + count < all.length ? [link('next', start + count)] : []),
  ];
  return { elements: all.slice(start, start + count), paging: { start, count, links, total: all.length } };
}
