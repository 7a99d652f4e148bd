import { and, eq, gt, isNull } from 'drizzle-orm';
import { may } from '#shared/rules/permissions.ts';
import { oauthStates } from '#schema/index.ts';
import { sha256Hex } from '../../kernel/bytes.ts';
import { boundState, readBrowserSecret } from '../../kernel/browser-cookie.ts';
import { createContext, type Context, type Ports } from '../../kernel/context.ts';
import { standingMember } from '../../kernel/standing-member.ts';
import type { ConnectProvider } from '../../platforms/connect-registry.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { callbackUrl, openProvider } from './providers.ts';
import { saveGrant } from './save-grant.ts';
import { statePlace } from './places.ts';
import { CONNECT_COOKIE } from './start-connection.ts';

export type ConnectError = 'state' | 'denied' | 'session_ended' | 'forged' | 'platform_refused' | 'platform_silent';

/** Ends a consent page's visit: the way back into the app, with `connected` or `connect_error` in its query. Never throws for what a browser brought. */
export async function finishConnection(ports: Ports, provider: ConnectProvider, request: Request): Promise<string> {
  const query = new URL(request.url).searchParams;
  const back = (returnTo: string, outcome: Record<string, string>): string => {
    const url = new URL(returnTo, ports.settings.APP_ORIGIN);
    for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
    return url.href;
  };
  const state = await takeState(ports, provider, query.get('state') ?? '', readBrowserSecret(request, CONNECT_COOKIE));
  if (!state) return back('/connections', { connect_error: 'state' satisfies ConnectError });
  const failed = (reason: ConnectError) => back(state.returnTo, { connect_error: reason, provider });
  const code = query.get('code');
  if (code === null) return failed('denied');

  const { oauth, app } = openProvider(ports.settings, provider);
  const ctx = await stillAllowed(ports, state);
  if (!ctx) return failed('session_ended');
  if (oauth.verifyCallback && !(await oauth.verifyCallback(app, query))) return failed('forged');
  try {
    const grant = await oauth.exchange(ports.outside, app, {
      code,
      redirectUri: callbackUrl(ports.settings, provider, request),
      codeVerifier: state.codeVerifier,
      shop: state.shop,
    });
    await saveGrant(ctx, provider, grant);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    ctx.log.error('connection.exchange_failed', error, { provider, code: error.detail.code });
    return failed(error.failure === 'refused' || error.failure === 'auth' ? 'platform_refused' : 'platform_silent');
  }
  return back(state.returnTo, { connected: provider });
}

interface TakenState {
  organizationId: string;
  userId: string;
  sessionId: string;
  shop: string | null;
  returnTo: string;
  codeVerifier: string;
}

/** Marks the state used, by compare-and-set: a second use finds nothing. */
async function takeState(ports: Ports, provider: ConnectProvider, state: string, browser: string | null): Promise<TakenState | null> {
  const [organizationId, secret] = state.split('.');
  if (!organizationId || !secret || browser === null) return null;
  const stateHash = await sha256Hex(boundState(state, browser));
  const ctx = createContext(ports, organizationId, { kind: 'webhook', source: 'oauth' });
  const [row] = await ctx.read((q) =>
    q
      .update(oauthStates)
      .set({ usedAt: ports.now() })
      .where(
        and(
          eq(oauthStates.stateHash, stateHash),
          eq(oauthStates.organizationId, organizationId),
          eq(oauthStates.provider, provider),
          isNull(oauthStates.usedAt),
          gt(oauthStates.expiresAt, ports.now()),
        ),
      )
      .returning(),
  );
  if (!row || row.codeVerifier === null) return null;
  return { ...row, codeVerifier: await (await ctx.box()).unseal(statePlace(organizationId, stateHash), row.codeVerifier) };
}

/** The person who started, if they are still a member and may still connect. */
async function stillAllowed(ports: Ports, state: TakenState): Promise<Context | null> {
  const ctx = await standingMember(ports, state);
  return ctx?.actor.kind === 'user' && may(ctx.actor.permissions, 'connections:write') ? ctx : null;
}
