import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/connections.ts';
import { connectMeta, consentToMeta, finishConsent } from '../../testing/connect-meta.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { problemOf } from '../../testing/person-api.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const connectionOf = async (member: Member) =>
  (await w.db.query('select * from connections where organization_id = $1', [member.organizationId])).rows[0];

test('connecting brings accounts and pages; tokens lie sealed', async () => {
  const member = await w.signUp();
  const { connectionId } = await connectMeta(w, member);
  const { connections } = await member.api.call(contracts.listConnections, {});
  expect(connections).toMatchObject([
    { id: connectionId, provider: 'meta', externalId: '109000000000001', displayName: 'Sandbox user', status: 'active', lastError: null },
  ]);
  expect(connections[0]?.daysLeft).toBeGreaterThanOrEqual(58);
  const { adAccounts } = await member.api.call(contracts.listAdAccounts, {});
  expect(adAccounts).toMatchObject([
    {
      externalId: '1000000001',
      name: 'Inlay demo',
      currency: 'EUR',
      timezone: 'Europe/Paris',
      connectionStatus: 'active',
      insightsError: null,
    },
    { externalId: '1000000002', currency: 'USD', timezone: 'America/New_York' },
  ]);
  const account = adAccounts[0];
  if (!account) throw new Error('no account');
  expect((await member.api.call(contracts.listPages, { params: { id: account.id } })).pages).toEqual([
    { id: '107000000000001', name: 'Inlay demo page' },
  ]);
  const row = await connectionOf(member);
  const {
    rows: [page],
  } = await w.db.query('select access_token from pages where organization_id = $1', [member.organizationId]);
  for (const sealed of [row.access_token, page.access_token]) expect(sealed).toMatch(/^v2\./);
  // 80 % of its life.
  expect((row.refresh_at.getTime() - row.issued_at.getTime()) / (row.expires_at.getTime() - row.issued_at.getTime())).toBeCloseTo(0.8, 6);
});

test('a state works once, for its provider, and not after its session has ended', async () => {
  const member = await w.signUp();
  const query = await consentToMeta(member);
  expect((await finishConsent(w, query, 'hubspot')).searchParams.get('connect_error')).toBe('state');
  expect((await finishConsent(w, query)).searchParams.get('connected')).toBe('meta');
  expect((await finishConsent(w, query)).searchParams.get('connect_error')).toBe('state');
  expect((await finishConsent(w, new URLSearchParams({ code: 'x', state: 'org_x.y' }))).searchParams.get('connect_error')).toBe('state');

  const late = await consentToMeta(member);
  await w.db.query('update sessions set revoked_at = now() where user_id = $1', [member.userId]);
  expect((await finishConsent(w, late)).searchParams.get('connect_error')).toBe('session_ended');
});

test('a person who was disabled, taken out or lowered on the way back connects nothing', async () => {
  const changes = [
    `update users set disabled_at = now() where id = $1`,
    `delete from memberships where user_id = $1`,
    `update memberships set role = 'analyst' where user_id = $1`,
  ];
  for (const change of changes) {
    const member = await w.signUp();
    const query = await consentToMeta(member);
    await w.db.query(change, [member.userId]);
    expect((await finishConsent(w, query)).searchParams.get('connect_error'), change).toBe('session_ended');
    expect(await connectionOf(member)).toBeUndefined();
  }
});

test('a consent link followed in another browser connects nothing: neither without our cookie nor with another one', async () => {
  const attacker = await w.signUp();
  const victim = await w.signUp();
  const link = await consentToMeta(attacker);
  const own = link.cookie;
  link.cookie = '';
  expect((await finishConsent(w, link)).searchParams.get('connect_error')).toBe('state');
  link.cookie = (await consentToMeta(victim)).cookie;
  expect((await finishConsent(w, link)).searchParams.get('connect_error')).toBe('state');
  expect((await w.db.query('select 1 from connections where organization_id = $1', [attacker.organizationId])).rowCount).toBe(0);
  // Where it began it still works: nothing was used up.
  link.cookie = own;
  expect((await finishConsent(w, link)).searchParams.get('connected')).toBe('meta');
});

test('an expired state, a refusal by the person, and a state of another organization connect nothing', async () => {
  const [a, b] = [await w.signUp(), await w.signUp()];
  const expired = await consentToMeta(a);
  await w.db.query(`update oauth_states set expires_at = now() - interval '1 second' where organization_id = $1`, [a.organizationId]);
  expect((await finishConsent(w, expired)).searchParams.get('connect_error')).toBe('state');
  expect((await finishConsent(w, await consentToMeta(a, 'decision=cancel'))).searchParams.get('connect_error')).toBe('denied');
  const swapped = await consentToMeta(a);
  swapped.set('state', `${b.organizationId}.${(swapped.get('state') as string).split('.')[1]}`);
  expect((await finishConsent(w, swapped)).searchParams.get('connect_error')).toBe('state');
  expect(await connectionOf(a)).toBeUndefined();
  expect(await connectionOf(b)).toBeUndefined();
});

test('the way back stays in the app', async () => {
  const member = await w.signUp();
  for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'connections']) {
    expect(await problemOf(member.api.call(contracts.startConnection, { params: { provider: 'meta' }, body: { returnTo } }))).toMatchObject(
      { status: 422, code: 'invalid_input' },
    );
  }
});

test('cron renews at 80 % of the life; of concurrent renewals one reaches the platform', async () => {
  const member = await w.signUp();
  await connectMeta(w, member);
  const before = await connectionOf(member);
  const exchanges = () =>
    [...w.sandbox.log.counts].filter(([route]) => route.includes('oauth/access_token')).reduce((sum, [, n]) => sum + n, 0);
  const callsBefore = exchanges();
  await w.db.query(`update connections set refresh_at = now() - interval '1 second' where id = $1`, [before.id]);
  await Promise.all([w.runCron(), w.runCron(), w.runCron()]);
  const after = await w.until('the token is renewed', async () => {
    const row = await connectionOf(member);
    return row.access_token !== before.access_token && row;
  });
  expect(after).toMatchObject({ id: before.id, status: 'active' });
  expect(after.refresh_at.getTime()).toBeGreaterThan(Date.now());
  expect(exchanges() - callsBefore).toBe(1);
});

test('a token the platform refuses is expired and says so; reconnecting keeps the row, the accounts and their history', async () => {
  const member = await w.signUp();
  const { connectionId, accountId } = await connectMeta(w, member);
  w.sandbox.meta.expireTokens();
  await member.api.call(contracts.syncAdAccount, { params: { id: accountId } });
  await w.until('the connection is expired', async () => (await connectionOf(member)).status === 'expired');
  // The connection is marked first, then the account's page is told why its figures are old.
  const told = await w.until('the account says why', async () => {
    const { adAccounts } = await member.api.call(contracts.listAdAccounts, {});
    const account = adAccounts.find((one) => one.id === accountId);
    return (account?.insightsError ?? null) !== null && account;
  });
  expect(told).toMatchObject({ connectionStatus: 'expired', insightsError: expect.stringContaining('Reconnect') });

  const again = await connectMeta(w, member);
  expect(again).toEqual({ connectionId, accountId });
  expect((await connectionOf(member)).status).toBe('active');
  expect(
    (
      await w.db.query(`select action from audit_log where organization_id = $1 and object = $2 order by at`, [
        member.organizationId,
        connectionId,
      ])
    ).rows.map((row) => row.action),
  ).toEqual(['connection.connected', 'connection.expired', 'connection.connected']);
});

test('disconnecting forgets the tokens, gives the access back and keeps the accounts', async () => {
  const member = await w.signUp();
  const other = await w.signUp();
  const { connectionId, accountId } = await connectMeta(w, member);
  expect(await problemOf(other.api.call(contracts.disconnect, { params: { id: connectionId } }))).toMatchObject({
    status: 404,
    code: 'not_found',
  });
  await member.api.call(contracts.disconnect, { params: { id: connectionId } });
  expect(await connectionOf(member)).toMatchObject({ status: 'revoked', access_token: null, refresh_token: null, refresh_at: null });
  expect((await w.db.query('select 1 from pages where organization_id = $1', [member.organizationId])).rowCount).toBe(0);
  expect(
    (await member.api.call(contracts.listAdAccounts, {})).adAccounts.find((account) => account.id === accountId)?.connectionStatus,
  ).toBe('revoked');
  // Repeating changes nothing.
  await member.api.call(contracts.disconnect, { params: { id: connectionId } });
});

test('the access is given back at the platform only when no other organization uses the same person', async () => {
  const [first, second] = [await w.signUp(), await w.signUp()];
  await w.db.query(`update connections set status = 'revoked'`);
  const revokedThere = async (member: Member) =>
    (
      await w.db.query(`select detail from audit_log where organization_id = $1 and action = 'connection.disconnected'`, [
        member.organizationId,
      ])
    ).rows[0].detail.revokedThere;
  const a = await connectMeta(w, first);
  const b = await connectMeta(w, second);
  await first.api.call(contracts.disconnect, { params: { id: a.connectionId } });
  expect(await revokedThere(first)).toBe(false);
  await second.api.call(contracts.disconnect, { params: { id: b.connectionId } });
  expect(await revokedThere(second)).toBe(true);
});

test("another organization's accounts are the same as none", async () => {
  const [member, other] = [await w.signUp(), await w.signUp()];
  const { accountId } = await connectMeta(w, member);
  const answers = await Promise.all(
    [accountId, 'acc_00000000000000000000000000'].flatMap((id) => [
      problemOf(other.api.call(contracts.syncAdAccount, { params: { id } })),
      problemOf(other.api.call(contracts.listPages, { params: { id } })),
    ]),
  );
  for (const answer of answers) expect({ ...answer, requestId: '' }).toEqual({ ...answers[0], requestId: '' });
  expect(answers[0]).toMatchObject({ status: 404, code: 'not_found' });
  expect((await other.api.call(contracts.listAdAccounts, {})).adAccounts).toEqual([]);
});
