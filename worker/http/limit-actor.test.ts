import { afterAll, beforeAll, expect, test } from 'vitest';
import * as machines from '#shared/contracts/machines.ts';
import { problem } from '#shared/contracts/parts.ts';
import type { Context } from '../kernel/context.ts';
import { startWorker, type Member, type TestWorker } from '../testing/harness.ts';
import { limitActor } from './limit-actor.ts';

let w: TestWorker;
let me: Member;
let key: string;
beforeAll(async () => {
  w = await startWorker({ vars: { API_LIMITS: 'key 5/3, session 60/60' } });
  me = await w.signUp();
  ({ key } = await me.api.call(machines.createApiKey, { body: { name: 'K', scopes: ['webhooks:read'] } }));
});
afterAll(() => w.stop());

const withKey = () => fetch(`${w.origin}/v1/webhook-endpoints`, { headers: { authorization: `Bearer ${key}` } });

test('a key may call so often, is told what is left, and when it may again; then it may', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, withKey));
  const allowed = answers.filter((one) => one.status === 200);
  const refused = answers.filter((one) => one.status === 429);
  expect(allowed.length + refused.length).toBe(12);
  expect(allowed.length).toBeGreaterThanOrEqual(5);
  expect(refused.length).toBeGreaterThanOrEqual(1);
  for (const answer of answers) expect(answer.headers.get('ratelimit-policy')).toBe('"key";q=5;w=3');
  expect(allowed.map((one) => one.headers.get('ratelimit'))).toContainEqual(expect.stringMatching(/^"key";r=4;t=[1-3]$/));
  const [no] = refused as [Response, ...Response[]];
  expect(no.headers.get('ratelimit')).toMatch(/^"key";r=0;t=1$/);
  expect(no.headers.get('retry-after')).toBe('1');
  expect(problem.parse(await no.json())).toMatchObject({
    code: 'too_many',
    detail: expect.stringContaining('5 times in 3 seconds') as string,
  });
  await w.until('the key may call again', async () => (await withKey()).status === 200);
});

test('a session is counted apart, in parts: most calls ask no counter, none is counted twice', async () => {
  const answers: Response[] = [];
  for (let n = 0; n < 10; n += 1) answers.push(await me.fetch('/v1/webhook-endpoints'));
  expect(answers.map((one) => one.status)).toEqual(answers.map(() => 200));
  const left = answers.map((one) => Number(/r=(\d+)/.exec(one.headers.get('ratelimit') ?? '')?.[1]));
  expect(left[0]).toBeLessThanOrEqual(59);
  expect((left[0] as number) - (left[9] as number)).toBeGreaterThanOrEqual(5);
  const many = await Promise.all(Array.from({ length: 90 }, () => me.fetch('/v1/webhook-endpoints')));
  expect(many.some((one) => one.status === 429)).toBe(true);
});

test('a counter that cannot be reached stops nobody, and says so', async () => {
  const said: string[] = [];
  const ctx = {
    actor: { kind: 'key', keyId: 'key_1', permissions: [] },
    ports: {
      settings: { API_LIMITS: { key: { calls: 1, seconds: 60 } } },
      bindings: { CALL_LIMIT: { idFromName: (name: string) => name, get: () => ({ spend: () => Promise.reject(new Error('away')) }) } },
      log: { error: (event: string) => said.push(event) },
    },
  } as unknown as Context;
  await limitActor(ctx, () => undefined);
  expect(said).toEqual(['api_limit.not_counted']);
});
