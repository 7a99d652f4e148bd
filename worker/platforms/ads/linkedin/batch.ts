import type { PlatformError } from '../../platform-error.ts';
import { liCall, sayThrottled, type LiSession } from './client.ts';
import { mapError, unreadable } from './map-error.ts';
import { isRow, type Row } from './read.ts';
import { list, query } from './restli.ts';

/** What a batch came to for one of its ids or elements. */
function outcome<T>(session: LiSession, status: unknown, error: unknown, good: () => T | null): T | PlatformError {
  const code = Number(status);
  if (code === 429) sayThrottled(session);
  if (code >= 200 && code <= 299) return good() ?? unreadable('An answer without what was asked for.', { status, error });
  return mapError(code, error);
}

/** Many entities of one collection by id in one call, each answer by itself; keys are the ids as given. */
export async function batchGet(
  session: LiSession,
  path: string,
  ids: readonly string[],
  fields?: string,
): Promise<Map<string, Row | PlatformError>> {
  const { json } = await liCall(session, { method: 'GET', path, query: query({ ids: list(ids), fields }) });
  const { results, statuses, errors } = parts(json);
  return new Map(
    ids.map((id) => {
      const row = results[id];
      const error = errors[id];
      const status = statuses[id] ?? (isRow(error) ? error['status'] : row === undefined ? undefined : 200);
      return [id, outcome(session, status, error, () => (isRow(row) ? row : null))];
    }),
  );
}

/** One change for many entities of one collection in one call. */
export async function batchSet(
  session: LiSession,
  path: string,
  ids: readonly string[],
  set: Row,
): Promise<Map<string, true | PlatformError>> {
  const named = list(ids);
  const { json } = await liCall(session, {
    method: 'POST',
    path,
    query: query({ ids: named }),
    restli: 'BATCH_PARTIAL_UPDATE',
    // Keys of the body are written like the ids of the address.
    body: { entities: Object.fromEntries(ids.map((id) => [encodeURIComponent(id), { patch: { $set: set } }])) },
  });
  const { results, statuses, errors } = parts(json);
  return new Map(
    ids.map((id) => {
      const result = results[id];
      const error = errors[id];
      const status = (isRow(error) ? error['status'] : undefined) ?? statuses[id] ?? (isRow(result) ? result['status'] : undefined);
      return [id, outcome<true>(session, status, error, () => true)];
    }),
  );
}

/** Many creates in one call: an id or a failure for each, in their order. */
export async function batchCreate(session: LiSession, path: string, elements: readonly Row[]): Promise<(string | PlatformError)[]> {
  const { json } = await liCall(session, { method: 'POST', path, restli: 'BATCH_CREATE', body: { elements } });
  const told = isRow(json) && Array.isArray(json['elements']) ? json['elements'] : [];
  if (told.length !== elements.length) throw unreadable('The answer of a batch does not tell of each of its parts.', json);
  return told.map((one: unknown) => {
    const { status, id, error } = isRow(one) ? one : ({} as Row);
    return outcome(session, status, error, () => (typeof id === 'string' || typeof id === 'number' ? String(id) : null));
  });
}

function parts(json: unknown): { results: Row; statuses: Row; errors: Row } {
  if (!isRow(json) || (!isRow(json['results']) && !isRow(json['errors']))) throw unreadable('The answer of a batch without results.', json);
  const part = (name: string): Row => {
    const found = json[name];
    return isRow(found) ? found : {};
  };
  return { results: part('results'), statuses: part('statuses'), errors: part('errors') };
}

/** Lists cut to what one call takes. */
export function chunksOf<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, n) => all.slice(n * most, (n + 1) * most));
}
