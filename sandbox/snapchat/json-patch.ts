import { isDeepStrictEqual } from 'node:util';
import { ItemError } from './snap-error.ts';

/** RFC 6902, as far as one object needs it. E1165: not a patch. E1166: a patch that does not fit the object [T]. */

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}
const WITH_VALUE = new Set(['add', 'replace', 'test']);
const WITH_FROM = new Set(['move', 'copy']);

const malformed = (why: string): ItemError => new ItemError('E1165', 'The JSON Patch is malformed', why);
const misfit = (why: string): ItemError => new ItemError('E1166', 'The JSON Patch cannot be applied', why);

function readOperation(value: unknown): Operation {
  const one = value as Partial<Operation> | null;
  if (typeof one !== 'object' || one === null || typeof one.path !== 'string' || !/^(\/|$)/.test(one.path)) throw malformed('path');
  if (typeof one.op !== 'string' || !(WITH_VALUE.has(one.op) || WITH_FROM.has(one.op) || one.op === 'remove')) throw malformed('op');
  if (WITH_VALUE.has(one.op) && !('value' in one)) throw malformed('value');
  if (WITH_FROM.has(one.op) && typeof one.from !== 'string') throw malformed('from');
  return one as Operation;
}

const stepsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

type Place = { holder: unknown[]; at: number } | { holder: Record<string, unknown>; at: string };

/** Where a path ends; the holder must exist, the end only when `exists`. */
function placeOf(root: Record<string, unknown>, path: string, exists: boolean): Place {
  const steps = stepsOf(path);
  const last = steps.pop();
  if (last === undefined) throw misfit('the whole object');
  let holder: unknown = root;
  // Own properties only: a path must not reach the prototypes of this process.
  for (const step of steps) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step)) throw misfit(path);
    holder = (holder as Record<string, unknown>)[step];
  }
  if (Array.isArray(holder)) {
    const at = last === '-' ? holder.length : Number(last);
    if (!Number.isInteger(at) || at < 0 || at > holder.length || (exists && at === holder.length)) throw misfit(path);
    return { holder: holder as unknown[], at };
  }
  if (typeof holder !== 'object' || holder === null || (exists && !Object.hasOwn(holder, last))) throw misfit(path);
  return { holder: holder as Record<string, unknown>, at: last };
}

function readAt(place: Place): unknown {
  return Array.isArray(place.holder) ? place.holder[place.at as number] : place.holder[place.at as string];
}

function putAt(place: Place, value: unknown, inserts: boolean): void {
  if (Array.isArray(place.holder)) place.holder.splice(place.at as number, inserts ? 0 : 1, value);
  else Object.defineProperty(place.holder, place.at, { value, writable: true, enumerable: true, configurable: true });
}

function takeAt(place: Place): unknown {
  const value = readAt(place);
  if (Array.isArray(place.holder)) place.holder.splice(place.at as number, 1);
  else delete place.holder[place.at as string];
  return value;
}

/** A patched copy of the document. */
export function patched(document: Record<string, unknown>, patch: unknown): Record<string, unknown> {
  if (!Array.isArray(patch) || patch.length === 0) throw malformed('a patch is a non-empty array of operations');
  const copy = structuredClone(document);
  for (const { op, path, from = '', value } of patch.map(readOperation)) {
    if (op === 'remove') takeAt(placeOf(copy, path, true));
    else if (op === 'replace') putAt(placeOf(copy, path, true), value, false);
    else if (op === 'add') putAt(placeOf(copy, path, false), value, true);
    else if (op === 'copy') putAt(placeOf(copy, path, false), structuredClone(readAt(placeOf(copy, from, true))), true);
    else if (op === 'move') {
      const moved = takeAt(placeOf(copy, from, true));
      putAt(placeOf(copy, path, false), moved, true);
    } else if (!isDeepStrictEqual(readAt(placeOf(copy, path, true)), value)) throw misfit(path);
  }
  return copy;
}
