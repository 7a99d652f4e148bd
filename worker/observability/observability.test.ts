import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startWorker, type Member, type TestWorker } from '../testing/harness.ts';
import { createLog, type LogFields } from './log.ts';
import { isolateMetrics } from './metrics.ts';
import { platformOf } from './platform-of.ts';
import { measure, startTrace } from './trace.ts';

const TOKEN = 'a token for the scraper of metrics';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

/** The outside as the Worker sees it: collectors of traces and errors here, all else in the sandbox. */
let collector: Server;
const collected: { path: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
const output: string[] = [];
let w: TestWorker;
let member: Member;
beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const path = request.url ?? '';
      if (/^\/(?:otlp|sentry)\.inlay\.test\//.test(path)) {
        collected.push({ path, headers: request.headers, body: body.toString() });
        response.end('{}');
        return;
      }
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      void fetch(w.sandbox.url + path, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        redirect: 'manual',
        ...(body.length > 0 ? { body } : {}),
      }).then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  w = await startWorker({
    onOutput: (text) => output.push(text),
    vars: {
      OUTSIDE_ORIGIN: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      METRICS_TOKEN: TOKEN,
      OTLP_ENDPOINT: 'https://otlp.inlay.test',
      OTLP_HEADERS: 'x-api-key=collector-key',
      OTLP_SAMPLE: '1',
      SENTRY_DSN: 'https://publickey@sentry.inlay.test/42',
    },
  });
  member = await w.signUp({ password: 'correct horse battery' });
});
afterAll(async () => {
  await w.stop();
  collector.closeAllConnections();
  collector.close();
});

const lines = () =>
  output
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const lineOf = (what: string, is: (line: Record<string, unknown>) => boolean) => w.until(what, async () => lines().find(is));

test('one line per request says who kind of, whose, what, how it ended and how long each part took; the id goes back to the caller', async () => {
  const answer = await member.fetch('/v1/connections', { headers: { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` } });
  expect(answer.headers.get('x-request-id')).toBe(TRACE);
  const line = await lineOf('the line', (one) => one['event'] === 'request' && one['req'] === TRACE);
  expect(line).toMatchObject({
    level: 'info',
    org: member.organizationId,
    actor: 'user',
    method: 'GET',
    route: '/v1/connections',
    status: 200,
    outcome: 'ok',
  });
  for (const name of ['ms', 'dbMs', 'dbCount', 'callMs', 'callCount']) expect(line[name], name).toBeTypeOf('number');
  expect(line['dbCount']).toBeGreaterThanOrEqual(2);

  for (const forged of ['00-zz', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${TRACE}-00f067aa0ba902b7-01`, 'x'.repeat(500)]) {
    const own = (await member.fetch('/v1/connections', { headers: { traceparent: forged } })).headers.get('x-request-id');
    expect(own).toMatch(/^[0-9a-f]{32}$/);
    expect(own).not.toBe(TRACE);
  }
});

test('a refusal says its code; the answer and the line carry the same id', async () => {
  const answer = await fetch(`${w.origin}/v1/connections`);
  const { requestId } = (await answer.json()) as { requestId: string };
  expect(answer.headers.get('x-request-id')).toBe(requestId);
  expect(await lineOf('the line', (one) => one['event'] === 'request' && one['req'] === requestId)).toMatchObject({
    status: 401,
    outcome: 'not_signed_in',
    org: null,
  });
});

test('a job goes on with the id of the request that asked for it, also when a crash lay between', async () => {
  const id = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
  await w.db.query(
    `insert into outbox (id, organization_id, job, input, not_before, trace) values ('obx_trace', $1, 'attribute-all', '{}', now() - interval '1 minute', $2)`,
    [member.organizationId, `00-${id}-00f067aa0ba902b7-00`],
  );
  await w.runCron();
  expect(await lineOf('the job', (one) => one['event'] === 'job' && one['req'] === id)).toMatchObject({
    job: 'attribute-all',
    org: member.organizationId,
    outcome: 'done',
  });
  const { rows } = await w.db.query(`select trace from outbox where organization_id = $1 and id <> 'obx_trace'`, [member.organizationId]);
  for (const row of rows) expect(row.trace).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
});

test('each delivery of a webhook is one line', async () => {
  await fetch(`${w.origin}/webhooks/meta`, { method: 'POST', body: '{"forged":"4711"}' });
  expect(await lineOf('the line', (one) => one['event'] === 'webhook')).toMatchObject({ source: 'meta', outcome: 'no_signature' });
  expect(output.join('')).not.toContain('4711');
});

test('metrics are told to who holds the token; to others there is no such address', async () => {
  const ask = (authorization?: string) => fetch(`${w.origin}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
  for (const refused of [undefined, 'Bearer', `Bearer ${TOKEN}x`, TOKEN]) expect((await ask(refused)).status).toBe(404);
  const text = await (await ask(`Bearer ${TOKEN}`)).text();
  for (const name of [
    'inlay_part_up{part="database"} 1',
    'inlay_outbox_waiting 0',
    'inlay_dead_letters_open 0',
    'inlay_unclear_items 0',
    'inlay_audit_not_intact 0',
  ])
    expect(text).toContain(name);
  expect(text).toMatch(/inlay_requests_total\{route="\/v1\/connections",method="GET",status="200",isolate="[0-9a-f]{8}"\} \d+/);
  expect(text).toMatch(/inlay_request_seconds_bucket\{route="\/v1\/connections",isolate="[0-9a-f]{8}",le="\+Inf"\} \d+/);
  expect(text).toMatch(/inlay_jobs_total\{job="attribute-all",outcome="done"/);
  expect(text).toMatch(/inlay_webhooks_total\{source="meta",outcome="no_signature"/);
  expect(text).toMatch(/inlay_platform_calls_total\{platform="mail",status="2xx"/);
  for (const line of text.trim().split('\n')) expect(line).toMatch(/^(?:# (?:HELP|TYPE) .+|[a-z_]+(?:\{[^\n]+\})? -?[\d.e+-]+)$/);
});

test('a sampled request is one span with a child for each wait; the caller’s span is its parent', async () => {
  const id = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
  await member.fetch('/v1/connections', { headers: { traceparent: `00-${id}-00f067aa0ba902b7-01` } });
  const sent = await w.until('the trace', async () => collected.find((one) => one.body.includes(id)));
  expect(sent).toMatchObject({ path: '/otlp.inlay.test/v1/traces', headers: { 'x-api-key': 'collector-key' } });
  const { spans } = JSON.parse(sent.body).resourceSpans[0].scopeSpans[0] as { spans: Record<string, unknown>[] };
  const [root, ...children] = spans;
  expect(root).toMatchObject({ traceId: id, parentSpanId: '00f067aa0ba902b7', name: '/v1/connections', kind: 2 });
  expect(children.length).toBeGreaterThanOrEqual(2);
  for (const child of children) expect(child).toMatchObject({ traceId: id, parentSpanId: root?.['spanId'], name: 'postgres read' });
  expect(new Set(spans.map((span) => span['spanId'])).size).toBe(spans.length);
  const unwanted = 'cccccccccccccccccccccccccccccccc';
  await member.fetch('/v1/connections', { headers: { traceparent: `00-${unwanted}-00f067aa0ba902b7-00` } });
  await lineOf('the line', (one) => one['req'] === unwanted);
  expect(collected.some((one) => one.body.includes(unwanted))).toBe(false);
});

test('what fails on our side reaches the collector of errors by class, code and place: no word that somebody typed', async () => {
  const queue = await w.mf.getQueueProducer('JOB_QUEUE');
  await queue.send({
    v: 1,
    job: 'attribute-person',
    organizationId: member.organizationId,
    input: { personId: { mail: 'buyer@example.com' } },
  });
  const sent = await w.until('the error', async () => collected.find((one) => one.path.includes('sentry')));
  expect(sent.path).toBe('/sentry.inlay.test/api/42/envelope/');
  expect(sent.headers['x-sentry-auth']).toContain('sentry_key=publickey');
  const [, item, event] = sent.body.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(item).toEqual({ type: 'event' });
  expect(event).toMatchObject({ level: 'error', tags: { job: 'attribute-person' } });
});

test('nothing secret reaches log, traces or errors', async () => {
  await fetch(`${w.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: member.email, password: 'a password nobody else has' }),
  });
  await member.fetch('/v1/leads?search=buyer@example.com');
  await w.until('the line', async () => lines().some((one) => one['route'] === '/v1/leads'));
  await w.until('its trace', async () => collected.some((one) => one.body.includes('/v1/leads')));
  const everything = output.join('') + JSON.stringify(collected);
  expect(everything.length).toBeGreaterThan(5_000);
  for (const secret of [
    member.token,
    member.email,
    member.userId,
    'a password nobody else has',
    'buyer@example.com',
    TOKEN,
    'inlay_api:inlay_api',
    'collector-key',
  ])
    expect(everything.replaceAll('"x-api-key":"collector-key"', ''), secret).not.toContain(secret);
});

test('every wait counts, also those that are too many to be kept one by one', async () => {
  const trace = startTrace(null, 0);
  for (let n = 0; n < 250; n++) await measure(trace, 'db', 'read', () => Promise.resolve());
  await expect(measure(trace, 'call', 'nowhere', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(trace.spans).toHaveLength(200);
  expect(trace.waits).toMatchObject({ db: { count: 250 }, call: { count: 1 } });
  expect(isolateMetrics()).toMatch(/inlay_platform_calls_total\{platform="nowhere",status="none"[^}]*\} 1/);
});

test.each(['https://api.resend.com/emails', 'https://api.postmarkapp.com/email'])('%s carries mail', (url) => {
  expect(platformOf(url)).toBe('mail');
});

test('a field that is not on the list does not reach the log', () => {
  const said: string[] = [];
  const spy = vi.spyOn(console, 'info').mockImplementation((line: string) => void said.push(line));
  createLog({ req: 'r' })
    .with({ password: 'p' } as LogFields)
    .info('x', { email: 'buyer@example.com', ms: 1 } as LogFields);
  spy.mockRestore();
  expect(Object.keys(JSON.parse(said[0] as string))).toEqual(['ts', 'level', 'event', 'req', 'ms']);
});
