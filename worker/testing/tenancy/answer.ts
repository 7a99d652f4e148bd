import type { RouteFact } from '../../http/bind-contract.ts';
import type { TestWorker } from '../harness.ts';
import type { Caller } from './world.ts';
import type { Ids } from './ids.ts';
import type { Call } from './walk.ts';

/** Where in a call an id stood. */
export type Position = 'path' | 'query' | 'cursor' | 'body' | 'nested' | 'header' | 'file key' | 'queue message' | 'widget token';

/** Status, code and body without what is new each time, and without the ids that were sent. */
export async function answer(
  w: TestWorker,
  fact: Pick<RouteFact, 'method'>,
  call: Call,
  ids: Ids,
  as: Pick<Caller, 'authorization'>,
): Promise<{ status: number; code: string; text: string }> {
  const response = await fetch(w.origin + call.path, {
    method: fact.method,
    redirect: 'manual',
    ...(call.body === undefined ? {} : { body: call.raw ? String(call.body) : JSON.stringify(call.body) }),
    headers: {
      ...(call.raw ? {} : { 'content-type': 'application/json' }),
      ...(as.authorization === null ? {} : { authorization: as.authorization }),
      ...call.headers,
    },
  });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream) await response.body?.cancel();
  const body = isStream ? 'a stream' : await response.text();
  // The request's id goes first: an id of digits may stand in it by chance.
  let text = `${response.status} ${response.headers.get('location') ?? ''} ${body}`.replaceAll(/"requestId":"\w+"/g, '(request)');
  for (const id of Object.values(ids).toSorted((one, other) => other.length - one.length))
    text = text.replaceAll(encodeURIComponent(id), '(id)').replaceAll(id, '(id)');
  return {
    status: response.status,
    code: /"code":"(\w+)"/.exec(body)?.[1] ?? '',
    text: text
      .replaceAll(/\b[a-z]{3}_[0-9a-z]{26}\b/g, '(new id)')
      .replaceAll(/mac=[\w-]+|until=\d+|state=[^&"]+|nonce=[^&"]+|code_challenge=[\w-]+|"planHash":"[\w()]+"/g, '(new)')
      .replaceAll(/"(secret|key|accessToken)":"[^"]+"/g, '"$1":"(new)"')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(time)'),
  };
}

/** Where the two calls differ: that is where the id stands. */
export function positionOf(fact: RouteFact, real: Call, missing: Call): Position {
  if (JSON.stringify(real.headers) !== JSON.stringify(missing.headers)) return 'header';
  const [realAt, missingAt] = [new URL(real.path, 'http://w'), new URL(missing.path, 'http://w')];
  if (realAt.pathname !== missingAt.pathname) return /uploads|logo|file/.test(fact.path) ? 'file key' : 'path';
  const named = [...realAt.searchParams].find(([name, value]) => missingAt.searchParams.get(name) !== value);
  if (named) return named[0] === 'cursor' ? 'cursor' : 'query';
  const flat = (call: Call) => Object.entries((call.body ?? {}) as object);
  const field = flat(real).find(([name, value]) => JSON.stringify(value) !== JSON.stringify(Object.fromEntries(flat(missing))[name]));
  return field && typeof field[1] === 'object' ? 'nested' : 'body';
}
