import { GraphError, missingParameter } from './graph-error.ts';
import type { GraphCall } from './graph-call.ts';
import { requiredText, text } from './params.ts';
import { LONG_MS, META_APP, refusedSecret, takenSecrets } from './tokens.ts';
import type { MetaWorld } from './world.ts';

/** GET or POST oauth/access_token: a login code, a live token for a longer one, or the app's own token. */
export function exchangeToken(world: MetaWorld, call: GraphCall, userId: string): Record<string, unknown> {
  const { params } = call;
  if (requiredText(params, 'client_id') !== META_APP.id) throw new GraphError({ message: 'Error validating application.', code: 101 });
  if (!takenSecrets().includes(requiredText(params, 'client_secret'))) throw refusedSecret();
  switch (text(params, 'grant_type')) {
    case 'client_credentials':
      return { access_token: `${META_APP.id}|${META_APP.secret}`, token_type: 'bearer' };
    case 'fb_exchange_token': {
      const old = world.tokens.accept(requiredText(params, 'fb_exchange_token'), null);
      const made = world.tokens.issue({ kind: 'user', ownerId: old.ownerId, scopes: old.scopes, lifeMs: LONG_MS });
      return { access_token: made.token, token_type: 'bearer', expires_in: LONG_MS / 1000 };
    }
    default: {
      const redirectUri = text(params, 'redirect_uri');
      if (redirectUri === null) throw missingParameter('redirect_uri');
      const made = world.tokens.redeemCode(requiredText(params, 'code'), redirectUri, text(params, 'code_verifier'), userId);
      const life = made.expiresAt === null ? {} : { expires_in: Math.round((made.expiresAt - made.issuedAt) / 1000) };
      return { access_token: made.token, token_type: 'bearer', ...life };
    }
  }
}

/** GET debug_token: needs the app's own token or a user token of the same app. */
export function debugToken(world: MetaWorld, call: GraphCall): Record<string, unknown> {
  world.tokens.accept(call.token, null);
  const token = world.tokens.find(requiredText(call.params, 'input_token'));
  if (token !== undefined) return { data: world.tokens.describe(token) };
  return { data: { is_valid: false, scopes: [], error: { code: 190, message: 'Invalid OAuth access token.', subcode: 467 } } };
}
