import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../index.ts';
import { CLIENT_ID, CLIENT_SECRET } from './store.ts';
import { ADWORDS_SCOPE } from './tokens.ts';

const REDIRECT = 'https://api.inlay.test/v1/connections/google-ads/callback';
const EMAIL = 'owner@example.com';
let now = Date.parse('2026-11-20T10:00:00Z');
let sandbox: Sandbox;
beforeEach(async () => {
  now = Date.parse('2026-11-20T10:00:00Z');
  sandbox = await createSandbox({ seed: 1, demo: false, now: () => now });
});
afterEach(() => sandbox.close());

async function consent(change: Record<string, string> = {}): Promise<Response> {
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: ADWORDS_SCOPE,
    access_type: 'offline',
    prompt: 'consent',
    state: 'abc',
    email: EMAIL,
    ...change,
  });
  const answer = await sandbox.handle(new Request(`https://accounts.google.com/o/oauth2/v2/auth?${query.toString()}`));
  if (answer === null) throw new Error('cut');
  return answer;
}
const codeOf = (answer: Response): string => new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';

async function post(path: string, form: Record<string, string>): Promise<{ status: number; body: any }> {
  const sent = new URLSearchParams({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, ...form });
  const answer = await sandbox.handle(new Request(`https://oauth2.googleapis.com/${path}`, { method: 'POST', body: sent }));
  return { status: answer?.status ?? 0, body: await answer?.json() };
}
const redeem = (code: string, more: Record<string, string> = {}) =>
  post('token', { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more });
const refresh = (token: string) => post('token', { grant_type: 'refresh_token', refresh_token: token });

test('a consent to ads gives access for an hour and a refresh token that gives more', async () => {
  const page = await consent();
  expect(new URL(page.headers.get('location') ?? '').searchParams.get('state')).toBe('abc');
  const { status, body } = await redeem(codeOf(page));
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^ya29\./),
    expires_in: 3599,
    scope: ADWORDS_SCOPE,
    token_type: 'Bearer',
    refresh_token: expect.stringMatching(/^1\/\//),
  });
  expect(sandbox.google.holderOf(body.access_token)).toMatchObject({ scopes: [ADWORDS_SCOPE], state: 'good' });
  now += 3600_000;
  expect(sandbox.google.holderOf(body.access_token)?.state).toBe('expired');
  const fresh = await refresh(body.refresh_token);
  expect(fresh.body).not.toHaveProperty('refresh_token');
  expect(sandbox.google.holderOf(fresh.body.access_token)?.state).toBe('good');
});

test('without the consent page a second login gives no refresh token', async () => {
  expect((await redeem(codeOf(await consent({ prompt: 'none' })))).body).toHaveProperty('refresh_token');
  expect((await redeem(codeOf(await consent({ prompt: 'none' })))).body).not.toHaveProperty('refresh_token');
  expect((await redeem(codeOf(await consent()))).body).toHaveProperty('refresh_token');
  expect((await redeem(codeOf(await consent({ access_type: 'online' })))).body).not.toHaveProperty('refresh_token');
});

test('revoking either token ends the whole consent', async () => {
  for (const kind of ['access_token', 'refresh_token']) {
    const { body } = await redeem(codeOf(await consent()));
    expect((await post('revoke', { token: body[kind] })).status).toBe(200);
    expect(sandbox.google.holderOf(body.access_token)?.state).toBe('expired');
    expect(await refresh(body.refresh_token)).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    });
  }
  expect((await post('revoke', { token: 'nothing' })).status).toBe(400);
});

test('the oldest of more than a hundred refresh tokens gives way', async () => {
  const first = (await redeem(codeOf(await consent()))).body.refresh_token;
  for (let n = 0; n < 99; n += 1) await redeem(codeOf(await consent()));
  expect((await refresh(first)).status).toBe(200);
  await redeem(codeOf(await consent()));
  expect((await refresh(first)).status).toBe(400);
});

test.each([
  [{ scope: 'https://www.googleapis.com/auth/nonsense' }, 'invalid_scope'],
  [{ scope: '' }, 'invalid_scope'],
  [{ redirect_uri: 'https://elsewhere.example.com/' }, 'redirect_uri_mismatch'],
  [{ scope: `openid ${ADWORDS_SCOPE}` }, 'PKCE'],
  [{ code_challenge: 'x' }, 'PKCE'],
])('a consent with %o is blocked: %s', async (change, words) => {
  const answer = await consent(change);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(words);
});

test('a proof given at the start is asked for at the end; a code works once', async () => {
  const challenge = createHash('sha256').update('verifier').digest('base64url');
  const code = codeOf(await consent({ code_challenge: challenge, code_challenge_method: 'S256' }));
  expect((await redeem(code)).body.error).toBe('invalid_grant');
  const second = codeOf(await consent({ code_challenge: challenge, code_challenge_method: 'S256' }));
  expect((await redeem(second, { code_verifier: 'verifier' })).status).toBe(200);
  expect((await redeem(second, { code_verifier: 'verifier' })).body.error).toBe('invalid_grant');
  const other = codeOf(await consent());
  expect((await redeem(other, { redirect_uri: 'https://app.inlay.test/v1/connections/google-ads/callback' })).status).toBe(400);
});

test('a person takes the access away', async () => {
  const { body } = await redeem(codeOf(await consent()));
  const request = new Request('http://127.0.0.1/_sandbox/google/revoke-access', { method: 'POST', body: JSON.stringify({ email: EMAIL }) });
  expect((await sandbox.handle(request))?.status).toBe(200);
  expect((await refresh(body.refresh_token)).status).toBe(400);
  expect(sandbox.google.holderOf(body.access_token)?.state).toBe('expired');
});
