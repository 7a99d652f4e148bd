import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { isRegisteredRedirect } from '../core/registered-redirect.ts';
import { html, page, safe } from '../https/page.ts';
import { KNOWN_SCOPES } from './tokens.ts';
import { CLIENT_ID, CLIENT_SECRET, type Code, type GoogleStore } from './store.ts';

const ISSUER = 'https://accounts.google.com';
const CODE_MS = 10 * 60_000;
const TOKEN_S = 3600;

/** GET /.well-known/openid-configuration: the parts that a sign-in needs, as Google writes them. */
export const discovery = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/o/oauth2/v2/auth`,
  token_endpoint: 'https://oauth2.googleapis.com/token',
  revocation_endpoint: 'https://oauth2.googleapis.com/revoke',
  jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'email', 'profile'],
  token_endpoint_auth_methods_supported: ['client_secret_post'],
  code_challenge_methods_supported: ['plain', 'S256'],
};

/** GET /o/oauth2/v2/auth: choose an account or type another address, then back to the app with a code. `?email=` chooses. */
export function authorize(store: GoogleStore, url: URL): Response {
  const query = url.searchParams;
  const redirect = query.get('redirect_uri');
  const cannot = (why: string): Response =>
    html(
      page({ title: 'Access blocked', body: `<main class="card"><h1>Access blocked: authorization error</h1><p>${safe(why)}</p></main>` }),
      400,
    );
  if (query.get('client_id') !== CLIENT_ID) return cannot('Error 401: invalid_client');
  if (!redirect || !isRegisteredRedirect('google', redirect)) return cannot('Error 400: redirect_uri_mismatch');
  if (query.get('response_type') !== 'code') return cannot('Error 400: unsupported_response_type');
  const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0 || scopes.some((scope) => !KNOWN_SCOPES.has(scope))) return cannot('Error 400: invalid_scope');
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  // A sign-in is held to PKCE; an app that asks for its own access proves itself by its secret, and may use PKCE on top.
  const isProven = challenge !== null && challenge !== '' && method === 'S256';
  if (!isProven && (scopes.includes('openid') || challenge !== null))
    return cannot('Error 400: invalid_request, this app signs in with PKCE');

  const goBack = (given: Record<string, string>): Response => {
    const back = new URL(redirect);
    const state = query.get('state');
    for (const [name, value] of Object.entries({ ...(state === null ? {} : { state }), ...given })) back.searchParams.set(name, value);
    return new Response(null, { status: 302, headers: { location: back.href } });
  };
  if (query.get('deny') !== null) return goBack({ error: 'access_denied' });
  const email = query.get('email');
  if (email === null) return chooser(store, query);

  const { sub } = store.account(email, query.get('name') ?? undefined);
  const code = `4/${store.core.nextId('0')}-${createHash('sha256').update(`${store.core.seed} ${sub} ${store.codes.length}`).digest('base64url')}`;
  const offline = query.get('access_type') === 'offline' && (query.get('prompt') === 'consent' || store.tokens.isNew(sub, scopes));
  const expiresAt = store.core.now() + CODE_MS;
  store.codes.push({ code, sub, redirectUri: redirect, nonce: query.get('nonce'), challenge, scopes, offline, expiresAt });
  if (store.codes.length > 500) store.codes.shift();
  store.core.touch();
  return goBack({ code, scope: scopes.join(' '), authuser: '0', prompt: 'none' });
}

function chooser(store: GoogleStore, query: URLSearchParams): Response {
  const link = (name: string, value: string): string => {
    const next = new URLSearchParams(query);
    next.set(name, value);
    return `?${safe(next.toString())}`;
  };
  const accounts = store.accounts
    .map(
      ({ email, name }) =>
        `<p><a class="button" data-sandbox="approve" data-email="${safe(email)}" href="${link('email', email)}">${safe(name)}</a> <span class="quiet">${safe(email)}</span></p>`,
    )
    .join('');
  const hidden = [...query].map(([name, value]) => `<input type="hidden" name="${safe(name)}" value="${safe(value)}">`).join('');
  return html(
    page({
      title: 'Choose an account',
      body: `<main class="card"><h1>Choose an account</h1><p class="quiet">to continue to this app</p>${accounts}
<form method="get">${hidden}<p><label>Another address <input type="email" name="email" required></label> <label>Name <input name="name" required></label> <button>Use this account</button></p></form>
<p><a data-sandbox="deny" href="${link('deny', '1')}">Cancel</a></p></main>`,
    }),
  );
}

/** POST /token: form in, tokens out. A code works once; a second use is refused. */
export async function token(store: GoogleStore, form: URLSearchParams): Promise<Response> {
  const refuse = (error: string, error_description: string, status = 400): Response =>
    Response.json({ error, error_description }, { status });
  if (form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET)
    return refuse('invalid_client', 'The OAuth client was not found.', 401);
  if (form.get('grant_type') === 'refresh_token') {
    const fresh = store.tokens.refresh(form.get('refresh_token') ?? '');
    return fresh === null ? refuse('invalid_grant', 'Token has been expired or revoked.') : Response.json(fresh);
  }
  if (form.get('grant_type') !== 'authorization_code') return refuse('unsupported_grant_type', 'Invalid grant_type');
  const place = store.codes.findIndex(({ code }) => code === form.get('code'));
  const [known] = place < 0 ? [] : store.codes.splice(place, 1);
  store.core.touch();
  if (!known || known.expiresAt <= store.core.now()) return refuse('invalid_grant', 'Bad Request');
  if (known.redirectUri !== form.get('redirect_uri')) return refuse('redirect_uri_mismatch', 'Bad Request');
  const verifier = form.get('code_verifier') ?? '';
  if (known.challenge !== null && createHash('sha256').update(verifier).digest('base64url') !== known.challenge)
    return refuse('invalid_grant', 'Invalid code verifier.');
  return Response.json({
    ...store.tokens.grant(known.sub, known.scopes, known.offline),
    ...(known.scopes.includes('openid') ? { id_token: await idToken(store, known) } : {}),
  });
}

/** POST /revoke: takes an access or a refresh token, and everything that came from the same consent with it. */
export function revoke(store: GoogleStore, token: string | null): Response {
  if (token !== null && store.tokens.revoke(token)) return Response.json({});
  return Response.json({ error: 'invalid_token', error_description: 'Token expired or revoked' }, { status: 400 });
}

async function idToken(store: GoogleStore, { sub, nonce }: Code): Promise<string> {
  const account = store.accounts.find((one) => one.sub === sub);
  if (!account) throw new Error(`No Google account ${sub}.`);
  const { spoil } = store;
  const age = spoil === 'expired' ? 2 * TOKEN_S : 0;
  const iat = Math.floor(store.core.now() / 1000) - age;
  const claims = {
    iss: spoil === 'wrong-issuer' ? 'https://accounts.example.com' : ISSUER,
    azp: spoil === 'wrong-presenter' ? 'another-app.apps.googleusercontent.com' : CLIENT_ID,
    aud: spoil === 'wrong-audience' ? 'another-app.apps.googleusercontent.com' : CLIENT_ID,
    sub,
    email: account.email,
    email_verified: account.emailVerified,
    name: account.name,
    ...(nonce === null ? {} : { nonce: spoil === 'wrong-nonce' ? `${nonce}x` : nonce }),
    iat,
    exp: iat + TOKEN_S,
  };
  if (spoil === 'wrong-key') return store.keys.forge(claims);
  if (spoil === 'hmac-of-client-secret')
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT_SECRET.padEnd(32, '-')));
  if (spoil !== 'alg-none') return store.keys.sign(claims);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}
