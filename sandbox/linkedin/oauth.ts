import { isRegisteredRedirect } from '../core/registered-redirect.ts';
import type { SandboxCore } from '../core/vendor.ts';
import { html, page, safe } from '../https/page.ts';
import { ALL_SCOPES, LINKEDIN_APP, type Grant, type LiTokens } from './tokens.ts';

const WORDS: Record<string, string> = {
  r_ads: 'See your ad accounts',
  rw_ads: 'Manage your ad accounts',
  r_ads_reporting: 'See reports of your ad accounts',
  r_basicprofile: 'See your name and photo',
  r_organization_admin: 'See your pages',
  rw_organization_admin: 'Manage your pages',
  r_organization_social: 'See posts of your pages',
  w_organization_social: 'Post for your pages',
  r_marketing_leadgen_automation: 'Read leads',
  rw_conversions: 'Send conversions',
  rw_dmp_segments: 'Manage audiences',
};

function refusal(title: string, text: string): Response {
  return html(page({ title, body: `<main class="card"><h1>${safe(title)}</h1><p>${safe(text)}</p></main>` }), 400);
}

function back(redirectUri: string, answer: Record<string, string>, state: string | null): Response {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return new Response(null, { status: 302, headers: { location: url.href } });
}

/** GET /oauth/v2/authorization: Allow or Cancel. `auto=1` allows by itself, for runs without a person. */
export function consentPage(tokens: LiTokens, url: URL, memberId: string): Response {
  const query = url.searchParams;
  const redirectUri = query.get('redirect_uri');
  if (query.get('client_id') !== LINKEDIN_APP.id) return refusal('Bummer, something went wrong.', 'The passed in client_id is invalid.');
  if (redirectUri === null || !isRegisteredRedirect('linkedin', redirectUri))
    return refusal('Bummer, something went wrong.', 'The redirect_uri does not match the registered value.');
  const state = query.get('state');
  if (query.get('response_type') !== 'code') {
    return back(redirectUri, { error: 'invalid_request', error_description: 'response_type must be code' }, state);
  }
  const scopes = (query.get('scope') ?? '').split(/[ ,+]+/).filter((scope) => scope !== '');
  const unknown = scopes.filter((scope) => !(ALL_SCOPES as readonly string[]).includes(scope));
  if (scopes.length === 0 || unknown.length > 0) {
    const error_description = `Scope &quot;${unknown[0] ?? ''}&quot; is not authorized for your application`;
    return back(redirectUri, { error: 'unauthorized_scope_error', error_description }, state);
  }
  switch (query.get('decision') ?? (query.get('auto') === '1' ? 'allow' : null)) {
    case 'cancel':
      return back(redirectUri, { error: 'user_cancelled_authorize', error_description: 'The user cancelled the authorization' }, state);
    case 'allow':
      return back(redirectUri, { code: tokens.issueCode({ redirectUri, memberId, scopes }) }, state);
    default: {
      const kept = [...query].map(([name, value]) => `<input type="hidden" name="${safe(name)}" value="${safe(value)}">`).join('');
      const wishes = scopes.map((scope) => `<li>${safe(WORDS[scope] ?? scope)}</li>`).join('');
      return html(
        page({
          title: 'Sign in to allow Inlay',
          body: `<main class="card"><h1>Inlay would like to</h1><ul>${wishes}</ul><form method="get">${kept}<button class="button" name="decision" value="allow">Allow</button> <button name="decision" value="cancel">Cancel</button></form></main>`,
        }),
      );
    }
  }
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
}

const oauthError = (error: string, error_description: string, status = 400): Response => json({ error, error_description }, status);

function tokenAnswer(core: SandboxCore, { access, refresh }: Grant): Response {
  const seconds = (until: number): number => Math.max(0, Math.round((until - core.now()) / 1000));
  return json({
    access_token: access.token,
    expires_in: seconds(access.expiresAt),
    ...(refresh === null ? {} : { refresh_token: refresh.token, refresh_token_expires_in: seconds(refresh.endsAt) }),
    scope: access.scopes.join(','),
  });
}

/** POST /oauth/v2/{accessToken,introspectToken,revoke}: a form in, JSON out. Errors are OAuth's, not the REST gateway's. */
export async function answerOauth(core: SandboxCore, tokens: LiTokens, path: string, request: Request): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  if (form.get('client_id') !== LINKEDIN_APP.id || form.get('client_secret') !== LINKEDIN_APP.secret) {
    return oauthError('invalid_client', 'Client authentication failed', 401);
  }
  const token = form.get('token') ?? '';
  switch (path) {
    case '/oauth/v2/accessToken':
      return exchange(core, tokens, form);
    case '/oauth/v2/introspectToken': {
      const known = tokens.find(token);
      if (known === undefined) return json({ active: false });
      const isActive = !known.revoked && known.expiresAt > core.now();
      return json({
        active: isActive,
        status: known.revoked ? 'revoked' : isActive ? 'active' : 'expired',
        client_id: LINKEDIN_APP.id,
        expires_at: Math.floor(known.expiresAt / 1000),
        scope: known.scopes.join(','),
        auth_type: '3L',
      });
    }
    case '/oauth/v2/revoke': {
      const owner = tokens.find(token)?.memberId ?? tokens.findRefresh(token)?.memberId;
      if (owner !== undefined) tokens.revokeMember(owner);
      return new Response(null, { status: 200 });
    }
    default:
      return oauthError('invalid_request', 'Unknown path', 404);
  }
}

function exchange(core: SandboxCore, tokens: LiTokens, form: URLSearchParams): Response {
  switch (form.get('grant_type')) {
    case 'authorization_code': {
      const grant = tokens.redeemCode(form.get('code') ?? '', form.get('redirect_uri') ?? '');
      return grant === null
        ? oauthError('invalid_request', 'Unable to retrieve access token: redirect uri does not match the code, or the code has expired')
        : tokenAnswer(core, grant);
    }
    case 'refresh_token': {
      const grant = tokens.refresh(form.get('refresh_token') ?? '');
      return grant === null
        ? oauthError('invalid_grant', 'The provided refresh token is invalid, expired or revoked')
        : tokenAnswer(core, grant);
    }
    default:
      return oauthError('invalid_request', 'A required parameter "grant_type" is missing or not supported');
  }
}
