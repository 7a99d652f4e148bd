import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { META_APP } from './index.ts';
import { openGraph, type GraphBody, type GraphClient } from './testing/graph-client.ts';

const REDIRECT = 'http://127.0.0.1:8787/v1/connections/meta/callback';
let now = Date.parse('2026-11-20T10:00:00Z');
let graph: GraphClient;
beforeAll(async () => {
  graph = await openGraph({ now: () => now });
});
afterAll(() => graph.sandbox.close());

async function open(query: Record<string, string>): Promise<Response> {
  const url = new URL('https://www.facebook.com/v26.0/dialog/oauth');
  url.search = new URLSearchParams({
    client_id: META_APP.id,
    redirect_uri: REDIRECT,
    state: 's t',
    response_type: 'code',
    ...query,
  }).toString();
  const answer = await graph.sandbox.handle(new Request(url));
  if (answer === null) throw new Error('cut');
  return answer;
}
async function exchange(params: Record<string, string>): Promise<GraphBody> {
  return (await graph.get('oauth/access_token', { client_id: META_APP.id, client_secret: META_APP.secret, ...params })).body;
}
const codeOf = (answer: Response): string => new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';

test('the dialog shows the wishes; Continue and Cancel go back with the state', async () => {
  const page = await open({ scope: 'ads_read,leads_retrieval' });
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).toContain('Read leads');
  expect(html).toContain('value="continue"');
  const cancelled = new URL((await open({ decision: 'cancel' })).headers.get('location') ?? '');
  expect(Object.fromEntries(cancelled.searchParams)).toMatchObject({ error: 'access_denied', state: 's t' });
  const accepted = new URL((await open({ decision: 'continue' })).headers.get('location') ?? '');
  expect(accepted.origin + accepted.pathname).toBe(REDIRECT);
  expect(accepted.searchParams.get('state')).toBe('s t');
  expect((await open({ client_id: '1' })).status).toBe(400);
  expect((await open({ scope: 'everything' })).status).toBe(400);
});

test('a code works once, for its own address, secret and verifier', async () => {
  const verifier = 'v'.repeat(43);
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const code = codeOf(await open({ auto: '1', scope: 'ads_read', code_challenge, code_challenge_method: 'S256' }));
  expect((await exchange({ code, redirect_uri: `${REDIRECT}/other`, code_verifier: verifier })).error?.code).toBe(100);
  expect((await exchange({ code, redirect_uri: REDIRECT, client_secret: 'wrong', code_verifier: verifier })).error?.code).toBe(1);
  expect((await exchange({ code, redirect_uri: REDIRECT, code_verifier: 'w'.repeat(43) })).error?.message).toContain('code_verifier');
  const good = await exchange({ code, redirect_uri: REDIRECT, code_verifier: verifier });
  expect(good).toMatchObject({ token_type: 'bearer', expires_in: 5400 });
  expect((await exchange({ code, redirect_uri: REDIRECT, code_verifier: verifier })).error?.error_subcode).toBe(36009);
});

test('a short token becomes a long one of 60 days, is described, and ends with 190/463', async () => {
  const short = String(
    (await exchange({ code: codeOf(await open({ auto: '1', scope: 'ads_read' })), redirect_uri: REDIRECT }))['access_token'],
  );
  const long = await exchange({ grant_type: 'fb_exchange_token', fb_exchange_token: short });
  expect(long['expires_in']).toBe(60 * 86_400);
  const token = String(long['access_token']);
  const described = (await graph.get('debug_token', { input_token: token, access_token: `${META_APP.id}|${META_APP.secret}` })).body
    .data as unknown as Record<string, unknown>;
  expect(described).toMatchObject({
    is_valid: true,
    app_id: META_APP.id,
    type: 'USER',
    scopes: ['ads_read'],
    expires_at: now / 1000 + 60 * 86_400,
    data_access_expires_at: now / 1000 + 90 * 86_400,
  });
  now += 61 * 86_400_000;
  expect((await graph.get('me', { access_token: token })).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  expect((await exchange({ grant_type: 'fb_exchange_token', fb_exchange_token: token })).error?.code).toBe(190);
});

test('a token without the scope is told which one; a wrong proof is refused; an unknown token is 467', async () => {
  const token = graph.sandbox.meta.issueToken(['ads_read']);
  const write = await graph.post('act_1000000001/campaigns', { name: 'x', access_token: token });
  expect(write.status).toBe(403);
  expect(write.body.error?.message).toContain('ads_management');
  const proof = createHmac('sha256', META_APP.secret).update(token).digest('hex');
  expect((await graph.get('me', { access_token: token, appsecret_proof: proof })).status).toBe(200);
  expect((await graph.get('me', { access_token: token, appsecret_proof: `${proof.slice(0, -1)}0x`.slice(0, 64) })).body.error?.code).toBe(
    100,
  );
  expect((await graph.get('me', { access_token: 'EAAnobody' })).body.error).toMatchObject({ code: 190, error_subcode: 467 });
});

test('taking the permissions away ends every token', async () => {
  const access_token = graph.sandbox.meta.issueToken();
  expect((await graph.get('me', { access_token })).status).toBe(200);
  expect((await graph.del('me/permissions', { access_token })).body).toEqual({ success: true });
  expect((await graph.get('me', { access_token })).body.error).toMatchObject({ code: 190 });
});
