import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/index.ts';
import type { AnyContract } from '#shared/contracts/index.ts';
import { problem } from '#shared/contracts/parts.ts';
import { connectMeta } from './connect-meta.ts';
import { HOSTILE_BODIES, HOSTILE_JSON, HOSTILE_QUERY, HOSTILE_SEGMENTS, seeded, spoil } from '../../local/trust/hostile-values.ts';
import { startWorker, type Member, type TestWorker } from './harness.ts';
import { testPlan } from './test-plan.ts';
import { ALL_CONTRACTS, DEAR, plan, someId, VALID_BODIES } from '../../local/trust/valid-bodies.ts';

/** A change is judged on the same bodies as the last one; SEED=… tries others. */
const SEED = Number(process.env['SEED'] ?? 875_546_862);
const CASES = 1_500;
const AT_ONCE = 8;

let w: TestWorker;
let me: Member;
beforeAll(async () => {
  w = await startWorker();
  me = await w.signUp();
  await connectMeta(w, me);
});
afterAll(() => w.stop());

const called = (one: AnyContract) => `${one.method} ${one.path}`;

const address = (one: AnyContract) => one.path.replace(':provider', 'meta').replaceAll(/:\w+/g, someId);
const failures: string[] = [];

/** Anything but a success or a problem of ours that a person can act on is a finding. */
async function judge(what: string, response: Response): Promise<void> {
  const text = await response.text();
  const say = (why: string) => failures.push(`${why}: ${what} → ${response.status} ${text.slice(0, 240)}`);
  if (response.status >= 500) return void say('a failure of ours');
  if (response.status < 400) return;
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return void say('no problem body');
  const parsed = problem.safeParse(JSON.parse(text));
  if (!parsed.success) return void say('another shape');
  if (parsed.data.code === 'invalid_input' && !parsed.data.fields?.length) say('names no field');
  if (text.includes('x'.repeat(1_000))) say('echoes what it was sent');
}

async function inLanes<T>(work: T[], run: (one: T) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = work.shift(); one !== undefined; one = work.shift()) await run(one);
    }),
  );
}

/** A refusal that did not wait for the body ends its connection; a pooled one may then be found closed. Only a series of that is a finding. */
async function reach(path: string, init: RequestInit, tries = 12): Promise<Response> {
  try {
    return await me.fetch(path, init);
  } catch (error) {
    if (tries === 0) throw new Error(`no answer to ${init.method} ${path.slice(0, 200)}`, { cause: error });
    return reach(path, init, tries - 1);
  }
}

async function sendBody(one: AnyContract, body: string | Uint8Array<ArrayBuffer>, note: string, type = 'application/json'): Promise<void> {
  const response = await reach(address(one), {
    method: one.method,
    body,
    headers: { 'content-type': type, origin: 'https://page.example.com' },
  });
  await judge(`${called(one)} ${note} (seed ${SEED})`, response);
}

const withBody = ALL_CONTRACTS.filter((one) => one.body !== undefined);

test('every body has a valid sample here, and it is taken by its contract', () => {
  expect(withBody.map(called).toSorted()).toEqual(Object.keys(VALID_BODIES).toSorted());
  for (const one of withBody) expect(one.body?.safeParse(VALID_BODIES[called(one)]).success, called(one)).toBe(true);
});

test(`spoilt bodies: never a failure of ours, always a problem that names the field (seed ${SEED})`, { timeout: 60_000 }, async () => {
  const random = seeded(SEED);
  const cheap = withBody.filter((one) => !DEAR.test(one.path));
  // Every hostile value meets every cheap contract at least once; the rest is chance.
  const work = Array.from({ length: CASES }, (_, i) => {
    const one =
      i % 60 === 0
        ? (withBody.find((two) => DEAR.test(two.path) && !two.path.startsWith('/v1/organizations') && random() < 0.3) ?? withBody[0])
        : cheap[i % cheap.length];
    if (!one) throw new Error('no contracts');
    const hostile = HOSTILE_JSON[Math.floor(i / cheap.length) % HOSTILE_JSON.length] as string;
    return { one, ...spoil(VALID_BODIES[called(one)], random, hostile), hostile };
  });
  await inLanes(work, ({ one, text, place, hostile }) => sendBody(one, text, `${place} = ${hostile.slice(0, 60)}`));
  expect(failures.splice(0)).toEqual([]);
});

test('bodies that are no JSON, too deep, cut, too large or of another type', { timeout: 60_000 }, async () => {
  const targets = withBody.filter((one) => !DEAR.test(one.path));
  await inLanes(
    targets.flatMap((one) => HOSTILE_BODIES.map((body) => ({ one, body }))),
    ({ one, body }) => sendBody(one, body, typeof body === 'string' ? body.slice(0, 40) : `bytes ${body.join()}`),
  );
  const [first] = targets;
  if (!first) throw new Error('no contracts');
  await sendBody(first, `{"a":"${'x'.repeat(2_100_000)}"}`, '2.1 MB');
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/xml', ''])
    await sendBody(first, '{}', `as ${type}`, type);
  expect(failures.splice(0)).toEqual([]);
});

test('a plan that fits into one request and into no Worker is refused at once', async () => {
  const { plan: one } = testPlan({ adSets: 1, concepts: 1 });
  const [campaign, adSet] = [one.campaigns[0], one.adSets[0]];
  const bomb = {
    ...one,
    media: [],
    campaigns: Array.from({ length: 8_000 }, (_, i) => ({ ...campaign, key: `c${i}` })),
    adSets: Array.from({ length: 6_000 }, (_, i) => ({ ...adSet, key: `s${i}` })),
  };
  const began = performance.now();
  const response = await reach('/v1/launches/preview', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ plan: bomb }),
  });
  expect(((await response.json()) as { problems: { code: string }[] }).problems.map((found) => found.code)).toEqual(['TOO_MANY_ITEMS']);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('ids and queries that are none', { timeout: 60_000 }, async () => {
  const paths = [
    ...new Set([
      ...ALL_CONTRACTS.map((one) => `${one.method} ${one.path}`),
      `GET ${contracts.launches.launchEventsPath}`,
      `GET ${contracts.launches.launchReceiptsPath}`,
      'GET /v1/connections/:provider/callback',
      'PUT /v1/media/uploads/:id',
      'GET /apps/inlay/token',
      'GET /v1/hubspot/card',
    ]),
  ];
  const segments = paths
    .filter((path) => path.includes(':'))
    .flatMap((path) => HOSTILE_SEGMENTS.map((segment) => path.replace(/:\w+/, segment)));
  const NAMES = [
    'cursor',
    'pageSize',
    'accountId',
    'state',
    'kind',
    'stage',
    'search',
    'parentId',
    'days',
    'level',
    'basis',
    'portalId',
    'contactId',
    'org',
    'until',
    'mac',
    'code',
    'format',
    'jkt',
    'shop',
    'hmac',
    'timestamp',
  ];
  const {
    rows: [account],
  } = await w.db.query('select id from ad_accounts where organization_id = $1 limit 1', [me.organizationId]);
  const queries = paths
    .filter((path) => path.startsWith('GET'))
    .flatMap((path) =>
      NAMES.flatMap((name) =>
        HOSTILE_QUERY.slice(0, 20)
          .filter((_, i) => (i + name.length * 3 + path.length) % 13 === 0)
          .map(
            (value) =>
              `${path.replace(/:\w+/, someId)}?${name === 'accountId' ? '' : `accountId=${account.id}&`}${path.includes('lead-card') ? 'portalId=1&contactId=1&' : ''}${name}=${value}`,
          ),
      ),
    );
  const cursors = ['/v1/launches', '/v1/insights', '/v1/leads', '/v1/orders'].flatMap((path) =>
    HOSTILE_QUERY.map((value) => `GET ${path}?accountId=${account.id}&cursor=${value}`),
  );
  await inLanes([...segments, ...queries, ...cursors], async (line) => {
    const [method, path] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    const response = await reach(path, {
      method,
      redirect: 'manual',
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }),
    });
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) return void response.body?.cancel();
    await judge(line.slice(0, 200), response);
  });
  expect(failures.splice(0)).toEqual([]);
});

test('headers of the wrong size or kind', async () => {
  const tries: Record<string, string>[] = [
    { 'idempotency-key': 'k'.repeat(6_000) },
    { 'idempotency-key': '' },
    { 'idempotency-key': 'é' },
    { origin: 'o'.repeat(6_000) },
    { origin: 'null' },
    { 'user-agent': 'u'.repeat(6_000) },
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${'a.'.repeat(3_000)}` },
    { cookie: `inlay_refresh=${'x'.repeat(5_000)}` },
  ];
  for (const headers of tries) {
    for (const [path, body] of [
      ['/v1/launches', { plan: plan() }],
      ['/v1/embeds/token', VALID_BODIES['POST /v1/embeds/token']],
      ['/v1/auth/refresh', { retryId: 'r'.repeat(20) }],
    ] as const) {
      await judge(
        `${path} ${JSON.stringify(headers).slice(0, 60)}`,
        await reach(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }),
      );
    }
  }
  expect(failures.splice(0)).toEqual([]);
});
