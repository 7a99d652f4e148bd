import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as account from '#shared/contracts/account.ts';
import * as identity from '#shared/contracts/identity.ts';
import { createApiClient, type ApiError } from '#shared/api-client/create-api-client.ts';
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
/** The code of now, or so many steps from it. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
const wrongFor = (secret: string) =>
  Array.from({ length: 60 }, (_, i) => String(i).padStart(6, '0')).filter(
    (code) => ![-2, -1, 0, 1, 2].some((steps) => codeOf(secret, steps) === code),
  );
const notices = async (userId: string, what: string) =>
  (await w.db.query(`select 1 from audit_log where object = $1 and action = $2`, [userId, `identity.${what}`])).rowCount;
const mailsTo = async (userId: string) =>
  (await w.db.query(`select 1 from mails where user_id = $1 and template = 'security_notice'`, [userId])).rowCount;
/** Steps of the past minute may be used again: a test is faster than a clock. */
const forgetSteps = (userId: string) => w.db.query('delete from totp_uses where user_id = $1', [userId]);
const forgetGuesses = (userId: string) => w.db.query('delete from sign_in_failures where email_key = $1', [`${userId}|codes`]);

/** A code of the step before is refused for its age once its step is two behind: there have to be some seconds left. */
const insideStep = () => w.until('some seconds of this step are left', async () => Date.now() % 30_000 < 22_000, 15_000);

async function withSecondFactor(): Promise<Member & { secret: string; recoveryCodes: string[] }> {
  const member = await w.signUp();
  const { secret } = await member.api.call(account.startSecondFactor, {});
  const { recoveryCodes } = await member.api.call(account.confirmSecondFactor, { body: { code: codeOf(secret) } });
  await forgetSteps(member.userId);
  return { ...member, secret, recoveryCodes };
}
async function challengeOf(email: string): Promise<string> {
  const done = await w.api.call(identity.signIn, { body: { email, password: PASSWORD } });
  if (!('secondFactor' in done)) throw new Error('No second factor was asked for.');
  return done.secondFactor.challenge;
}
const finish = (challenge: string, code: string) => w.api.call(identity.secondFactor, { body: { challenge, code } });
const as = (token: string) =>
  createApiClient({
    origin: w.origin,
    fetch: (address, init) => fetch(address, init),
    authorize: async () => ({ authorization: `Bearer ${token}` }),
  });

test('a secret counts once a code confirms it; then a password alone opens nothing, and other sessions have ended', async () => {
  const member = await w.signUp();
  const other = (await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } })) as identity.Tokens;
  const { secret, uri } = await member.api.call(account.startSecondFactor, {});
  expect(new URL(uri)).toMatchObject({ protocol: 'otpauth:', host: 'totp' });
  expect(decodeURIComponent(uri)).toContain(`Inlay:${member.email}`);
  expect(new URL(uri).searchParams.get('secret')).toBe(secret);
  const row = async () => (await w.db.query('select totp_secret, totp_enabled_at from users where id = $1', [member.userId])).rows[0];
  expect((await row()).totp_secret).toMatch(/^v2\./);
  expect(JSON.stringify(await row())).not.toContain(secret);
  expect(await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } })).toHaveProperty('accessToken');

  const wrong = wrongFor(secret)[0] as string;
  expect(await problemOf(member.api.call(account.confirmSecondFactor, { body: { code: wrong } }))).toMatchObject({
    status: 422,
    fields: [{ path: 'code' }],
  });
  expect((await row()).totp_enabled_at).toBeNull();
  const before = await mailsTo(member.userId);
  const { recoveryCodes } = await member.api.call(account.confirmSecondFactor, { body: { code: codeOf(secret) } });
  expect(new Set(recoveryCodes).size).toBe(10);
  for (const code of recoveryCodes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){2}[0-9a-hjkmnp-tv-z]{5}$/);
  const { rows } = await w.db.query('select hash from recovery_codes where user_id = $1', [member.userId]);
  expect(rows).toHaveLength(10);
  for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=4096,t=1,p=1\$/);
  expect([await notices(member.userId, 'second_factor_on'), (await mailsTo(member.userId)) ?? 0]).toEqual([1, (before ?? 0) + 1]);
  expect((await member.fetch('/v1/me')).status).toBe(200);
  expect((await problemOf(as(other.accessToken).call(identity.getMe, {})))?.status).toBe(401);
  expect(await problemOf(member.api.call(account.startSecondFactor, {}))).toMatchObject({ status: 409 });

  const answer = await fetch(`${w.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: member.email, password: PASSWORD }),
  });
  expect(answer.headers.get('set-cookie')).toBeNull();
  const { secondFactor } = (await answer.json()) as { secondFactor: { challenge: string } };
  expect((await w.db.query('select 1 from sign_in_challenges where hash = $1', [secondFactor.challenge])).rowCount).toBe(0);
  // The code that confirmed is used up as any other.
  expect(await problemOf(finish(secondFactor.challenge, codeOf(secret)))).toMatchObject({ status: 422, fields: [{ path: 'code' }] });
  await forgetSteps(member.userId);
  const tokens = await finish(secondFactor.challenge, codeOf(secret));
  expect(tokens.me.user.id).toBe(member.userId);
  expect(await problemOf(finish(secondFactor.challenge, codeOf(secret, 1)))).toMatchObject({ status: 410, code: 'expired' });
});

test('a password that was judged before the second factor was on opens no session, and one judged before it changed no challenge', async () => {
  const signIns = (email: string) =>
    Promise.all(Array.from({ length: 5 }, () => problemOf(w.api.call(identity.signIn, { body: { email, password: PASSWORD } }))));
  for (let round = 0; round < 3; round += 1) {
    const member = await w.signUp();
    const { secret } = await member.api.call(account.startSecondFactor, {});
    const [{ recoveryCodes }] = await Promise.all([
      member.api.call(account.confirmSecondFactor, { body: { code: codeOf(secret) } }),
      signIns(member.email),
    ]);
    expect(recoveryCodes).toHaveLength(10);
    const { rows } = await w.db.query('select id from sessions where user_id = $1 and revoked_at is null', [member.userId]);
    expect(rows.length, 'sessions that stand').toBe(1);

    await Promise.all([member.api.call(account.changePassword, { body: { password: 'a wholly other sentence' } }), signIns(member.email)]);
    const open = await w.db.query('select 1 from sign_in_challenges where user_id = $1 and used_at is null', [member.userId]);
    expect(open.rowCount, 'challenges by the old password').toBe(0);
  }
});

test('a secret that another window began again is not confirmed by a code of the first, nor twice at once', async () => {
  const member = await w.signUp();
  const [first, second] = [await member.api.call(account.startSecondFactor, {}), await member.api.call(account.startSecondFactor, {})];
  const confirm = (code: string) => problemOf(member.api.call(account.confirmSecondFactor, { body: { code } }));
  expect(await confirm(codeOf(first.secret))).toMatchObject({ status: 422, fields: [{ path: 'code' }] });
  const answers = await Promise.all(Array.from({ length: 4 }, () => confirm(codeOf(second.secret))));
  expect(answers.map((answer) => answer?.status ?? 200).sort((a, b) => a - b)).toEqual([200, 409, 409, 409]);

  // Begun again between a code and what it switches on: the app of the one who confirmed holds another secret than we would.
  for (const wait of [15, 25, 35, 45]) {
    const racer = await w.signUp();
    const { secret } = await racer.api.call(account.startSecondFactor, {});
    const confirmed = problemOf(racer.api.call(account.confirmSecondFactor, { body: { code: codeOf(secret) } }));
    await new Promise((resolve) => setTimeout(resolve, wait));
    const begun = await problemOf(racer.api.call(account.startSecondFactor, {}));
    expect([(await confirmed)?.code, begun?.code].filter((code) => code === 'conflict')).toHaveLength(1);
  }
});

test(
  'one code, many times at once, by as many sign-ins, now and a step before and after: it succeeds once',
  { timeout: 90_000 },
  async () => {
    const member = await withSecondFactor();
    for (const steps of [-1, 0, 1]) {
      const challenges = [await challengeOf(member.email), await challengeOf(member.email)];
      await forgetGuesses(member.userId);
      await insideStep();
      const code = codeOf(member.secret, steps);
      const answers = await Promise.all(
        challenges.flatMap((one) => [problemOf(finish(one, code)), problemOf(finish(one, code)), problemOf(finish(one, code))]),
      );
      expect(answers.filter((answer) => answer === null).length, 'sign-ins by one code').toBe(1);
      for (const answer of answers) if (answer) expect([410, 422]).toContain(answer.status);
    }
    const { rows } = await w.db.query('select count(*)::int as n from totp_uses where user_id = $1', [member.userId]);
    expect(rows[0].n).toBe(3);
    for (const steps of [-3, 3])
      expect((await problemOf(finish(await challengeOf(member.email), codeOf(member.secret, steps))))?.status).toBe(422);
  },
);

test('of wrong codes sent all at once five are judged for a challenge, and then the right one finds it closed', async () => {
  const member = await withSecondFactor();
  const challenge = await challengeOf(member.email);
  const answers = await Promise.all(wrongFor(member.secret).map((code) => problemOf(finish(challenge, code))));
  const judged = answers.filter((answer) => answer?.status === 422);
  expect(judged.length, 'codes judged').toBe(5);
  expect(answers.filter((answer) => answer?.status === 410)).toHaveLength(answers.length - 5);
  expect(new Set(judged.map((answer) => answer?.detail.match(/(\d) tr(?:y|ies) left|last try/)?.[0]))).toEqual(
    new Set(['4 tries left', '3 tries left', '2 tries left', '1 try left', 'last try']),
  );
  expect((await problemOf(finish(challenge, codeOf(member.secret))))?.status).toBe(410);
});

test('new challenges are no way round: ten wrong codes in a row, then a wait, and after a hundred only a recovery code', async () => {
  const member = await withSecondFactor();
  const wrong = wrongFor(member.secret);
  for (let round = 0; round < 2; round++) {
    const challenge = await challengeOf(member.email);
    for (let i = 0; i < 5; i++) expect((await problemOf(finish(challenge, wrong[i] as string)))?.status).toBe(422);
  }
  const right = () => codeOf(member.secret);
  expect(await problemOf(finish(await challengeOf(member.email), right()))).toMatchObject({ status: 429, code: 'too_many' });
  await w.db.query(`update sign_in_failures set failures = 99, blocked_until = null where email_key = $1`, [`${member.userId}|codes`]);
  expect((await problemOf(finish(await challengeOf(member.email), wrong[0] as string)))?.status).toBe(422);
  await w.db.query(`update sign_in_failures set blocked_until = null where email_key = $1`, [`${member.userId}|codes`]);
  expect(await problemOf(finish(await challengeOf(member.email), right()))).toMatchObject({
    status: 429,
    detail: expect.stringContaining('recovery code'),
  });
  await w.until('the owner is told', async () => (await notices(member.userId, 'locked')) === 1);
  await finish(await challengeOf(member.email), member.recoveryCodes[0] as string);
  await finish(await challengeOf(member.email), right());
});

test('a recovery code signs in once, however it is typed and however often at once; its owner is told', async () => {
  const member = await withSecondFactor();
  const [code = '', second = ''] = member.recoveryCodes;
  const typed = ` ${code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')} `;
  const challenges = await Promise.all(Array.from({ length: 4 }, () => challengeOf(member.email)));
  const answers = await Promise.all(challenges.map((challenge) => problemOf(finish(challenge, typed))));
  expect(answers.filter((answer) => answer === null)).toHaveLength(1);
  for (const answer of answers) if (answer) expect(answer).toMatchObject({ status: 422, fields: [{ path: 'code' }] });
  expect(await notices(member.userId, 'recovery_code_used')).toBe(1);
  expect((await member.api.call(account.getAccount, {})).recoveryCodesLeft).toBe(9);
  expect((await problemOf(finish(await challengeOf(member.email), `${second.slice(0, -1)}!`)))?.status).toBe(422);

  const { recoveryCodes } = await member.api.call(account.newRecoveryCodes, {});
  expect(recoveryCodes).toHaveLength(10);
  expect((await problemOf(finish(await challengeOf(member.email), second)))?.status).toBe(422);
  await finish(await challengeOf(member.email), recoveryCodes[3] as string);
  expect(await notices(member.userId, 'recovery_codes_new')).toBe(1);
});

test('switched off: the password is enough again, its codes are gone, and an open challenge with it', async () => {
  const member = await withSecondFactor();
  const challenge = await challengeOf(member.email);
  await member.api.call(account.removeSecondFactor, {});
  expect((await problemOf(finish(challenge, codeOf(member.secret))))?.status).toBe(410);
  expect(await w.api.call(identity.signIn, { body: { email: member.email, password: PASSWORD } })).toHaveProperty('accessToken');
  expect((await w.db.query('select 1 from recovery_codes where user_id = $1', [member.userId])).rowCount).toBe(0);
  expect(await notices(member.userId, 'second_factor_off')).toBe(1);
  for (const again of [account.removeSecondFactor, account.newRecoveryCodes] as const)
    expect((await problemOf(member.api.call(again, {})))?.status).toBe(409);
});

test('a challenge signs in once, also by several right codes at the same moment', async () => {
  const member = await withSecondFactor();
  const challenge = await challengeOf(member.email);
  await insideStep();
  const codes = [codeOf(member.secret, -1), codeOf(member.secret), codeOf(member.secret, 1), member.recoveryCodes[0] as string];
  const answers = await Promise.all(codes.map((code) => problemOf(finish(challenge, code))));
  expect(
    answers.map((answer) => answer?.status ?? 200).sort((a, b) => a - b),
    'answers of one challenge',
  ).toEqual([200, 410, 410, 410]);
});

test('a challenge that is old, made up, or of somebody disabled since opens nothing', async () => {
  const member = await withSecondFactor();
  const challenge = await challengeOf(member.email);
  await w.db.query(`update sign_in_challenges set expires_at = now() where user_id = $1`, [member.userId]);
  expect((await problemOf(finish(challenge, codeOf(member.secret))))?.status).toBe(410);
  expect((await problemOf(finish(`itc_${'x'.repeat(43)}`, '123456')))?.status).toBe(410);
  const another = await challengeOf(member.email);
  await w.db.query('update users set disabled_at = now() where id = $1', [member.userId]);
  expect((await problemOf(finish(another, codeOf(member.secret))))?.status).toBe(410);
  expect(
    (
      await w.db.query(`select 1 from sessions where user_id = $1 and created_at > now() - interval '1 minute' and revoked_at is null`, [
        member.userId,
      ])
    ).rowCount,
  ).toBe(1);
});
