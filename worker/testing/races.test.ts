import { afterAll, beforeAll, expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import { consentToMeta, finishConsent } from './connect-meta.ts';
import { startWorker, type TestWorker } from './harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const PASSWORD = 'correct horse battery';
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'taken',
    (error: unknown) => (error as ApiError).problem?.code ?? String(error),
  );
const count = (words: string[]) =>
  Object.fromEntries([...new Set(words)].toSorted().map((word) => [word, words.filter((one) => one === word).length]));

test(
  'twelve sign-ups with one address in many spellings, all their links used at once, make one account, and nothing is left of the others',
  { timeout: 90_000 },
  async () => {
    const spellings = ['one-mailbox@example.com', 'One-Mailbox@Example.com', ' one-mailbox@example.com ', 'ONE-MAILBOX@EXAMPLE.COM'];
    const before = Number((await w.db.query('select count(*) as n from organizations')).rows[0].n);
    const browser = w.browser();
    const ask = (i: number) =>
      codeOf(
        browser.call(identity.signUp, {
          body: { email: spellings[i % 4] as string, password: PASSWORD, name: 'P', organizationName: `O${i}` },
        }),
      );
    // The first gives the browser its cookie; all the others ask under it.
    const told = [await ask(0), ...(await Promise.all(Array.from({ length: 11 }, (_, i) => ask(i + 1))))];
    expect(count(told)).toEqual({ taken: 12 });
    // No mailbox gets more than five an hour; each of them is as good as another.
    const links = await w.until('five links', async () => {
      const found = w.sandbox.mailbox.mails
        .filter((mail) => mail.to.some((to) => to.trim().toLowerCase() === 'one-mailbox@example.com'))
        .flatMap((mail) => mail.text?.match(/#([\w-]+)/)?.[1] ?? []);
      return found.length === 5 && found;
    });
    const confirmed = await Promise.all(links.map((token) => codeOf(browser.call(identity.confirmSignUp, { body: { token } }))));
    expect(count(confirmed)).toEqual({ conflict: 4, taken: 1 });
    const {
      rows: [left],
    } = await w.db.query(
      `select (select count(*) from users where email_key = 'one-mailbox@example.com')::int as users, (select count(*) from organizations)::int as organizations, (select count(*) from organizations o where not exists (select from memberships m where m.organization_id = o.id))::int as empty`,
    );
    expect(left).toEqual({ users: 1, organizations: before + 1, empty: 0 });
  },
);

test('of guesses sent all at once five are judged, as of guesses sent one by one, and then the right one hears nothing either', async () => {
  const member = await w.signUp();
  const guess = (password: string) => codeOf(w.api.call(identity.signIn, { body: { email: member.email, password } }));
  const told = count(await Promise.all(Array.from({ length: 24 }, (_, i) => guess(`wrong ${i}`))));
  expect(told).toEqual({ not_signed_in: 5, too_many: 19 });
  expect(await guess(PASSWORD)).toBe('too_many');
  await w.db.query(`update sign_in_failures set blocked_until = now() - interval '1 second'`);
  expect(await guess(PASSWORD)).toBe('taken');
});

test('the way back from a consent page, followed eight times at once, connects once', async () => {
  const member = await w.signUp();
  const query = await consentToMeta(member);
  const ends = await Promise.all(
    Array.from({ length: 8 }, async () => (await finishConsent(w, query)).searchParams.get('connected') ?? 'not'),
  );
  expect(count(ends)).toEqual({ meta: 1, not: 7 });
  const {
    rows: [made],
  } = await w.db.query(
    `select (select count(*) from connections where organization_id = $1)::int as connections, (select count(*) from audit_log where organization_id = $1 and action = 'connection.connected')::int as notes`,
    [member.organizationId],
  );
  expect(made).toEqual({ connections: 1, notes: 1 });
});

test('three tabs that connect the same Meta person at once keep one row, and it works', async () => {
  const member = await w.signUp();
  const ways = await Promise.all([consentToMeta(member), consentToMeta(member), consentToMeta(member)]);
  const ends = await Promise.all(ways.map(async (way) => (await finishConsent(w, way)).searchParams.get('connected')));
  expect(ends).toEqual(['meta', 'meta', 'meta']);
  expect((await w.db.query(`select status from connections where organization_id = $1`, [member.organizationId])).rows).toEqual([
    { status: 'active' },
  ]);
});
