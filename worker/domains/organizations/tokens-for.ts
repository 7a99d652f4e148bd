import type { Tokens } from '#shared/contracts/identity.ts';
import { signAccessToken } from '../../kernel/access-token.ts';
import type { Context } from '../../kernel/context.ts';
import { loadMe } from '../identity/index.ts';

/**
 * A token for where the session works now, good as long as the one it takes the place of: going from one organization to the next is no way
 * round the refresh token, which stays as it is.
 */
export async function tokensFor(ctx: Context): Promise<Omit<Tokens, 'refreshToken'>> {
  const { userId, sessionId, tokenEndsAt } = ctx.person();
  if (!tokenEndsAt) throw new Error('Only a call with an access token goes to another organization.');
  const who = { userId, sessionId, organizationId: ctx.organizationId };
  return {
    accessToken: await signAccessToken(ctx.ports.settings.SESSION_KEYS, who, ctx.now(), tokenEndsAt),
    expiresIn: Math.max(0, Math.floor((tokenEndsAt.getTime() - ctx.now().getTime()) / 1000)),
    me: await loadMe(ctx.ports, who),
  };
}
