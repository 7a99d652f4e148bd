import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as embeds from '#shared/contracts/embeds.ts';
import { problem } from '#shared/contracts/parts.ts';
import { localVars } from '../../local/local-secrets.ts';
import { DOORS, readSettings, type Env } from '../env.ts';
import type { Ports } from '../kernel/context.ts';
import { startWorker, type TestWorker } from '../testing/harness.ts';
import { limitCalls } from './limit-calls.ts';

const PAGE = 'https://page.example.com';
let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({
    vars: {
      CALL_LIMITS: limits(
        'sign-up 4/3600, sign-in 3/3600, refresh 5/2, embed-token 3/3600, prove 2/3600, oauth-token 2/3600, second-factor 2/3600, redirect 2/3600',
      ),
    },
  });
});
afterAll(() => w.stop());

/** The doors a test speaks of, and all others wide open. */
const limits = (named: string): string =>
  [
    named,
    ...DOORS.filter((door) => !named.split(',').some((part) => part.trim().startsWith(`${door} `))).map((door) => `${door} 100000/60`),
  ].join(', ');
const post = (path: string, body: unknown, network: string, headers: Record<string, string> = {}) =>
  fetch(w.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cf-connecting-ip': network, ...headers },
    body: JSON.stringify(body),
  });
const signUp = (network: string, change: object = {}) =>
  post(
    '/v1/auth/sign-up',
    {
      email: `person-${randomBytes(4).toString('hex')}@example.com`,
      password: 'correct horse battery',
      name: 'P',
      organizationName: 'O',
      ...change,
    },
    network,
  );
const inOrder = (numbers: number[]) => numbers.toSorted((a, b) => a - b);
const statuses = async (calls: Promise<Response>[]) => inOrder((await Promise.all(calls)).map((answer) => answer.status));
const times = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make);

test('of any number of sign-ups at once a network gets as many as it may; the others hear when to come again, and nothing of theirs is kept', async () => {
  const answers = await Promise.all(times(12, () => signUp('203.0.113.7')));
  expect(inOrder(answers.map((answer) => answer.status))).toEqual([...times(4, () => 202), ...times(8, () => 429)]);
  const refused = answers.find((answer) => answer.status === 429) as Response;
  expect(problem.parse(await refused.json())).toMatchObject({ code: 'too_many', status: 429 });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3_600);
  expect((await w.db.query("select 1 from one_time_tokens where purpose = 'sign_up'")).rowCount).toBe(4);
  expect((await signUp('203.0.113.8')).status).toBe(202);
});

test('what cannot be read costs nobody a try', async () => {
  expect(await statuses(times(6, () => signUp('203.0.113.9', { email: 'no address' })))).toEqual(times(6, () => 422));
  expect((await signUp('203.0.113.9')).status).toBe(202);
});

test('an IPv6 network is counted as one, however its addresses are written', async () => {
  const addresses = ['2001:db8:1:2::1', '2001:DB8:1:2:3:4:5:6', '2001:0db8:0001:0002::ffff', '2001:db8:1:2:a::', '2001:db8:1:2::2'];
  expect(await statuses(addresses.map((address) => signUp(address)))).toEqual([202, 202, 202, 202, 429]);
  expect((await signUp('2001:db8:1:3::1')).status).toBe(202);
});

test('each door is counted apart, whichever account is tried', async () => {
  const network = '203.0.113.10';
  const guess = () => post('/v1/auth/sign-in', { email: `nobody-${randomBytes(4).toString('hex')}@example.com`, password: 'x' }, network);
  expect(await statuses(times(5, guess))).toEqual([401, 401, 401, 429, 429]);
  expect((await signUp(network)).status).toBe(202);
});

test('codes, links and redirects have doors of their own', async () => {
  const network = '203.0.113.13';
  const ask: (() => Promise<Response>)[] = [
    () => post('/v1/account/prove', { password: 'x' }, network),
    () =>
      post(
        '/v1/oauth/token',
        { clientId: 'inlay-extension', code: 'x', codeVerifier: 'v'.repeat(43), redirectUri: 'https://x.test/' },
        network,
      ),
    () => post('/v1/auth/second-factor', { challenge: 'c'.repeat(40), code: '123456' }, network),
    () => fetch(`${w.origin}/r/nothing`, { redirect: 'manual', headers: { 'cf-connecting-ip': network } }),
  ];
  for (const call of ask) expect((await statuses(times(3, call))).map((status) => status === 429)).toEqual([false, false, true]);
});

test('when the time is over the door is open again, whichever token is tried', async () => {
  const renew = () => post('/v1/auth/refresh', { refreshToken: randomBytes(8).toString('hex'), retryId: 'r'.repeat(16) }, '203.0.113.12');
  await w.until('too many', async () => (await statuses(times(10, renew))).includes(429), 20_000);
  await w.until('open again', async () => (await renew()).status === 401, 20_000);
});

test('a page that asks for too many tokens can read why', async () => {
  const member = await w.signUp();
  const { publicKey } = await member.api.call(embeds.createEmbedKey, { body: { kind: 'lead-roas', origin: PAGE } });
  const mint = (key = publicKey) =>
    post('/v1/embeds/token', { key, jkt: 'a'.repeat(43), subject: '501' }, '203.0.113.11', { origin: PAGE });
  expect(await statuses(times(3, () => mint()))).toEqual([200, 200, 200]);
  const refused = await mint();
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([429, '*']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
  expect((await mint('pk_nobody')).status).toBe(429);
});

test('a counter that cannot be reached stops nobody, and says so', async () => {
  const said: string[] = [];
  const ports = {
    settings: { CLICK_KEY: 'a'.repeat(43) + '=', CALL_LIMITS: { 'sign-up': { calls: 1, seconds: 60 } } },
    bindings: { CALL_LIMIT: { idFromName: (name: string) => name, get: () => ({ take: () => Promise.reject(new Error('away')) }) } },
    log: { error: (event: string) => said.push(event) },
  } as unknown as Ports;
  await limitCalls(ports, new Request('https://api.inlay.test/'), 'sign-up');
  expect(said).toEqual(['call_limit.not_counted']);
});

test('limits that leave a door out, name a strange one or none at all stop the Worker with their name', () => {
  const vars = localVars({
    databaseUrl: 'x',
    neonProxyPort: 1,
    outsideOrigin: 'http://x.test',
    workerOrigin: 'http://x.test',
    extensionIds: '',
  });
  const read = (limits: string) => readSettings({ ...vars, CALL_LIMITS: limits } as unknown as Env);
  for (const wrong of [
    '',
    'on',
    'sign-up 1/1',
    DOORS.map((door) => `${door} ${door === 'embed-token' ? 0 : 1}/1`).join(', '),
    DOORS.map((door) => `${door === 'embed-token' ? 'embed' : door} 1/1`).join(', '),
  ])
    expect(() => read(wrong), wrong).toThrow('CALL_LIMITS: must be');
  expect(() => read('off')).toThrow('binding LAUNCH_QUEUE is missing');
});

test('with "off" nothing is counted', async () => {
  const open = await startWorker({ vars: { CALL_LIMITS: 'off' } });
  try {
    const calls = times(30, () =>
      fetch(`${open.origin}/v1/auth/refresh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refreshToken: 'x', retryId: 'r'.repeat(16) }),
      }),
    );
    expect(await statuses(calls)).toEqual(times(30, () => 401));
  } finally {
    await open.stop();
  }
});
