import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/privacy.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

/** A Monday, 08:00 where the organization is (Casablanca: UTC+1). */
const MONDAY = '2026-11-23';
const EIGHT = new Date('2026-11-23T07:00:00Z');
const digests = (member: Member) =>
  w.sandbox.mailbox.mails.filter((mail) => mail.to.includes(member.email) && mail.headers['List-Unsubscribe']);
const sent = (member: Member) => w.until('the digest comes', async () => digests(member)[0]);
const rest = () =>
  w.until('work is done', async () => (await w.db.query('select 1 from outbox where published_at is null')).rows.length === 0);

test('on Monday at eight, where the organization is: once, in the language of the reader, unknown as "—"', async () => {
  const member = await w.signUp({ timezone: 'Africa/Casablanca', locale: 'fr' });
  const elsewhere = await w.signUp({ timezone: 'America/New_York' });
  const { accountId } = await connectMeta(w, member);
  await w.until(
    'the account was read',
    async () => (await w.db.query('select insights_synced_at as at from ad_accounts where id = $1', [accountId])).rows[0].at,
  );
  await rest();
  // Read a moment ago, as far as the cron is concerned.
  await w.db.query(
    `update ad_accounts set insights_from = '2026-11-01', insights_to = '2026-11-22', currency = 'EUR', insights_synced_at = '2027-01-01' where id = $1`,
    [accountId],
  );
  await w.db.query(`delete from ad_accounts where organization_id = $1 and id <> $2`, [member.organizationId, accountId]);
  const spend = (day: string, minor: number) =>
    w.db.query(
      `insert into ad_days (organization_id, account_id, ad_external_id, ad_set_external_id, campaign_external_id, day, spend_minor, impressions, clicks, synced_at) values ($1, $2, '1', '2', '3', $3, $4, 1, 1, now()) on conflict do nothing`,
      [member.organizationId, accountId, day, minor],
    );
  await w.db.query('delete from ad_days where account_id = $1', [accountId]);
  await spend('2026-11-15', 99_999);
  await spend('2026-11-16', 1_000);
  await spend('2026-11-22', 234);
  await w.runCron(new Date(EIGHT.getTime() - 15 * 60_000));
  await rest();
  expect(digests(member)).toEqual([]);
  await w.runCron(EIGHT);
  const mail = await sent(member);
  expect(mail.subject).toContain('Test organization : votre semaine');
  expect(mail.text?.replaceAll(/\s/g, ' ')).toContain('Dépenses publicitaires: 12,34 €');
  expect(mail.text).toContain('Chiffre d’affaires des publicités: —');
  await w.runCron(new Date(EIGHT.getTime() + 15 * 60_000));
  await rest();
  const { rows } = await w.db.query('select user_id, week::text as week from digests');
  expect(rows).toEqual([{ user_id: member.userId, week: MONDAY }]);
  expect(digests(member)).toHaveLength(1);
  expect(digests(elsewhere)).toEqual([]);

  // Ten messages at once for the next week are one mail.
  const message = {
    v: 1 as const,
    job: 'send-digest',
    organizationId: member.organizationId,
    input: { member: `${member.userId}/2026-11-30` },
  };
  const queue = await w.mf.getQueueProducer('JOB_QUEUE');
  await queue.sendBatch(Array.from({ length: 10 }, () => ({ body: message })));
  await w.until('the second week came', async () => digests(member).length === 2);

  // The address of the mail switches it off: a look changes nothing, a press does, a changed one does not.
  const link = new URL(/<(.*)>/.exec(mail.headers['List-Unsubscribe'] ?? '')?.[1] ?? '');
  const open = (query: string, method: string) =>
    fetch(`${w.origin}${link.pathname}${query}`, {
      method,
      ...(method === 'POST' ? { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) } : {}),
    });
  const weekly = async () => (await member.api.call(contracts.readDigest, {})).weekly;
  const looked = await open(link.search, 'GET');
  expect(looked.status).toBe(200);
  expect(await looked.text()).toMatch(/lang="fr".*Ne plus recevoir le résumé hebdomadaire/s);
  expect(await weekly()).toBe(true);
  expect((await open(link.search.replace(member.userId, elsewhere.userId), 'POST')).status).toBe(200);
  expect(await weekly()).toBe(true);
  expect(await (await open(link.search, 'POST')).text()).toContain('Il ne viendra plus.');
  expect(await weekly()).toBe(false);
  expect((await elsewhere.api.call(contracts.readDigest, {})).weekly).toBe(true);
  expect(await member.api.call(contracts.switchDigest, { body: { weekly: true } })).toEqual({ weekly: true });
  await member.api.call(contracts.switchDigest, { body: { weekly: false } });
  await w.runCron(new Date('2026-12-07T07:00:00Z'));
  await rest();
  expect(digests(member)).toHaveLength(2);
});
