import { oauthStates } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { startConnection as contract } from '#shared/contracts/connections.ts';
import { randomSecret, sha256Base64Url, sha256Hex } from '../../kernel/bytes.ts';
import { boundState, isOwnPath, type BrowserCookie } from '../../kernel/browser-cookie.ts';
import type { Context } from '../../kernel/context.ts';
import { outsideUrl } from '../../kernel/create-ports.ts';
import { AppError } from '../../kernel/errors.ts';
import type { ConnectProvider } from '../../platforms/connect-registry.ts';
import { callbackUrl, openProvider } from './providers.ts';
import { statePlace } from './places.ts';

const STATE_MINUTES = 10;
export const CONNECT_COOKIE: BrowserCookie = { name: 'inlay_connect', path: '/v1/connections', minutes: STATE_MINUTES };

/** The platform's consent page. The state works once, within ten minutes, in the browser that asked, and only while the session that asked still stands. */
export async function startConnection(
  ctx: Context,
  provider: ConnectProvider,
  { returnTo, shop }: BodyOf<typeof contract>,
  from: { request: Request; browser: string },
): Promise<ResponseOf<typeof contract>> {
  if (ctx.actor.kind !== 'user') throw new AppError('not_allowed', 'Only a person can connect a platform.');
  const { oauth, app, hasShop } = openProvider(ctx.ports.settings, provider);
  if (hasShop && shop === undefined)
    throw new AppError('invalid_input', 'Which shop?', {
      fields: [{ path: 'shop', message: 'Give the shop address, such as name.myshopify.com.' }],
    });
  if (!isOwnPath(returnTo))
    throw new AppError('invalid_input', 'The way back must be a page of this app.', {
      fields: [{ path: 'returnTo', message: 'Give a path such as /connections.' }],
    });

  // The browser comes back without a session; the organization in front of the secret tells behind which wall the state lies.
  const state = `${ctx.organizationId}.${randomSecret()}`;
  const stateHash = await sha256Hex(boundState(state, from.browser));
  const codeVerifier = randomSecret(48);
  const sealed = await (await ctx.box()).seal(statePlace(ctx.organizationId, stateHash), codeVerifier);
  const { userId, sessionId } = ctx.actor;
  await ctx.transaction((tx) =>
    tx.sql.insert(oauthStates).values({
      stateHash,
      organizationId: ctx.organizationId,
      userId,
      sessionId,
      provider,
      codeVerifier: sealed,
      shop: hasShop ? (shop ?? null) : null,
      returnTo,
      expiresAt: new Date(ctx.now().getTime() + STATE_MINUTES * 60_000),
    }),
  );
  const codeChallenge = await sha256Base64Url(codeVerifier);
  const url = oauth.authorizeUrl(app, {
    redirectUri: callbackUrl(ctx.ports.settings, provider, from.request),
    state,
    codeChallenge,
    shop: shop ?? null,
  });
  return { url: outsideUrl(ctx.ports.settings.OUTSIDE_ORIGIN, url) };
}
