import { afterAll, beforeAll, expect, test } from 'vitest';
import { problem } from '#shared/contracts/parts.ts';
import { startWorker, type TestWorker } from './harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ vars: { NEON_LOCAL_PROXY: '127.0.0.1:1' } });
});
afterAll(() => w.stop());

const json = (path: string, body: unknown) =>
  fetch(w.origin + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

test('with Postgres out of reach every call says so: not now, nothing lost, try again, and never what failed inside', async () => {
  const calls = [
    () => json('/v1/auth/sign-in', { email: 'lead-17@example.com', password: 'x' }),
    () => json('/v1/auth/sign-up', { email: 'lead-17@example.com', password: 'correct horse', name: 'N', organizationName: 'O' }),
    () => json('/v1/auth/refresh', { refreshToken: 'irt_x', retryId: 'r'.repeat(20) }),
    () => json('/v1/embeds/token', { key: 'pk_x', jkt: 'a'.repeat(43), subject: '1' }),
  ];
  for (const call of calls) {
    const response = await call();
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const told = problem.parse(await response.json());
    expect(told.code).toBe('unavailable');
    expect(JSON.stringify(told)).not.toMatch(/postgres|neon|select|127\.0\.0\.1|ECONN/i);
  }
  expect((await fetch(`${w.origin}/health`)).status).toBe(503);
  // A visitor of a creator's link is told to come again, not that the link is dead.
  expect((await fetch(`${w.origin}/r/some-creator`, { redirect: 'manual' })).status).toBe(503);
});

test('work that meets no database waits and uses up no tries, however often it came', async () => {
  const worker = await w.mf.getWorker();
  const message = { v: 1, job: 'sync-ad-account', organizationId: 'org_00000000000000000000000000', input: { accountId: 'acc_x' } };
  const result = await worker.queue('inlay-job', [{ id: 'away', timestamp: new Date(), attempts: 50, body: message }]);
  expect(result.explicitAcks).toEqual([]);
  expect(result.retryMessages).toEqual([{ msgId: 'away', delaySeconds: 120 }]);
});
