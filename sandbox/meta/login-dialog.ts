import { isRegisteredRedirect } from '../core/registered-redirect.ts';
import { ALL_SCOPES, META_APP, type MetaTokens } from './tokens.ts';

const WORDS: Record<string, string> = {
  ads_management: 'Manage ads',
  ads_read: 'Read ads and reports',
  business_management: 'See your businesses',
  leads_retrieval: 'Read leads',
  pages_show_list: 'See your pages',
  pages_read_engagement: 'Read page content',
  pages_manage_metadata: 'Receive page events',
  pages_manage_ads: 'Manage page ads',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

function page(title: string, body: string, status = 200): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:light-dark(#eef0f4,#17191e)}
main{width:min(26rem,92vw);background:light-dark(#fff,#22252c);border:1px solid light-dark(#d9dce3,#3a3e48);border-radius:12px;padding:28px}
h1{font-size:20px;margin:0 0 12px}ul{padding-inline-start:20px}form{display:flex;gap:12px;margin-top:24px}
button{font:inherit;padding:10px 20px;border-radius:8px;border:1px solid light-dark(#c3c7d1,#4c515e);background:transparent;color:inherit;cursor:pointer}
button.main{background:#1f5fbf;border-color:#1f5fbf;color:#fff}
</style><main><h1>${escape(title)}</h1>${body}</main></html>`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action *",
    },
  });
}

function back(redirectUri: string, answer: Record<string, string>, state: string | null): Response {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return new Response(null, { status: 302, headers: { location: url.href } });
}

/**
 * www.facebook.com/vN/dialog/oauth: Continue or Cancel, then back to redirect_uri. `auto=1` continues by itself, for runs
 * without a person.
 */
export function loginDialog(tokens: MetaTokens, url: URL): Response {
  const query = url.searchParams;
  const redirectUri = query.get('redirect_uri');
  if (query.get('client_id') !== META_APP.id) return page('Invalid app', '<p>There is no app with this client_id.</p>', 400);
  if (redirectUri === null || !isRegisteredRedirect('meta', redirectUri))
    return page('Invalid address', '<p>redirect_uri is missing or not registered with this app.</p>', 400);
  const kind = query.get('response_type');
  if (kind !== null && kind !== 'code') return page('Not possible', '<p>response_type must be code.</p>', 400);
  const state = query.get('state');
  const asked = (query.get('scope') ?? ALL_SCOPES.join(',')).split(/[ ,]+/).filter((scope) => scope !== '');
  const unknown = asked.filter((scope) => !(ALL_SCOPES as readonly string[]).includes(scope));
  if (unknown.length > 0) return page('Invalid scopes', `<p>Not a permission: ${escape(unknown.join(', '))}</p>`, 400);
  const method = query.get('code_challenge_method');
  if (method !== null && method !== 'S256') return page('Not possible', '<p>code_challenge_method must be S256.</p>', 400);

  const decision = query.get('decision') ?? (query.get('auto') === '1' ? 'continue' : null);
  if (decision === 'cancel') {
    return back(
      redirectUri,
      { error: 'access_denied', error_code: '200', error_description: 'Permissions error', error_reason: 'user_denied' },
      state,
    );
  }
  if (decision === 'continue') {
    return back(redirectUri, { code: tokens.issueCode({ redirectUri, scopes: asked, challenge: query.get('code_challenge') }) }, state);
  }
  const kept = [...query].map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join('');
  const wishes = asked.map((scope) => `<li>${escape(WORDS[scope] ?? scope)}</li>`).join('');
  return page(
    'Inlay would like to',
    `<ul>${wishes}</ul><form method="get">${kept}<button class="main" name="decision" value="continue">Continue</button><button name="decision" value="cancel">Cancel</button></form>`,
  );
}
