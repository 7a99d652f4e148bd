import type { SnapCall } from './snap-call.ts';
import { badRequest } from './snap-error.ts';
import type { Json } from './store.ts';

/** Guide, lists: 50 to 1,000. Unverified [K]: how many come when nobody says. */
const LEAST = 50;
const MOST = 1000;

interface Cursor {
  /** Key of the last one taken, so that new arrivals in front do not shift the page. */
  last: string;
  /** How many were taken, for when that one is gone. */
  taken: number;
}

function readCursor(value: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(value, 'base64url').toString()) as Cursor;
    if (typeof cursor.last === 'string' && Number.isInteger(cursor.taken)) return cursor;
  } catch {
    // not one of ours: refused below
  }
  throw badRequest('The cursor is not valid');
}

function readLimit(call: SnapCall): number {
  const given = call.query.get('limit');
  if (given === null) return LEAST;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < LEAST || limit > MOST) throw badRequest(`limit must be ${LEAST} to ${MOST}`);
  return limit;
}

/** One page, and with more to come an absolute link to the next. */
export function takePage<T>(call: SnapCall, all: readonly T[], keyOf: (item: T) => string): { items: T[]; paging: Json } {
  const limit = readLimit(call);
  const given = call.query.get('cursor');
  const cursor = given === null ? null : readCursor(given);
  const found = cursor === null ? -1 : all.findIndex((item) => keyOf(item) === cursor.last);
  const start = found >= 0 ? found + 1 : (cursor?.taken ?? 0);
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  if (last === undefined || start + limit >= all.length) return { items, paging: {} };
  const next = new URL(`https://${call.host}/${[call.version ?? 'v1', ...call.path].join('/')}`);
  for (const [name, value] of call.query) next.searchParams.set(name, value);
  next.searchParams.set('cursor', Buffer.from(JSON.stringify({ last: keyOf(last), taken: start + limit })).toString('base64url'));
  next.searchParams.set('limit', String(limit));
  return { items, paging: { next_link: next.href } };
}
