import { afterAll, beforeAll, expect, test } from 'vitest';
import * as accounts from '#shared/contracts/connections.ts';
import { connectMeta } from './connect-meta.ts';
import { startWorker, type Member, type TestWorker } from './harness.ts';

let w: TestWorker;
let member: Member;
let accountId: string;
beforeAll(async () => {
  w = await startWorker({ demo: true });
  member = await w.signUp();
  ({ accountId } = await connectMeta(w, member));
});
afterAll(() => w.stop());

const AD = '120300000000001';
/** Platforms cut names in the middle of an emoji; half of one is in their JSON and in no database. */
const CUT = 'Summer sale \ud83d';

test('an ad whose name was cut in the middle of an emoji does not stop its account from being read', async () => {
  const { access_token: token } = (await (
    await fetch(`${w.sandbox.url}/_sandbox/meta/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  ).json()) as { access_token: string };
  const renamed = await fetch(`${w.sandbox.url}/graph.facebook.com/v26.0/${AD}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: CUT }),
  });
  expect(renamed.status).toBe(200);
  await member.api.call(accounts.syncAdAccount, { params: { id: accountId } });
  const name = await w.until(
    'the new name',
    async () =>
      (
        await w.db.query<{ name: string }>(
          `select name from ad_entities where organization_id = $1 and external_id = $2 and name like 'Summer%'`,
          [member.organizationId, AD],
        )
      ).rows[0]?.name,
    15_000,
  );
  expect(name).toBe('Summer sale \ufffd');
});

test('a lead whose answers hold such characters is kept', async () => {
  const id = w.sandbox.meta.addLead({
    formId: '108000000000001',
    adId: AD,
    fields: { email: 'lead-18@example.com', full_name: `Lead \0eighteen ${CUT}` },
  });
  const lead = await w.until(
    'the lead',
    async () =>
      (await w.db.query('select id from leads where organization_id = $1 and source_lead_id = $2', [member.organizationId, id])).rows[0],
    15_000,
  );
  expect(lead).toBeDefined();
  expect(w.sandbox.log.violations).toEqual([]);
});
