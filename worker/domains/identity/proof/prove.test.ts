import { Secret, TOTP } from 'otpauth';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import * as account from '#shared/contracts/account.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';

const PASSWORD = 'correct horse battery';
let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error as ApiError).problem,
  );
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
/** The last proof was given longer ago than it is good for. */
const age = (member: Member) =>
  w.db.query(`update sessions set proven_at = now() - interval '6 minutes' where user_id = $1`, [member.userId]);
/** A dangerous action: 403 without proof, 200 with it, and harmless to ask again. */
const danger = async (member: Member) => (await problemOf(member.api.call(account.startSecondFactor, {})))?.code ?? 'done';
const prove = (member: Member, body: { password: string } | { code: string }) => problemOf(member.api.call(account.prove, { body }));
/** In the order they came; a mail that a carrier was given twice counts once. */
const codesSentTo = (email: string) => [
  ...new Set(
    w.sandbox.mailbox.mails
      .filter((mail) => mail.to.includes(email) && !mail.text?.includes('#'))
      .flatMap((mail) => mail.text?.match(/(?<![\w.@/-])\d{6}(?![\w@/-])/)?.[0] ?? []),
  ),
];

test('what is dangerous asks for a proof younger than five minutes; the password gives it, in this session only', async () => {
  const member = await w.signUp();
  const other = (await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } })) as identity.Tokens;
  await age(member);
  expect(await danger(member)).toBe('proof_needed');
  expect(await prove(member, { password: 'wrong' })).toMatchObject({ status: 422, fields: [{ path: 'password' }] });
  expect(await danger(member)).toBe('proof_needed');
  const { provenUntil } = await member.api.call(account.prove, { body: { password: PASSWORD } });
  expect(Math.abs(Date.parse(provenUntil) - Date.now() - 5 * 60_000)).toBeLessThan(10_000);
  expect(await danger(member)).toBe('done');
  const elsewhere = await fetch(`${w.origin}/v1/account/second-factor/start`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other.accessToken}` },
  });
  expect(elsewhere.status).toBe(403);
  expect(await prove(member, { code: '123456' })).toMatchObject({ status: 422, fields: [{ path: 'code' }] });
  await w.db.query('update sessions set revoked_at = now() where user_id = $1', [member.userId]);
  expect((await prove(member, { password: PASSWORD }))?.status).toBe(401);
});

test('a dangerous call under way when its session is ended changes nothing any more', async () => {
  const member = await w.signUp();
  const other = (await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } })) as identity.Tokens;
  const before = (await w.db.query('select password_hash from users where id = $1', [member.userId])).rows[0];
  const { name } = (await w.db.query('select current_database() as name')).rows[0];
  await w.db.query('begin');
  await w.db.query('select 1 from users where id = $1 for update', [member.userId]);
  const change = fetch(`${w.origin}/v1/account/password`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ password: 'a wholly other sentence' }),
  });
  // It was let in, and now waits for the row of its person.
  const watch = new pg.Client({ connectionString: inject('postgresUrl') });
  await watch.connect();
  await w.until('the call waits', async () => {
    const { rows } = await watch.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = $1`, [name]);
    return rows.length > 0;
  });
  await watch.end();
  await w.db.query(
    `update sessions set revoked_at = now() where user_id = $1 and created_at = (select max(created_at) from sessions where user_id = $1)`,
    [member.userId],
  );
  await w.db.query('commit');
  expect((await change).status).toBe(401);
  expect((await w.db.query('select password_hash from users where id = $1', [member.userId])).rows[0]).toEqual(before);
  expect((await member.fetch('/v1/me')).status).toBe(200);
});

async function withSecondFactor(): Promise<{ member: Member; secret: string; recoveryCodes: string[] }> {
  const member = await w.signUp();
  const { secret } = await member.api.call(account.startSecondFactor, {});
  const { recoveryCodes } = await member.api.call(account.confirmSecondFactor, { body: { code: codeOf(secret, 1) } });
  // The clock may reach the step that was used up.
  await w.db.query('delete from totp_uses where user_id = $1', [member.userId]);
  return { member, secret, recoveryCodes };
}

test('who has a second factor proves with a code of it: the password does not, nor a mail, and it is not switched off without', async () => {
  const { member, secret } = await withSecondFactor();
  const remove = () => problemOf(member.api.call(account.removeSecondFactor, {}));
  await age(member);
  const byCode = { status: 409, code: 'conflict', reason: 'proof_by_code' };
  // Right or wrong, a password is answered alike, and not judged: it is no place to guess at it.
  for (const password of [PASSWORD, 'wrong', ...Array.from({ length: 6 }, () => 'wrong')])
    expect(await prove(member, { password })).toMatchObject(byCode);
  expect(await problemOf(member.api.call(account.sendProof, {}))).toMatchObject(byCode);
  expect((await w.db.query(`select 1 from mails where user_id = $1 and template = 'proof_code'`, [member.userId])).rowCount).toBe(0);
  expect((await remove())?.code).toBe('proof_needed');
  expect(await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } })).toHaveProperty('secondFactor');
  expect(await prove(member, { code: codeOf(secret) })).toBeNull();
  expect(await remove()).toBeNull();
  await age(member);
  expect(await prove(member, { password: PASSWORD })).toBeNull();
});

test('a code that was mailed before the second factor was on proves nothing after', async () => {
  const member = await w.signUp();
  await w.db.query('update users set password_hash = null where id = $1', [member.userId]);
  await member.api.call(account.sendProof, {});
  const mailed = await w.until('the code arrives', async () => codesSentTo(member.email)[0]);
  const { secret } = await member.api.call(account.startSecondFactor, {});
  await member.api.call(account.confirmSecondFactor, { body: { code: codeOf(secret, 1) } });
  await age(member);
  expect(await prove(member, { code: mailed })).toMatchObject({ status: 422, fields: [{ path: 'code' }] });
  expect(await danger(member)).toBe('proof_needed');
});

test('a password that was judged before the second factor was on proves nothing after', async () => {
  const member = await w.signUp();
  await age(member);
  const { name } = (await w.db.query('select current_database() as name')).rows[0];
  await w.db.query('begin');
  await w.db.query('update users set totp_enabled_at = now() where id = $1', [member.userId]);
  const proving = prove(member, { password: PASSWORD });
  const watch = new pg.Client({ connectionString: inject('postgresUrl') });
  await watch.connect();
  await w.until('the proof waits', async () => {
    const { rows } = await watch.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = $1`, [name]);
    return rows.length > 0;
  });
  await watch.end();
  await w.db.query('commit');
  expect(await proving).toMatchObject({ reason: 'proof_by_code' });
  await w.db.query('update users set totp_enabled_at = null where id = $1', [member.userId]);
  expect(await danger(member)).toBe('proof_needed');
});

test('wrong codes of an open session count with those at the door, and the other way round', async () => {
  const { member, secret, recoveryCodes } = await withSecondFactor();
  const wrong = Array.from({ length: 20 }, (_, i) => String(i).padStart(6, '0')).filter(
    (code) => ![-2, -1, 0, 1, 2].some((steps) => codeOf(secret, steps) === code),
  );
  const challenge = async () => {
    const done = await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } });
    if (!('secondFactor' in done)) throw new Error('No second factor was asked for.');
    return done.secondFactor.challenge;
  };
  const finish = async (code: string, open: string) => problemOf(w.api.call(identity.secondFactor, { body: { challenge: open, code } }));
  const first = await challenge();
  for (const code of wrong.slice(0, 5)) expect((await finish(code, first))?.status).toBe(422);
  for (const code of wrong.slice(5, 10)) expect((await prove(member, { code }))?.status).toBe(422);
  expect(await prove(member, { code: codeOf(secret) })).toMatchObject({ status: 429, code: 'too_many' });
  expect(await finish(codeOf(secret), await challenge())).toMatchObject({ status: 429, code: 'too_many' });
  expect(await prove(member, { code: recoveryCodes[0] as string })).toBeNull();
  expect(await prove(member, { code: codeOf(secret) })).toBeNull();
});

test('a code of the second factor proves once, a recovery code too; neither proves twice', async () => {
  const { member, secret, recoveryCodes } = await withSecondFactor();
  const code = codeOf(secret);
  const answers = await Promise.all(Array.from({ length: 4 }, () => prove(member, { code })));
  expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  await age(member);
  const recovery = recoveryCodes[0] as string;
  expect(await prove(member, { code: recovery })).toBeNull();
  expect(await prove(member, { code: recovery })).toMatchObject({ status: 422, fields: [{ path: 'code' }] });
  expect((await member.api.call(account.getAccount, {})).recoveryCodesLeft).toBe(9);
});

test(
  'who has neither password nor second factor proves by a code sent by mail: five tries, one use, this session',
  { timeout: 60_000 },
  async () => {
    const member = await w.signUp();
    const other = (await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } })) as identity.Tokens;
    expect(await problemOf(member.api.call(account.sendProof, {}))).toMatchObject({ status: 409 });
    await w.db.query('update users set password_hash = null where id = $1', [member.userId]);
    await age(member);
    expect(await prove(member, { password: PASSWORD })).toMatchObject({ status: 422, fields: [{ path: 'password' }] });
    expect(await prove(member, { code: '123456' })).toMatchObject({ status: 422, fields: [{ path: 'code' }] });

    const send = async (nth: number) => {
      await member.api.call(account.sendProof, {});
      return w.until('the code arrives', async () => codesSentTo(member.email)[nth - 1]);
    };
    const first = await send(1);
    const { rows } = await w.db.query(`select * from one_time_tokens where user_id = $1 and purpose = 'proof_code'`, [member.userId]);
    expect(JSON.stringify(rows)).not.toContain(first);
    const second = await send(2);
    if (first !== second) expect((await prove(member, { code: first }))?.status).toBe(422);
    expect((await prove(member, { code: second }))?.detail ?? 'proven').toBe('proven');
    expect((await prove(member, { code: second }))?.status).toBe(422);

    // Five tries, sent all at once, and the right one comes too late.
    const third = await send(3);
    await w.db.query('delete from sign_in_failures');
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => prove(member, { code: String((Number(third) + 1 + i) % 1_000_000).padStart(6, '0') })),
    );
    expect((await w.db.query(`select tries from one_time_tokens where user_id = $1 and used_at is null`, [member.userId])).rows).toEqual([
      { tries: 5 },
    ]);
    expect((await prove(member, { code: third }))?.status).toBe(422);

    // In another session it proves nothing.
    await w.db.query('delete from sign_in_failures');
    const fourth = await send(4);
    const elsewhere = await fetch(`${w.origin}/v1/account/prove`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ code: fourth }),
    });
    expect(elsewhere.status).toBe(422);

    // Nor when it is too old.
    await age(member);
    await w.db.query(`update one_time_tokens set expires_at = now() - interval '1 second' where user_id = $1`, [member.userId]);
    expect((await prove(member, { code: fourth }))?.status).toBe(422);
    expect(await danger(member)).toBe('proof_needed');
    await send(5);
    expect(await problemOf(member.api.call(account.sendProof, {}))).toMatchObject({ status: 429, code: 'too_many' });
  },
);
