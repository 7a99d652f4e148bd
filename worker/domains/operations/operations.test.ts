import { afterAll, beforeAll, expect, test } from 'vitest';
import * as audit from '#shared/contracts/audit.ts';
import * as identity from '#shared/contracts/identity.ts';
import * as contracts from '#shared/contracts/operations.ts';
import type { JobMessage } from '../../kernel/define-job.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { addPerson } from '../../testing/tenancy/add-person.ts';

let w: TestWorker;
let member: Member;
let staff: Awaited<ReturnType<typeof addPerson>>;
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  staff = await addPerson(w, { organizationId: null, isStaff: true });
});
afterAll(() => w.stop());

const call = async (path: string, body?: unknown, token = staff.token) => {
  const response = await fetch(w.origin + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};
const bury = (id: string, organizationId: string, job: string, input: unknown, fingerprint: string) =>
  w.db.query(
    `insert into dead_letters (id, organization_id, job, input, cause, fingerprint, attempts) values ($1, $2, $3, $4, 'Error: no', $5, 8)`,
    [id, organizationId, job, JSON.stringify(input), fingerprint],
  );
const letter = async (id: string) => (await w.db.query('select * from dead_letters where id = $1', [id])).rows[0];
const audited = async (organizationId: string, action: string) =>
  (await w.db.query('select actor, object from audit_log where organization_id = $1 and action = $2', [organizationId, action])).rows;

test('staff see how the machine is; a member and somebody unknown see no such address', async () => {
  await w.db.query(`insert into webhook_refusals (source, reason, day, n) values ('meta', 'no_signature', $1, 3)`, [
    new Date().toISOString().slice(0, 10),
  ]);
  const { status, json } = await call('/v1/staff/operations');
  expect(status).toBe(200);
  const seen = contracts.readOperations.response.parse(json);
  expect(seen.parts.map((part) => [part.name, part.state])).toEqual([
    ['database', 'ok'],
    ['queues', 'ok'],
    ['storage', 'ok'],
    ['audit', 'ok'],
  ]);
  expect(seen.intake.find((one) => one.source === 'meta')).toEqual({ source: 'meta', lagSeconds: null, refusedToday: 3 });
  expect(JSON.stringify(json)).not.toContain(member.organizationId);
  expect((await call('/v1/staff/operations', undefined, member.token)).status).toBe(404);
  expect((await call('/v1/staff/dead-letters', undefined, member.token)).status).toBe(404);
  expect((await call('/v1/staff/dead-letters/replay', { all: true }, member.token)).status).toBe(404);
  expect((await fetch(`${w.origin}/v1/staff/operations`)).status).toBe(401);
});

test('what waits, what failed and what is not as sealed shows in the counts', async () => {
  await w.db.query(
    `insert into outbox (id, organization_id, job, input, not_before) values ('obx_wait', $1, 'attribute-all', '{}', now() - interval '1 hour')`,
    [member.organizationId],
  );
  await w.db.query(`insert into audit_checks (organization_id, is_intact, at) values ('org_broken', false, now())`);
  const seen = contracts.readOperations.response.parse((await call('/v1/staff/operations')).json);
  expect(seen.outbox?.waiting).toBe(1);
  expect(seen.outbox?.oldestSeconds).toBeGreaterThanOrEqual(3600);
  expect(seen.parts.filter((part) => part.state !== 'ok').map((part) => part.name)).toEqual(['queues', 'audit']);
  const health = await fetch(`${w.origin}/health`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({
    ok: true,
    state: 'degraded',
    parts: [
      { name: 'database', state: 'ok' },
      { name: 'queues', state: 'slow' },
      { name: 'storage', state: 'ok' },
    ],
  });
  await w.runCron();
  await w.until('all is well again', async () => {
    await w.db.query(`delete from audit_checks where organization_id = 'org_broken'`);
    return ((await (await fetch(`${w.origin}/health`)).json()) as { state: string }).state === 'ok';
  });
});

test('letters are grouped by cause, replayed once however often it is asked for, and each leaves its trace', async () => {
  const other = await w.signUp();
  await bury('dlt_1', member.organizationId, 'attribute-all', {}, 'attribute-all|a');
  await bury('dlt_2', other.organizationId, 'attribute-all', {}, 'attribute-all|a');
  await bury('dlt_3', member.organizationId, 'gone-job', { n: 1 }, 'gone-job|b');
  const { groups } = contracts.listDeadLetters.response.parse((await call('/v1/staff/dead-letters')).json);
  expect(groups.find((group) => group.fingerprint === 'attribute-all|a')).toMatchObject({
    count: 2,
    organizations: 2,
    job: 'attribute-all',
  });
  expect(groups.find((group) => group.fingerprint === 'gone-job|b')?.newest.map((one) => one.id)).toEqual(['dlt_3']);

  const replay = (body: unknown) => call('/v1/staff/dead-letters/replay', body);
  expect((await replay({ fingerprint: 'attribute-all|a', dryRun: true })).json).toEqual({ count: 2, left: 2 });
  expect((await letter('dlt_1')).resolution).toBeNull();
  const answers = await Promise.all([1, 2, 3].map(() => replay({ fingerprint: 'attribute-all|a' })));
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
  expect(answers.reduce((sum, answer) => sum + (answer.json['count'] as number), 0)).toBe(2);
  for (const id of ['dlt_1', 'dlt_2']) expect(await letter(id)).toMatchObject({ resolution: 'replayed', resolved_by: staff.userId });
  const { rows } = await w.db.query(
    `select organization_id from outbox where job = 'attribute-all' and organization_id = any($1) and id <> 'obx_wait'`,
    [[member.organizationId, other.organizationId]],
  );
  expect(rows.length).toBe(2);
  expect(await audited(other.organizationId, 'dead_letter.replayed')).toEqual([{ actor: staff.userId, object: 'dlt_2' }]);

  // One that fails again is a new letter; the old one is not opened again.
  expect((await replay({ id: 'dlt_3' })).json).toEqual({ count: 1, left: 0 });
  await w.until('it fails again', async () => {
    const again = await w.db.query(`select id from dead_letters where job = 'gone-job' and resolved_at is null`);
    return again.rowCount === 1;
  });
  expect((await replay({})).status).toBe(422);
  expect((await replay({ all: true, id: 'dlt_3' })).status).toBe(422);
  // The one whose job is gone may lie there again already.
  expect((await replay({ all: true })).json['left']).toBeLessThanOrEqual(1);
});

test('a webhook body that only the queue could take goes back to storage and takes its effect', async () => {
  const body = JSON.stringify({ object: 'page', entry: [] });
  const message = {
    v: 1,
    job: 'ingest-webhook-meta',
    organizationId: '',
    input: { body: Buffer.from(body).toString('base64'), headers: {} },
  };
  const node = await nodeContext(w, 'system');
  const input = {
    sealed: await node.ports.keyRing.seal(
      { organizationId: 'system', table: 'dead_letters', column: 'input', row: 'dlt_body' },
      JSON.stringify(message.input),
    ),
  };
  await node.close();
  await bury('dlt_body', 'system', (message as JobMessage).job, input, 'ingest|body');
  expect((await call('/v1/staff/dead-letters/replay', { id: 'dlt_body' })).json).toEqual({ count: 1, left: 0 });
  const raw = await w.mf.getR2Bucket('RAW');
  await w.until('the body is kept and dealt with', async () => (await raw.list({ prefix: 'meta/replayed/' })).objects.length === 1);
  expect((await letter('dlt_body')).resolution).toBe('replayed');
});

test('a group is dismissed with a reason, by whom is written down, and it is gone from the list', async () => {
  await bury('dlt_9', member.organizationId, 'x', {}, 'x|harmless');
  expect((await call('/v1/staff/dead-letters/dismiss', { fingerprint: 'x|harmless', why: 'a test of ours' })).json).toEqual({ count: 1 });
  expect((await call('/v1/staff/dead-letters/dismiss', { fingerprint: 'x|harmless', why: 'a test of ours' })).json).toEqual({ count: 0 });
  expect(await letter('dlt_9')).toMatchObject({ resolution: 'harmless', resolved_why: 'a test of ours', resolved_by: staff.userId });
  expect(await audited(member.organizationId, 'dead_letters.dismissed')).toEqual([{ actor: staff.userId, object: 'x|harmless' }]);
});

test('staff keep a person out and let them in again: at once, with a reason in every log, and nobody else may', async () => {
  const person = await w.signUp();
  const second = await w.signUp();
  await w.db.query(`insert into memberships (organization_id, user_id, role) values ($1, $2, 'analyst')`, [
    second.organizationId,
    person.userId,
  ]);
  const why = 'The account was taken over';
  const signIn = () =>
    w.api.call(identity.signIn, { body: { email: person.email, password: 'correct horse battery' } }).then(
      () => 'in',
      (error: { problem: { code: string } }) => error.problem.code,
    );
  for (const token of [member.token, person.token])
    expect((await call('/v1/staff/people/disable', { email: second.email, why }, token)).status).toBe(404);

  const out = await call('/v1/staff/people/disable', { email: `  ${person.email.toUpperCase()} `, why });
  expect([out.status, out.json]).toEqual([200, { userId: person.userId, sessionsEnded: 1, organizations: 2 }]);
  expect((await person.fetch('/v1/me')).status).toBe(401);
  expect(await signIn()).not.toBe('in');
  expect((await call('/v1/staff/people/disable', { email: person.email, why })).json['code']).toBe('conflict');
  for (const organizationId of [person.organizationId, second.organizationId, 'none'])
    expect(await audited(organizationId, 'person.disable')).toContainEqual({ actor: staff.userId, object: person.userId });
  const { entries } = await second.api.call(audit.listAudit, { query: { action: 'person' } });
  expect(entries).toMatchObject([{ action: 'person.disable', detail: { why } }]);

  expect((await call('/v1/staff/people/enable', { email: person.email, why })).json).toEqual({ userId: person.userId, organizations: 2 });
  expect((await person.fetch('/v1/me')).status, 'what ended stays ended').toBe(401);
  expect(await signIn()).toBe('in');
  expect((await call('/v1/staff/people/enable', { email: person.email, why })).json['code']).toBe('conflict');
  expect((await call('/v1/staff/people/disable', { email: 'nobody@example.com', why })).status).toBe(404);
  const [own] = (await w.db.query('select email from users where id = $1', [staff.userId])).rows;
  expect((await call('/v1/staff/people/disable', { email: own.email, why })).json['code']).toBe('conflict');
});

test('dangerous answers ask staff for a fresh proof', async () => {
  await w.db.query(`update sessions set proven_at = now() - interval '1 hour' where id = $1`, [staff.sessionId]);
  for (const [path, body] of [
    ['/v1/staff/dead-letters/replay', { all: true }],
    ['/v1/staff/dead-letters/dismiss', { fingerprint: 'f', why: 'because' }],
    ['/v1/staff/keys/rewrap', {}],
    ['/v1/staff/people/disable', { email: 'x@example.com', why: 'because' }],
    ['/v1/staff/people/enable', { email: 'x@example.com', why: 'because' }],
  ] as const)
    expect((await call(path, body)).json['code']).toBe('proof_needed');
});
