import type { Tokens } from '#shared/contracts/identity.ts';
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '../../kernel/access-token.ts';
import type { Context } from '../../kernel/context.ts';
import { loadMe } from '../identity/index.ts';

/** A token for where the session works now; its refresh token stays as it is. */
export async function tokensFor(ctx: Context): Promise<Omit<Tokens, 'refreshToken'>> {
  const { userId, sessionId } = ctx.person();
  const who = { userId, sessionId, organizationId: ctx.organizationId };
  return {
    accessToken: await signAccessToken(ctx.ports.settings.SESSION_KEYS, who, ctx.now()),
    expiresIn: ACCESS_TOKEN_SECONDS,
    me: await loadMe(ctx.ports, who),
  };
}
