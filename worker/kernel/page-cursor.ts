import { fromBase64, fromUtf8, toBase64Url, utf8 } from './bytes.ts';
import { AppError } from './errors.ts';

/** The mark of a page's last row: its sort values, opaque to callers. */
export const writeCursor = (...parts: string[]): string => toBase64Url(utf8(parts.join('|')));

const notOurs = () =>
  new AppError('invalid_input', 'The cursor is not one of ours. Start from the first page.', {
    fields: [{ path: 'cursor', message: 'Use nextCursor of the page before.' }],
  });

/** The parts of a cursor, which must match `shape` as a whole. @throws invalid_input for anything else */
export function readCursor(cursor: string, shape: RegExp): string[] {
  let text: string;
  try {
    text = fromUtf8(fromBase64(cursor));
  } catch {
    throw notOurs(); // not base64 at all
  }
  const match = shape.exec(text);
  if (!match) throw notOurs();
  return match.slice(1);
}

const TIMED = /^([1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\|(\w{3,64})$/;

/** A cursor of a list by time and id. A day such as 30 February would pass the shape and not Postgres. */
export function readTimeCursor(cursor: string): { at: string; id: string } {
  const [at = '', id = ''] = readCursor(cursor, TIMED);
  const time = new Date(at);
  if (Number.isNaN(time.getTime()) || time.toISOString() !== at) throw notOurs();
  return { at, id };
}

/** A cursor of a list by position. */
export function readPositionCursor(cursor: string): number {
  if (!/^\d{1,9}$/.test(cursor)) throw notOurs();
  return Number(cursor);
}
