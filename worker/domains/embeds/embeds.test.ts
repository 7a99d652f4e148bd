import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiError } from '#shared/api-client/create-api-client.ts';
import * as affiliates from '#shared/contracts/affiliates.ts';
import * as contracts from '#shared/contracts/embeds.ts';
import { getLeadCard } from '#shared/contracts/revenue.ts';
import { localVars } from '../../../local/local-secrets.ts';
import { signEmbedToken, type EmbedClaims } from '../../kernel/embed-token.ts';
import { connectMeta } from '../../testing/connect-meta.ts';
import { connectPortal, connectShop, SHOP_SECRET } from '../../testing/connect-shop.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { makePageKey, proofOf, type PageKey } from '../../testing/page-key.ts';

const SHOP = 'embeds-test.myshopify.com';
const SHOP_PAGE = `https://${SHOP}`;
const CRM_PAGE = 'https://app.hubspot.com';
const LEAD = '/v1/embeds/lead-roas';
const STATS = '/v1/embeds/affiliate-stats';

const proof = (key: PageKey, path: string, token: string, change?: Parameters<typeof proofOf>[3]) =>
  proofOf(key, w.origin + path, token, change);

let w: TestWorker;
let member: Member;
let stranger: Member;
let creatorId: string;
let leadKey: string;
let statsKey: string;
beforeAll(async () => {
  w = await startWorker({ demo: true });
  [member, stranger] = [await w.signUp(), await w.signUp()];
  await member.api.call(affiliates.saveProgram, {
    body: { name: 'Creators', shop: SHOP, currency: 'EUR', ratePercent: '10', allowedDomains: [SHOP] },
  });
  creatorId = (
    await member.api.call(affiliates.addAffiliate, {
      body: {
        name: 'Creator 17',
        code: `e-${randomUUID().slice(0, 8)}`,
        destination: SHOP_PAGE,
        coupon: 'CREATOR17',
        shopCustomerId: '7001',
      },
    })
  ).id;
  await connectShop(w, member, SHOP);
  await connectPortal(w, member, 4242);
  leadKey = (await member.api.call(contracts.createEmbedKey, { body: { kind: 'lead-roas', origin: CRM_PAGE } })).publicKey;
  statsKey = (await member.api.call(contracts.createEmbedKey, { body: { kind: 'affiliate-stats', origin: SHOP_PAGE } })).publicKey;
});
afterAll(() => w.stop());

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => (error as ApiError).problem,
  );
const mint = (body: object, origin: string | null = CRM_PAGE) =>
  fetch(`${w.origin}/v1/embeds/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin === null ? {} : { origin }) },
    body: JSON.stringify(body),
  });
async function leadToken(key: PageKey, subject = '501'): Promise<string> {
  const answer = await mint({ key: leadKey, jkt: key.jkt, subject });
  expect(answer.status).toBe(200);
  return (await answer.json<{ token: string }>()).token;
}
const use = async (path: string, token: string, sent: string, origin: string | null) =>
  fetch(w.origin + path, { headers: { authorization: `DPoP ${token}`, dpop: sent, ...(origin === null ? {} : { origin }) } });
/** As the shop forwards it: signed query, no cookies. */
const throughShop = (key: PageKey, customer: string | null, shop = SHOP) =>
  fetch(`${w.sandbox.url}/${shop}/apps/inlay/token?jkt=${key.jkt}`, {
    headers: customer === null ? {} : { cookie: `sandbox_customer=${customer}` },
  });
async function shopToken(key: PageKey): Promise<string> {
  const answer = await throughShop(key, '7001');
  expect(answer.status).toBe(200);
  return (await answer.json<{ token: string }>()).token;
}

test("keys are listed and made for one https origin; they are public and their own organization's", async () => {
  const { keys, script } = await member.api.call(contracts.listEmbedKeys, {});
  expect(script).toBe('http://127.0.0.1/widget/inlay.js');
  expect(keys.map(({ kind, origin, active }) => ({ kind, origin, active }))).toEqual([
    { kind: 'affiliate-stats', origin: SHOP_PAGE, active: true },
    { kind: 'lead-roas', origin: CRM_PAGE, active: true },
  ]);
  expect(keys.every((key) => /^pk_[\w-]{24}$/.test(key.publicKey))).toBe(true);
  expect((await stranger.api.call(contracts.listEmbedKeys, {})).keys).toEqual([]);
  for (const origin of ['http://shop.example.com', 'https://shop.example.com/path', 'https://shop.example.com/'])
    expect(await refusal(member.api.call(contracts.createEmbedKey, { body: { kind: 'lead-roas', origin } })), origin).toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'origin' }],
    });
  await w.db.query(`update memberships set role = 'manager' where organization_id = $1`, [stranger.organizationId]);
  expect(
    await refusal(stranger.api.call(contracts.createEmbedKey, { body: { kind: 'lead-roas', origin: 'https://x.example' } })),
  ).toMatchObject({ code: 'not_allowed' });
});

test('a registered page gets a token and its card; the answer is for that origin only and is not stored', async () => {
  const key = await makePageKey();
  const minted = await mint({ key: leadKey, jkt: key.jkt, subject: '501' });
  expect([
    minted.status,
    minted.headers.get('access-control-allow-origin'),
    minted.headers.get('vary')?.includes('Origin'),
    minted.headers.get('cache-control'),
  ]).toEqual([200, CRM_PAGE, true, 'no-store']);
  const { token, expiresIn } = await minted.json<{ token: string; expiresIn: number }>();
  expect(expiresIn).toBe(600);
  const answer = await use(LEAD, token, await proof(key, LEAD, token), CRM_PAGE);
  expect([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('cache-control')]).toEqual([
    200,
    CRM_PAGE,
    'no-store',
  ]);
  expect(contracts.embedLeadRoas.response.parse(await answer.json())).toMatchObject({ matched: false });
});

test("the card of a contact who came from an ad is the one a member sees, and it is the token's contact only", async () => {
  w.sandbox.meta.addLead({
    formId: '108000000000001',
    adId: '120300000000001',
    fields: { email: 'lead-17@example.com' },
    createdTime: new Date(Date.now() - 3 * 86_400_000).toISOString(),
  });
  await connectMeta(w, member);
  await w.until(
    'the lead is here',
    async () =>
      (await w.db.query('select 1 from leads where organization_id = $1 and person_id is not null', [member.organizationId])).rowCount,
    20_000,
  );
  const made = await fetch(`${w.sandbox.url}/_sandbox/hubspot/contacts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'lead-17@example.com' }),
  });
  const { id: contactId } = await made.json<{ id: string }>();
  const key = await makePageKey();
  const token = await leadToken(key, contactId);
  const answer = await use(LEAD, token, await proof(key, LEAD, token), CRM_PAGE);
  const { asOf, ...card } = contracts.embedLeadRoas.response.parse(await answer.json());
  const { asOf: _at, ...members } = await member.api.call(getLeadCard, { query: { portalId: '4242', contactId } });
  expect(card).toEqual(members);
  expect(card).toMatchObject({ matched: true, source: { adId: '120300000000001' }, why: { matchedBy: 'email', exact: true } });
  expect(Date.parse(asOf)).toBeGreaterThan(Date.now() - 60_000);
  const named = await use(
    `${LEAD}?contactId=${contactId}&subject=${contactId}`,
    ...(await leadToken(key, '999').then(async (other) => [other, await proof(key, LEAD, other)] as const)),
    CRM_PAGE,
  );
  expect(await named.json<object>()).toMatchObject({ matched: false });
});

test('another origin, none, an unknown key and the other kind of key get no token, and all the same words', async () => {
  const { jkt } = await makePageKey();
  const words = [];
  for (const [body, origin] of [
    [{ key: leadKey }, 'https://evil.example'],
    [{ key: leadKey }, null],
    [{ key: leadKey }, `${CRM_PAGE}.evil.example`],
    [{ key: leadKey }, 'http://app.hubspot.com'],
    [{ key: leadKey }, 'null'],
    [{ key: 'pk_nobody' }, CRM_PAGE],
  ] as const) {
    const answer = await mint({ ...body, jkt, subject: '501' }, origin);
    expect(answer.status, String(origin)).toBe(403);
    // Only a page that some key names may even read the refusal.
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin === CRM_PAGE ? CRM_PAGE : null);
    words.push((await answer.json<{ detail: string }>()).detail);
  }
  expect(new Set(words).size).toBe(1);
  expect((await mint({ key: statsKey, jkt, subject: creatorId }, SHOP_PAGE)).status).toBe(403);
  for (const subject of [undefined, 'abc', '']) expect((await mint({ key: leadKey, jkt, subject })).status).toBe(422);
  expect((await mint({ key: leadKey, jkt: 'short', subject: '501' })).status).toBe(422);
});

test('preflights: a registered origin gets exactly itself, others nothing', async () => {
  const ask = (origin: string, path: string) =>
    fetch(w.origin + path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,dpop,content-type' },
    });
  for (const path of ['/v1/embeds/token', LEAD, STATS]) {
    const yes = await ask(CRM_PAGE, path);
    expect([yes.status, yes.headers.get('access-control-allow-origin'), yes.headers.get('access-control-allow-headers')]).toEqual([
      204,
      CRM_PAGE,
      'authorization, dpop, content-type',
    ]);
    const no = await ask('https://evil.example', path);
    expect([no.status, no.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  }
});

test('a proof counts once, also when it is sent ten times at the same moment', async () => {
  const key = await makePageKey();
  const token = await leadToken(key);
  const once = await proof(key, LEAD, token);
  const answers = await Promise.all(Array.from({ length: 10 }, () => use(LEAD, token, once, CRM_PAGE)));
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, ...Array<number>(9).fill(401)]);
  const refused = answers.find((answer) => answer.status === 401);
  // The page must be able to read that it was refused, to fetch another token.
  expect(refused?.headers.get('access-control-allow-origin')).toBe(CRM_PAGE);
  expect((await use(LEAD, token, await proof(key, LEAD, token), CRM_PAGE)).status).toBe(200);
});

test('forged, expired, foreign and misused tokens and proofs are refused', async () => {
  const [key, other] = [await makePageKey(), await makePageKey()];
  const token = await leadToken(key);
  const stats = await shopToken(key);
  const good = () => proof(key, LEAD, token);
  const [head, payload, signature] = token.split('.') as [string, string, string];
  const asOther = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), subject: '502' })).toString(
    'base64url',
  );
  const ring = (secret: string) => ({ signWith: '1', keys: { 1: secret } });
  const secret = localVars({
    databaseUrl: 'x',
    neonProxyPort: 1,
    outsideOrigin: w.sandbox.url,
    workerOrigin: w.origin,
    extensionIds: 'a'.repeat(32),
  })['SESSION_KEY'] as string;
  const claims: EmbedClaims = {
    organizationId: member.organizationId,
    keyId: leadKey,
    kind: 'lead-roas',
    origin: CRM_PAGE,
    subject: '501',
    jkt: key.jkt,
  };
  const expired = await signEmbedToken(ring(secret), claims, new Date(Date.now() - 601_000));
  const alive = await signEmbedToken(ring(secret), claims, new Date());
  const wrongSecret = await signEmbedToken(ring(Buffer.alloc(32, 7).toString('base64')), claims, new Date());
  const strangers = await signEmbedToken(ring(secret), { ...claims, organizationId: stranger.organizationId }, new Date());
  expect((await use(LEAD, alive, await proof(key, LEAD, alive), CRM_PAGE)).status).toBe(200);

  const now = Math.floor(Date.now() / 1000);
  const cases: [string, string, string, string | null][] = [
    ['changed payload', `${head}.${asOther}.${signature}`, await proof(key, LEAD, `${head}.${asOther}.${signature}`), CRM_PAGE],
    ['no signature', `${Buffer.from('{"alg":"none","typ":"embed+jwt"}').toString('base64url')}.${payload}.`, await good(), CRM_PAGE],
    ['signed by another secret', wrongSecret, await proof(key, LEAD, wrongSecret), CRM_PAGE],
    ['expired', expired, await proof(key, LEAD, expired), CRM_PAGE],
    ['an organization that never made this key', strangers, await proof(key, LEAD, strangers), CRM_PAGE],
    ["a member's token", member.token, await proof(key, LEAD, member.token), CRM_PAGE],
    ['a token for the other widget', stats, await proof(key, LEAD, stats), SHOP_PAGE],
    ['from another page', token, await good(), 'https://evil.example'],
    ['from another registered page', token, await good(), SHOP_PAGE],
    ['from nowhere', token, await good(), null],
    ['proof by another key', token, await proof(other, LEAD, token), CRM_PAGE],
    ["another key under this key's name", token, await proof({ ...other, jwk: key.jwk }, LEAD, token), CRM_PAGE],
    ['proof for another token', token, await proof(key, LEAD, stats), CRM_PAGE],
    ['proof for another address', token, await proof(key, STATS, token), CRM_PAGE],
    ['proof for another method', token, await proof(key, LEAD, token, { claims: { htm: 'POST' } }), CRM_PAGE],
    ['old proof', token, await proof(key, LEAD, token, { claims: { iat: now - 120 } }), CRM_PAGE],
    ['proof of tomorrow', token, await proof(key, LEAD, token, { claims: { iat: now + 120 } }), CRM_PAGE],
    ['proof without an id', token, await proof(key, LEAD, token, { claims: { jti: undefined } }), CRM_PAGE],
    ['proof of another type', token, await proof(key, LEAD, token, { header: { typ: 'jwt' } }), CRM_PAGE],
    ['no proof', token, '', CRM_PAGE],
  ];
  for (const [name, held, sent, origin] of cases) expect((await use(LEAD, held, sent, origin)).status, name).toBe(401);
  expect(
    (await fetch(w.origin + LEAD, { headers: { authorization: `Bearer ${token}`, dpop: await good(), origin: CRM_PAGE } })).status,
    'as a bearer',
  ).toBe(401);
  expect(
    (await fetch(`${w.origin}${LEAD}?token=${token}`, { headers: { dpop: await good(), origin: CRM_PAGE } })).status,
    'in the address',
  ).toBe(401);
});

test('a key that is switched off ends its tokens at once', async () => {
  const key = await makePageKey();
  const made = await member.api.call(contracts.createEmbedKey, { body: { kind: 'lead-roas', origin: 'https://app-eu1.hubspot.com' } });
  const { token } = await (await mint({ key: made.publicKey, jkt: key.jkt, subject: '501' }, made.origin)).json<{ token: string }>();
  expect((await use(LEAD, token, await proof(key, LEAD, token), made.origin)).status).toBe(200);
  await w.db.query('update embed_keys set active = false where id = $1', [made.id]);
  expect((await use(LEAD, token, await proof(key, LEAD, token), made.origin)).status).toBe(401);
  expect((await mint({ key: made.publicKey, jkt: key.jkt, subject: '501' }, made.origin)).status).toBe(403);
});

test("a creator signed in to the shop sees the own figures, which are the app's", async () => {
  const key = await makePageKey();
  const token = await shopToken(key);
  const answer = await use(STATS, token, await proof(key, STATS, token), SHOP_PAGE);
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, SHOP_PAGE]);
  const stats = contracts.embedAffiliateStats.response.parse(await answer.json());
  const own = (await member.api.call(affiliates.getProgram, {})).affiliates.find((one) => one.id === creatorId);
  expect(stats).toMatchObject({
    affiliate: { name: 'Creator 17', coupon: 'CREATOR17', link: own?.link },
    clicks: own?.clicks,
    orders: own?.orders,
    netSalesMinor: own?.netSalesMinor,
    commissionMinor: own?.commissionMinor,
    currency: 'EUR',
    nullReason: null,
  });
  expect((await use(STATS, token, await proof(key, STATS, token), CRM_PAGE)).status).toBe(401);
});

test('nobody signed in, and a customer who is no creator, each get a hint, never stored', async () => {
  const key = await makePageKey();
  for (const [customer, hint] of [
    [null, { signIn: true }],
    ['7999', { signIn: true, notLinked: true }],
  ] as const) {
    const answer = await throughShop(key, customer);
    expect([answer.status, answer.headers.get('cache-control'), await answer.json()]).toEqual([200, 'no-store', hint]);
  }
  // The page's own parameters are overwritten or signed as they are: naming another customer changes nothing.
  const answer = await fetch(`${w.sandbox.url}/${SHOP}/apps/inlay/token?jkt=${key.jkt}&logged_in_customer_id=7001`);
  expect(await answer.json()).toEqual({ signIn: true });
});

test("without the shop's signature, with an old one, for another shop or without a key: no token", async () => {
  const { jkt } = await makePageKey();
  const signed = (fields: Record<string, string>, secret = SHOP_SECRET) => {
    const signature = createHmac('sha256', secret)
      .update(
        Object.keys(fields)
          .sort()
          .map((name) => `${name}=${fields[name]}`)
          .join(''),
      )
      .digest('hex');
    return fetch(`${w.origin}/apps/inlay/token?${new URLSearchParams({ ...fields, signature })}`);
  };
  const fields = {
    shop: SHOP,
    logged_in_customer_id: '7001',
    path_prefix: '/apps/inlay',
    timestamp: String(Math.floor(Date.now() / 1000)),
    jkt,
  };
  expect(await (await signed(fields)).json()).toMatchObject({ expiresIn: 600 });
  expect((await signed(fields, 'another secret')).status).toBe(401);
  expect((await fetch(`${w.origin}/apps/inlay/token?${new URLSearchParams(fields)}`)).status).toBe(401);
  expect((await signed({ ...fields, timestamp: String(Math.floor(Date.now() / 1000) - 70) })).status).toBe(401);
  expect((await signed({ ...fields, jkt: 'short' })).status).toBe(400);
  // A shop nobody connected has no creators, whatever its customer's number is.
  expect(await (await signed({ ...fields, shop: 'elsewhere.myshopify.com' })).json()).toEqual({ signIn: true, notLinked: true });
});

test('with two portals connected a page that names none is asked which; one that names its portal gets the card of that portal only', async () => {
  const owner = await w.signUp();
  await connectPortal(w, owner, 4242);
  const { publicKey } = await owner.api.call(contracts.createEmbedKey, { body: { kind: 'lead-roas', origin: CRM_PAGE } });
  const ask = async (portal?: string) => {
    const key = await makePageKey();
    const minted = await mint({ key: publicKey, jkt: key.jkt, subject: '501', ...(portal === undefined ? {} : { portal }) });
    if (minted.status !== 200) return minted.status;
    const { token } = await minted.json<{ token: string }>();
    const answer = await use(LEAD, token, await proof(key, LEAD, token), CRM_PAGE);
    return answer.status === 200 ? contracts.embedLeadRoas.response.parse(await answer.json()).reason : answer.status;
  };
  expect([await ask(), await ask('4242'), await ask('4343')]).toEqual(['not_found', 'not_found', 404]);
  await connectPortal(w, owner, 4343);
  expect([await ask(), await ask('4242'), await ask('4343'), await ask('77777')]).toEqual([
    'several_portals',
    'not_found',
    'not_found',
    404,
  ]);
  for (const portal of ['', 'x', '4242/1']) expect(await ask(portal)).toBe(422);
  await w.db.query(`update connections set status = 'revoked' where organization_id = $1 and external_id = '4242'`, [owner.organizationId]);
  expect([await ask(), await ask('4242')]).toEqual(['not_found', 404]);
});

test('used proofs are forgotten once they are too old to be used again', async () => {
  await w.db.query(
    `insert into inbox (organization_id, source, event_id, at) values ($1, 'embed-proof', 'old', now() - interval '11 minutes'), ($1, 'shopify', 'old', now() - interval '11 minutes')`,
    [member.organizationId],
  );
  await leadToken(await makePageKey());
  await w.until(
    'the old proof is gone',
    async () =>
      (await w.db.query(`select 1 from inbox where organization_id = $1 and event_id = 'old'`, [member.organizationId])).rowCount === 1,
  );
  const { rows } = await w.db.query(`select source from inbox where organization_id = $1 and event_id = 'old'`, [member.organizationId]);
  expect(rows).toEqual([{ source: 'shopify' }]);
});
