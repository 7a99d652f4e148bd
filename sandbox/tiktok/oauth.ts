import type { TiktokCall } from './call.ts';
import { requiredText, type Params } from './params.ts';
import { CODES, refuse } from './tiktok-error.ts';
import { SCOPES, TIKTOK_APP, type TiktokToken } from './tokens.ts';
import type { TiktokWorld } from './world.ts';

/** App id and secret go with every call that makes, lists or ends tokens; the older paths call them client id and secret. */
export function requireApp(params: Params, idName = 'app_id', secretName = 'secret'): void {
  refuse(requiredText(params, idName) !== TIKTOK_APP.id, 'The app does not exist.', CODES.wrongApp);
  const secret = requiredText(params, secretName);
  refuse(secret !== TIKTOK_APP.secret && secret !== TIKTOK_APP.alsoTaken, 'The app secret is wrong.', CODES.badAuthParameter);
}

/** What is answered follows the shape of the token: read it, never assume it [S and D disagree on one path]. */
function showToken(world: TiktokWorld, token: TiktokToken): Record<string, unknown> {
  const seconds = (until: number | null): number => Math.max(0, Math.round(((until ?? 0) - world.core.now()) / 1000));
  const shared = { access_token: token.token, advertiser_ids: token.advertiserIds, scope: token.scopes.map((scope) => SCOPES[scope]) };
  if (token.refreshToken === null) return shared;
  return {
    ...shared,
    token_type: 'Bearer',
    expires_in: seconds(token.expiresAt),
    refresh_token: token.refreshToken,
    refresh_token_expires_in: seconds(token.refreshUntil),
    open_id: `open-${TIKTOK_APP.id.slice(-4)}`,
  };
}

type Open = (world: TiktokWorld, call: TiktokCall) => unknown;

const exchangeCode: Open = (world, { params }) => {
  requireApp(params);
  const advertiserIds = world.tokens.redeemCode(requiredText(params, 'auth_code'));
  return showToken(world, world.tokens.issue({ advertiserIds, shape: world.settings.tokenShape }));
};

const revokeToken: Open = (world, { params }) => {
  requireApp(params);
  const token = world.tokens.revoke(requiredText(params, 'access_token'));
  return { app_id: TIKTOK_APP.id, advertiser_ids: token.advertiserIds };
};

/** Unverified [K]: the parameter names of the older path. */
const refreshToken: Open = (world, { params }) => {
  requireApp(params, 'client_id', 'client_secret');
  return showToken(world, world.tokens.refresh(requiredText(params, 'refresh_token')));
};

/** Calls that need no access token of their own. */
export const OPEN_ROUTES: Record<string, Open> = {
  'POST oauth2/access_token/': exchangeCode,
  'POST oauth2/revoke_token/': revokeToken,
  'POST tt_user/oauth2/refresh_token/': refreshToken,
};
