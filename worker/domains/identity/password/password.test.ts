import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import { startWorker, type TestWorker } from '../../../testing/harness.ts';
import { weaknessOf } from './weakness-of.ts';

let w: TestWorker;
const said: string[] = [];
beforeAll(async () => {
  w = await startWorker({ onOutput: (text) => said.push(text) });
});
afterAll(() => w.stop());

const post = (path: string, body: unknown) =>
  fetch(w.origin + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
let n = 0;
const signUp = (password: string, email = `chooser-${++n}@example.com`) =>
  post('/v1/auth/sign-up', { email, password, name: 'Some Person', organizationName: 'O' });
const refusal = async (response: Response) => {
  const problem = (await response.json()) as { fields?: { path: string; message: string }[] };
  return { status: response.status, field: problem.fields?.[0]?.path, says: problem.fields?.[0]?.message };
};
const about = { email: 'accountholder.surname@example.com', name: 'Accountholder Surname' };

test('what a guesser tries first is refused, each with its reason; long and unusual ones are taken whatever their signs', () => {
  const reasons: [RegExp, string[]][] = [
    [/at least 8/, ['', 'short', 'ﬁﬁﬁ']],
    [/most people use/, ['password', 'PassWord', 'Password1!', 'sunshine2024', 'trustno1', 'iloveyou']],
    [/repeats/, ['zzzzzzzz', 'xyz!xyz!xyz!', 'qpqpqpqpq', '        ']],
    [/row of/, ['23456789', '98765432', 'abcdefghi', 'hgfedcba', 'lkjhgfdsa', 'azertyuiopaz']],
    [/little more than/, ['accountholder', 'surname99', 'Accountholder.Surname', 'Inlay2026!', 'inlayinlay!', 'surname-inlay']],
    [/1,024 bytes/, ['ﷺ'.repeat(200)]],
  ];
  for (const [reason, passwords] of reasons)
    for (const password of passwords) expect(weaknessOf(password, about)?.message, password).toMatch(reason);
  for (const password of [
    'correct horse battery',
    'inlay on this machine',
    'کتابخانه‌ی بزرگ',
    'x9!k2#p4',
    '👩‍🚀🛰️🌌🪐☄️',
    'v'.repeat(3) + 'ery different signs',
    'a'.repeat(40) + 'b',
  ])
    expect(weaknessOf(password, about), password).toBeNull();
});

test('a password that stands in leaks is refused with its reason, and nothing is written', async () => {
  const leaked = 'tangerine-umbrella-41';
  expect((await signUp(leaked)).status).toBe(202);
  w.sandbox.leakedPasswords.leak(leaked);
  const email = 'leaked@example.com';
  expect(await refusal(await signUp(leaked, email))).toEqual({
    status: 422,
    field: 'password',
    says: expect.stringContaining('leaked passwords'),
  });
  expect(w.sandbox.mailbox.mails.filter((mail) => mail.to.includes(email))).toEqual([]);
  expect((await w.db.query(`select 1 from one_time_tokens where purpose = 'sign_up'`)).rowCount).toBe(1);
});

test('five hex digits leave, not more; a list that cannot be reached stops nobody, and the log says so', async () => {
  const asked = w.sandbox.log.requests.filter((request) => request.vendor === 'leaked-passwords');
  expect(asked.length).toBeGreaterThan(0);
  for (const { route } of asked) expect(route).toMatch(/^api\.pwnedpasswords\.com\/range\/([0-9A-F]{5}|[0-9A-F]*\{id\}[0-9A-F]*)$/);
  w.sandbox.leakedPasswords.setOpen(false);
  try {
    expect((await signUp('tangerine-umbrella-42')).status).toBe(202);
    await w.until('the log says it', async () => said.join('').includes('password.leaks_not_asked'));
    expect(said.join('')).not.toContain('tangerine');
  } finally {
    w.sandbox.leakedPasswords.setOpen(true);
  }
});

test('10 kB of password is refused before anything is hashed or asked, to sign up, in and with a link', async () => {
  const password = 'x9!'.repeat(3_400);
  const asked = () => w.sandbox.log.requests.filter((request) => request.vendor === 'leaked-passwords').length;
  const before = asked();
  const failures = async () => (await w.db.query('select count(*)::int as n from sign_in_failures')).rows[0].n as number;
  const counted = await failures();
  for (const [path, body] of [
    ['/v1/auth/sign-up', { email: 'a@example.com', password, name: 'N', organizationName: 'O' }],
    ['/v1/auth/sign-in', { email: 'a@example.com', password }],
    ['/v1/auth/password-reset/use', { token: 't'.repeat(40), password }],
  ] as const)
    expect(await refusal(await post(path, body))).toMatchObject({ status: 422, field: 'password' });
  expect(await failures()).toBe(counted);
  expect(asked()).toBe(before);
});

test('one password however its signs were composed', async () => {
  const email = 'composed@example.com';
  const typed = 'cafe\u0301 noir du matin';
  await w.signUp({ email, password: typed });
  const { me } = (await w.api.call(identity.signIn, { body: { email, password: typed.normalize('NFC') } })) as identity.Tokens;
  expect(me.user.email).toBe(email);
});

test('while many sign in at once a plain read comes in between', async () => {
  const member = await w.signUp();
  let isOver = false;
  const all = Promise.all(
    Array.from({ length: 25 }, (_, i) => post('/v1/auth/sign-in', { email: `storm-${i}@example.com`, password: 'wrong' })),
  ).finally(() => {
    isOver = true;
  });
  expect((await member.fetch('/v1/me')).status).toBe(200);
  expect(isOver, 'the read waited for every sign-in').toBe(false);
  for (const answer of await all) expect(answer.status).toBe(401);
});
