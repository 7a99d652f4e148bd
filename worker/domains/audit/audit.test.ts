import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { nodeContext } from '../../testing/node-context.ts';
import { auditSealState } from './index.ts';
import { sealAudit } from './seal-audit.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const HOUR = 3_600_000;
const nextHour = () => new Date(Math.ceil((Date.now() + 5 * 60_000) / HOUR) * HOUR);
const sealsOf = async ({ organizationId }: Member) =>
  (await w.db.query('select n, rows, hash from audit_seals where organization_id = $1 order by n', [organizationId])).rows;
async function withState<T>(member: Member, look: (state: Awaited<ReturnType<typeof auditSealState>>) => T): Promise<T> {
  const ctx = await nodeContext(w, member.organizationId);
  try {
    return look(await auditSealState(ctx));
  } finally {
    await ctx.close();
  }
}
const isIntact = (member: Member) => withState(member, (state) => state.isIntact);

/** A member whose log has two seals of three rows, of a month ago. */
async function sealedMember(): Promise<Member> {
  const member = await w.signUp();
  const add = (id: string, days: number) =>
    w.db.query(
      `insert into audit_log (id, organization_id, actor, action, detail, at) values ($1, $2, 'usr_1', 'thing.done', '{"n":1}', now() - make_interval(days => $3))`,
      [`aud_${member.organizationId}_${id}`, member.organizationId, days],
    );
  await add('a', 30);
  await add('b', 29);
  await add('c', 28);
  const ctx = await nodeContext(w, member.organizationId);
  await sealAudit(ctx, new Date(Date.now() - 28.5 * 86_400_000));
  await sealAudit(ctx, new Date(Date.now() - 20 * 86_400_000));
  await ctx.close();
  expect((await sealsOf(member)).map((seal) => [seal.n, Number(seal.rows)])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(await isIntact(member)).toBe(true);
  return member;
}

test('cron seals what has been committed for two minutes, each row once, and nothing that is still being written', async () => {
  const member = await w.signUp();
  await w.runCron(new Date(Math.floor(Date.now() / HOUR) * HOUR - HOUR));
  expect(await sealsOf(member)).toEqual([]);
  expect(await withState(member, (state) => state)).toEqual({ sealedUntil: null, isIntact: true });
  const at = nextHour();
  await w.runCron(at);
  await w.until('the seal', async () => (await sealsOf(member)).length === 1);
  await w.runCron(at);
  const { rows } = await w.db.query('select count(*)::int as n from audit_log where organization_id = $1', [member.organizationId]);
  expect((await sealsOf(member)).map((seal) => Number(seal.rows))).toEqual([rows[0].n]);
  expect(await withState(member, (state) => state)).toEqual({ sealedUntil: new Date(at.getTime() - 120_000), isIntact: true });
});

test('two who seal at once write one seal', async () => {
  const member = await sealedMember();
  const contexts = await Promise.all(Array.from({ length: 4 }, () => nodeContext(w, member.organizationId)));
  await w.db.query(
    `insert into audit_log (id, organization_id, actor, action, at) values ($1, $2, 'usr_1', 'x', now() - interval '10 days')`,
    [`aud_${member.organizationId}_race`, member.organizationId],
  );
  await Promise.all(contexts.map((ctx) => sealAudit(ctx, new Date(Date.now() - 9 * 86_400_000))));
  await Promise.all(contexts.map((ctx) => ctx.close()));
  expect((await sealsOf(member)).length).toBe(3);
  expect(await isIntact(member)).toBe(true);
});

test.each([
  ['a word of a row is changed', `update audit_log set actor = 'usr_2' where id = 'aud_' || $1 || '_a'`],
  ['a detail is changed', `update audit_log set detail = '{"n":2}' where id = 'aud_' || $1 || '_b'`],
  ['a row is taken away', `delete from audit_log where id = 'aud_' || $1 || '_c'`],
  [
    'a row is slipped in',
    `insert into audit_log (id, organization_id, actor, action, at) values ('aud_' || $1 || '_x', $1, 'usr_2', 'x', now() - interval '29 days 1 hour')`,
  ],
  ['a row is moved in time', `update audit_log set at = at + interval '1 minute' where id = 'aud_' || $1 || '_a'`],
  ['a seal is rewritten', `update audit_seals set hash = repeat('0', 64) where organization_id = $1 and n = 1`],
  ['a seal in the middle is taken away', `delete from audit_seals where organization_id = $1 and n = 1`],
])('%s by somebody whom no wall stops: no longer intact', async (_what, change) => {
  const member = await sealedMember();
  const other = await sealedMember();
  await w.db.query(change, [member.organizationId]);
  expect(await isIntact(member)).toBe(false);
  expect(await isIntact(other)).toBe(true);
});

test('the hourly look tells: a log that no longer fits is flagged, also when its seals were made anew to fit it', async () => {
  const member = await sealedMember();
  const flag = async () =>
    (await w.db.query('select is_intact from audit_checks where organization_id = $1', [member.organizationId])).rows[0]?.is_intact;
  await w.runCron(new Date(Math.floor(Date.now() / HOUR) * HOUR));
  await w.until('the first look', async () => (await flag()) === true);
  await w.until(
    'the newest seal is noted outside',
    async () => (await (await w.mf.getR2Bucket('RAW')).head(`audit-heads/${member.organizationId}`)) !== null,
  );
  await w.db.query(`update audit_log set actor = 'usr_2' where id = 'aud_' || $1 || '_a'`, [member.organizationId]);
  await w.db.query('delete from audit_seals where organization_id = $1', [member.organizationId]);
  const ctx = await nodeContext(w, member.organizationId);
  await sealAudit(ctx, new Date(Date.now() - 28.5 * 86_400_000));
  await sealAudit(ctx, new Date(Date.now() - 20 * 86_400_000));
  await ctx.close();
  expect(await isIntact(member)).toBe(true);
  await w.runCron(new Date(Math.floor(Date.now() / HOUR) * HOUR));
  await w.until('the flag', async () => (await flag()) === false);
});
