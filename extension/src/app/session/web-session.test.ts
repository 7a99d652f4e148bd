import { expect, test } from 'vitest';
import { ApiError, ApiUnreachable, type ApiClient } from '#shared/api-client/create-api-client.ts';
import type { Me, Tokens } from '#shared/contracts/identity.ts';
import { createWebSession } from './web-session.ts';

const me = { user: { id: 'usr_1', email: 'lead-1@example.com', name: 'A', locale: 'en' } } as unknown as Me;
const tokens = (accessToken: string, expiresIn = 900): Tokens => ({ accessToken, expiresIn, me });
const refused = new ApiError({
  type: 'about:blank',
  title: 'No session',
  status: 401,
  detail: 'Sign in.',
  code: 'unauthenticated',
  requestId: 'req_1',
});

function setUp(answers: (Tokens | Error)[]) {
  const bodies: { retryId: string }[] = [];
  const memory = new Map<string, string>();
  const clock = { now: 1_000_000 };
  let ids = 0;
  const api = {
    async call(_: unknown, input: { body: { retryId: string } }) {
      bodies.push(input.body);
      await Promise.resolve();
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer was prepared');
      return answer;
    },
  } as unknown as ApiClient;
  const parts = {
    api,
    now: () => clock.now,
    newRetryId: () => `retry-id-number-${ids++}`,
    exclusive: <T>(work: () => Promise<T>) => work(),
    store: {
      getItem: (key: string) => memory.get(key) ?? null,
      setItem: (key: string, value: string) => void memory.set(key, value),
      removeItem: (key: string) => void memory.delete(key),
    },
  };
  return { parts, session: createWebSession(parts), bodies, clock };
}

test('many calls at once refresh once', async () => {
  const { session, bodies } = setUp([tokens('a')]);
  const headers = await Promise.all([session.authorize(false), session.authorize(false), session.me()]);
  expect(headers.slice(0, 2)).toEqual([{ authorization: 'Bearer a' }, { authorization: 'Bearer a' }]);
  expect(bodies).toHaveLength(1);
});

test('a token near its end is renewed before it is used', async () => {
  const { session, clock } = setUp([tokens('a', 60), tokens('b')]);
  expect(await session.authorize(false)).toEqual({ authorization: 'Bearer a' });
  clock.now += 31_000;
  expect(await session.authorize(false)).toEqual({ authorization: 'Bearer b' });
});

test('after a lost answer, even over a reload, the same question is asked again; later a new one', async () => {
  const { session, parts, bodies, clock } = setUp([new ApiUnreachable('cut'), tokens('a', 60), tokens('b')]);
  await expect(session.me()).rejects.toBeInstanceOf(ApiUnreachable);
  const reloaded = createWebSession(parts);
  expect(await reloaded.me()).toBe(me);
  clock.now += 50_000;
  await reloaded.authorize(false);
  expect(bodies.map((body) => body.retryId)).toEqual(['retry-id-number-0', 'retry-id-number-0', 'retry-id-number-1']);
});

test('nobody signed in is an answer, and an ended session is told to whoever listens', async () => {
  const { session } = setUp([refused, tokens('a', 10), refused]);
  expect(await session.me()).toBeNull();
  const seen: (Me | null)[] = [];
  session.onChange((now) => seen.push(now), new AbortController().signal);
  await session.me();
  await expect(session.authorize(true)).rejects.toBe(refused);
  expect(seen).toEqual([me, null]);
});
