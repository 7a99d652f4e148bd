import { consentPage, escapeHtml, sendBack } from '../core/consent-page.ts';
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

/**
 * www.facebook.com/vN/dialog/oauth: Continue or Cancel, then back to redirect_uri. `auto=1` continues by itself, for runs
 * without a person.
 */
export function loginDialog(tokens: MetaTokens, url: URL): Response {
  const query = url.searchParams;
  const redirectUri = query.get('redirect_uri');
  if (query.get('client_id') !== META_APP.id) return consentPage('Invalid app', '<p>There is no app with this client_id.</p>', 400);
  if (redirectUri === null || !isRegisteredRedirect('meta', redirectUri))
    return consentPage('Invalid address', '<p>redirect_uri is missing or not registered with this app.</p>', 400);
  const kind = query.get('response_type');
  if (kind !== null && kind !== 'code') return consentPage('Not possible', '<p>response_type must be code.</p>', 400);
  const state = query.get('state');
  const asked = (query.get('scope') ?? ALL_SCOPES.join(',')).split(/[ ,]+/).filter((scope) => scope !== '');
  const unknown = asked.filter((scope) => !(ALL_SCOPES as readonly string[]).includes(scope));
  if (unknown.length > 0) return consentPage('Invalid scopes', `<p>Not a permission: ${escapeHtml(unknown.join(', '))}</p>`, 400);
  const method = query.get('code_challenge_method');
  if (method !== null && method !== 'S256') return consentPage('Not possible', '<p>code_challenge_method must be S256.</p>', 400);

  const decision = query.get('decision') ?? (query.get('auto') === '1' ? 'continue' : null);
  if (decision === 'cancel') {
    return sendBack(
      redirectUri,
      { error: 'access_denied', error_code: '200', error_description: 'Permissions error', error_reason: 'user_denied' },
      state,
    );
  }
  if (decision === 'continue') {
    return sendBack(redirectUri, { code: tokens.issueCode({ redirectUri, scopes: asked, challenge: query.get('code_challenge') }) }, state);
  }
  const kept = [...query].map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('');
  const wishes = asked.map((scope) => `<li>${escapeHtml(WORDS[scope] ?? scope)}</li>`).join('');
  return consentPage(
    'Inlay would like to',
    `<ul>${wishes}</ul><form method="get">${kept}<button class="main" name="decision" value="continue">Continue</button><button name="decision" value="cancel">Cancel</button></form>`,
  );
}
