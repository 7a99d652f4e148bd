import { isRegisteredRedirect } from '../core/registered-redirect.ts';
import { html, page, safe } from '../https/page.ts';
import { DEMO_IDS } from './demo-ids.ts';
import { ACCESS_MS, SCOPES, SNAPCHAT_APP } from './tokens.ts';
import type { SnapWorld } from './world.ts';

/** Unverified [K]: the shape of a refused token call, error=access_denied after Cancel. There is no documented call that revokes. */

const WORDS: Record<string, string> = {
  'snapchat-marketing-api': 'Manage ads and read reports',
  'snapchat-offline-conversions-api': 'Send conversions',
  'snapchat-profile-api': 'See public profiles',
};

const refused = (title: string, why: string): Response =>
  html(page({ title, body: `<main class="card"><h1>${safe(title)}</h1><p>${safe(why)}</p></main>` }), 400);

/** accounts.snapchat.com/login/oauth2/authorize: Continue or Cancel, then back. `auto=1` continues by itself, for runs without a person. */
export function authorize(world: SnapWorld, url: URL): Response {
  const query = url.searchParams;
  const redirectUri = query.get('redirect_uri');
  if (query.get('client_id') !== SNAPCHAT_APP.id) return refused('Invalid app', 'There is no app with this client_id.');
  if (redirectUri === null || !isRegisteredRedirect('snapchat', redirectUri))
    return refused('Invalid address', 'redirect_uri is missing or not registered with this app.');
  if (query.get('response_type') !== 'code') return refused('Not possible', 'response_type must be code.');
  const scopes = (query.get('scope') ?? '').split(/[ +]+/).filter((scope) => scope !== '');
  const unknown = scopes.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (scopes.length === 0 || unknown.length > 0) return refused('Invalid scopes', `Not a scope: ${unknown.join(', ') || 'none given'}`);

  const back = (answer: Record<string, string>): Response => {
    const target = new URL(redirectUri);
    const state = query.get('state');
    for (const [name, value] of Object.entries({ ...answer, ...(state === null ? {} : { state }) })) target.searchParams.set(name, value);
    return new Response(null, { status: 302, headers: { location: target.href } });
  };
  const decision = query.get('decision') ?? (query.get('auto') === '1' ? 'continue' : null);
  if (decision === 'cancel') return back({ error: 'access_denied' });
  if (decision === 'continue') return back({ code: world.tokens.issueCode({ redirectUri, scopes, userId: DEMO_IDS.user }) });
  const kept = [...query].map(([name, value]) => `<input type="hidden" name="${safe(name)}" value="${safe(value)}">`).join('');
  const wishes = scopes.map((scope) => `<li>${safe(WORDS[scope] ?? scope)}</li>`).join('');
  return html(
    page({
      title: 'Log in',
      body: `<main class="card"><h1>${safe(SNAPCHAT_APP.name)} would like to</h1><ul>${wishes}</ul><form method="get">${kept}
<button data-sandbox="approve" name="decision" value="continue">Continue</button>
<button data-sandbox="deny" name="decision" value="cancel">Cancel</button></form></main>`,
    }),
  );
}

const refusedToken = (error: string, description: string, status = 400): Response =>
  Response.json({ error, error_description: description }, { status, headers: { 'cache-control': 'no-store' } });

/** POST /login/oauth2/access_token: form in; a code or a refresh token becomes an access token of an hour. */
export function exchangeToken(world: SnapWorld, form: URLSearchParams): Response {
  const secrets = [SNAPCHAT_APP.secret, SNAPCHAT_APP.alsoTaken];
  if (form.get('client_id') !== SNAPCHAT_APP.id || !secrets.includes(form.get('client_secret') ?? ''))
    return refusedToken('invalid_client', 'Client authentication failed', 401);
  const grant = form.get('grant_type');
  if (grant !== 'authorization_code' && grant !== 'refresh_token')
    return refusedToken('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
  const made =
    grant === 'authorization_code'
      ? world.tokens.redeemCode(form.get('code') ?? '', form.get('redirect_uri') ?? '')
      : world.tokens.refresh(form.get('refresh_token') ?? '', world.settings.rotateRefreshTokens);
  if (made === null) return refusedToken('invalid_grant', 'The code or refresh token is invalid, expired, revoked or was used before');
  const { access, refresh } = made;
  return Response.json(
    {
      access_token: access.token,
      token_type: 'Bearer',
      expires_in: ACCESS_MS / 1000,
      refresh_token: refresh,
      scope: access.scopes.join(' '),
    },
    { headers: { 'cache-control': 'no-store' } },
  );
}
