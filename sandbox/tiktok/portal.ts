import { consentPage, escapeHtml, sendBack } from '../core/consent-page.ts';
import { isRegisteredRedirect } from '../core/registered-redirect.ts';
import { TIKTOK_APP } from './tokens.ts';
import type { TiktokWorld } from './world.ts';

/**
 * business-api.tiktok.com/portal/auth: choose the ad accounts, confirm or cancel, then back to redirect_uri with the code under
 * both of its names. `auto=1` confirms by itself, for runs without a person. What the app may do is set at the app and not asked
 * for here. Unverified [K]: the page itself and the word for a refusal.
 */
export function authorizationPage(world: TiktokWorld, url: URL): Response {
  const query = url.searchParams;
  const redirectUri = query.get('redirect_uri');
  if (query.get('app_id') !== TIKTOK_APP.id) return consentPage('Invalid app', '<p>There is no app with this app_id.</p>', 400);
  if (redirectUri === null || !isRegisteredRedirect('tiktok', redirectUri))
    return consentPage('Invalid address', '<p>redirect_uri is missing or not the one of this app.</p>', 400);
  const state = query.get('state');
  const advertisers = world.store.all('advertiser');
  const decision = query.get('decision') ?? (query.get('auto') === '1' ? 'confirm' : null);
  if (decision === 'cancel') return sendBack(redirectUri, { error: 'access_denied' }, state);
  if (decision === 'confirm') {
    const chosen = query.getAll('advertiser').filter((id) => world.store.find('advertiser', id) !== undefined);
    const granted = chosen.length > 0 ? chosen : advertisers.map((one) => one.id);
    const code = world.tokens.issueCode(granted);
    return sendBack(redirectUri, { auth_code: code, code }, state);
  }
  const kept = [...query].map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('');
  const boxes = advertisers
    .map(
      (one) =>
        `<li><label><input type="checkbox" name="advertiser" value="${one.id}" checked> ${escapeHtml(String(one.fields['name']))}</label></li>`,
    )
    .join('');
  return consentPage(
    'Inlay would like to manage your ad accounts',
    `<form method="get">${kept}<ul>${boxes}</ul><button class="main" name="decision" value="confirm">Confirm</button><button name="decision" value="cancel">Cancel</button></form>`,
  );
}
