import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import { TEST_PASSWORD } from './ask-to-sign-up.ts';
import { startWorker, type TestWorker } from './harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w?.stop());

/** Every column of the rows a person has, without what differs between any two people. */
async function rowsOf(email: string): Promise<Record<string, unknown>> {
  const { rows } = await w.db.query(
    `select to_jsonb(u) - array['id', 'email', 'email_key', 'password_hash', 'created_at', 'updated_at'] as person,
       to_jsonb(m) - array['organization_id', 'user_id', 'created_at', 'updated_at', 'joined_at'] as membership,
       o.name, o.currency, o.timezone, o.locale, left(u.password_hash, 31) as cost,
       (select array_agg(a.action order by a.action) from audit_log a where a.organization_id = o.id) as audited
     from users u join memberships m on m.user_id = u.id join organizations o on o.id = m.organization_id where u.email = $1`,
    [email],
  );
  expect(rows).toHaveLength(1);
  return rows[0];
}

test('who is put before the confirmation is, once confirmed, what the whole form makes; and signs in with the password', async () => {
  const short = await w.signUp();
  const whole = await w.signUp({ password: TEST_PASSWORD });
  expect(await rowsOf(short.email)).toEqual(await rowsOf(whole.email));
  const session = await w.browser().call(identity.signIn, { body: { email: short.email, password: TEST_PASSWORD } });
  expect(session).toMatchObject({ me: { user: { id: short.userId } } });
  await expect(w.browser().call(identity.signIn, { body: { email: short.email, password: `${TEST_PASSWORD}!` } })).rejects.toThrow();
}, 60_000);
