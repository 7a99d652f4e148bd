import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as account from '#shared/contracts/account.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import { startWorker, type TestWorker } from '../../../testing/harness.ts';

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
const signIn = (email: string, password: string) => problemOf(w.api.call(identity.signIn, { body: { email, password } }));
const stranger = () => `stranger-${randomBytes(4).toString('hex')}@example.com`;
/** As if the wait were over, or the failures had happened. */
const letWait = (email: string) =>
  w.db.query(`update sign_in_failures set blocked_until = now() - interval '1 second' where email_key = $1`, [email]);
const failed = (email: string, times: number) =>
  w.db.query(
    `insert into sign_in_failures (email_key, failures) values ($1, $2) on conflict (email_key) do update set failures = $2, blocked_until = null`,
    [email, times],
  );
const noticesTo = async (userId: string) =>
  (await w.db.query(`select 1 from audit_log where action = 'identity.locked' and object = $1`, [userId])).rowCount;

test('five wrong passwords a minute are judged, then each costs twice the wait of the one before, up to an hour', async () => {
  const email = stranger();
  for (let i = 0; i < 5; i++) expect(await signIn(email, 'wrong')).toMatchObject({ code: 'not_signed_in' });
  const waits: number[] = [];
  for (let i = 0; i < 9; i++) {
    const problem = await signIn(email, 'wrong');
    expect(problem).toMatchObject({ status: 429, code: 'too_many' });
    const { rows } = await w.db.query(
      `select extract(epoch from blocked_until - updated_at)::int as wait from sign_in_failures where email_key = $1`,
      [email],
    );
    waits.push(rows[0].wait as number);
    await letWait(email);
    expect(await signIn(email, 'wrong')).toMatchObject({ code: 'not_signed_in' });
  }
  expect(waits).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
});

test('after a hundred in a row the password counts no more, for nobody and for somebody alike; the owner is told once and comes back by mail', async () => {
  const member = await w.signUp();
  const nobody = stranger();
  for (const email of [member.email, nobody]) {
    await failed(email, 99);
    expect(await signIn(email, 'the hundredth')).toMatchObject({ code: 'not_signed_in' });
    await letWait(email);
  }
  const [known, unknown] = [await signIn(member.email, PASSWORD), await signIn(nobody, PASSWORD)];
  expect(known).toMatchObject({ status: 429, code: 'too_many', detail: expect.stringContaining('link sent by mail') });
  expect({ ...known, requestId: '' }).toEqual({ ...unknown, requestId: '' });
  await w.until('the owner is told', async () => (await noticesTo(member.userId)) === 1);
  for (let i = 0; i < 3; i++) await signIn(member.email, 'again');
  expect(await noticesTo(member.userId)).toBe(1);
  expect(
    (await w.db.query(`select 1 from mails where user_id = $1 and template = 'security_notice'`, [member.userId])).rowCount,
    'notices by mail',
  ).toBe(1);

  await w.api.call(identity.sendMagicLink, { body: { email: member.email } });
  const token = await w.until('the link arrives', async () =>
    w.sandbox.mailbox.mails
      .filter((mail) => mail.to.includes(member.email))
      .map((mail) => mail.text?.match(/\/sign-in\/link#([\w-]+)/)?.[1])
      .find(Boolean),
  );
  await w.api.call(identity.useMagicLink, { body: { token } });
  expect(await signIn(member.email, PASSWORD)).toBeNull();
});

test('a right one breaks the row', async () => {
  const member = await w.signUp();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 4; i++) await signIn(member.email, 'wrong');
    expect(await signIn(member.email, PASSWORD)).toBeNull();
  }
});

test('a person without a password, a disabled one and nobody are answered alike', async () => {
  const [without, disabled] = [await w.signUp(), await w.signUp()];
  await w.db.query('update users set password_hash = null where id = $1', [without.userId]);
  await w.db.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
  const answers = await Promise.all([without.email, disabled.email, stranger()].map((email) => signIn(email, PASSWORD)));
  const [first] = answers.map((answer) => ({ ...answer, requestId: '' }));
  expect(first).toMatchObject({ status: 401 });
  for (const answer of answers) expect({ ...answer, requestId: '' }).toEqual(first);
});

test('guesses from an open session count with those at the door', async () => {
  const member = await w.signUp();
  const prove = (password: string) => problemOf(member.api.call(account.prove, { body: { password } }));
  for (let i = 0; i < 3; i++) await signIn(member.email, 'wrong');
  for (let i = 0; i < 2; i++) expect(await prove('wrong')).toMatchObject({ status: 422, fields: [{ path: 'password' }] });
  expect(await prove(PASSWORD)).toMatchObject({ code: 'too_many' });
  expect(await signIn(member.email, PASSWORD)).toMatchObject({ code: 'too_many' });
  await letWait(member.email);
  expect(await prove(PASSWORD)).toBeNull();
  expect(await signIn(member.email, PASSWORD)).toBeNull();
});
