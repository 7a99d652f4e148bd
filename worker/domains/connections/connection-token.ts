import { and, eq } from 'drizzle-orm';
import { adAccounts, connections, pages } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import type { AdSession } from '../../platforms/ads/ad-platform.ts';
import type { ConnectProvider } from '../../platforms/connect-registry.ts';
import { currentStatus } from './present-connection.ts';
import { ourApp } from './providers.ts';
import { pageTokenPlace, tokenPlace } from './places.ts';
import { renewConnection } from './renew-connection.ts';

/** Reads may take their time; a call that creates brings its own, shorter time-out. */
export const READ_TIMEOUT_MS = 15_000;
/** A token that ends within this time is renewed before it is handed out. */
const SPARE_MS = 60_000;

const notConnected = () =>
  new AppError('not_connected', 'The platform is not connected any more. Reconnect it under Connections; nothing is lost.');

/**
 * The living access token of a connection, renewed first when its end is near.
 * @throws not_found for missing and foreign ids, not_connected when it is expired or disconnected
 */
export async function connectionToken(ctx: Context, connectionId: string): Promise<string> {
  return (await livingToken(ctx, connectionId)).accessToken;
}

async function livingToken(ctx: Context, connectionId: string): Promise<{ accessToken: string; provider: ConnectProvider }> {
  const load = () =>
    ctx.read((q) =>
      q
        .select()
        .from(connections)
        .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId))),
    );
  let [row] = await load();
  if (!row) throw notFound('connection');
  if (row.expiresAt && row.expiresAt.getTime() - ctx.now().getTime() < SPARE_MS && row.refreshToken !== null) {
    await renewConnection(ctx, connectionId);
    [row] = await load();
  }
  if (!row || row.accessToken === null || ['expired', 'revoked'].includes(currentStatus(row, ctx.now()))) throw notConnected();
  const accessToken = await (await ctx.box()).unseal(tokenPlace(ctx.organizationId, 'access_token', row.id), row.accessToken);
  return { accessToken, provider: row.provider };
}

export type ReadSession = Omit<AdSession, 'accountExternalId'>;

/** A session for calls that belong to a connection and not to one ad account. */
export async function connectionSession(ctx: Context, connectionId: string): Promise<ReadSession> {
  const { accessToken, provider } = await livingToken(ctx, connectionId);
  return readSession(ctx, accessToken, provider);
}

/** A session with a token at hand, such as a page's own. */
export function readSession(ctx: Context, accessToken: string, provider: ConnectProvider = 'meta'): ReadSession {
  return {
    outside: ctx.ports.outside,
    accessToken,
    timeoutMs: READ_TIMEOUT_MS,
    ...ourApp(ctx.ports.settings, provider),
    now: () => ctx.now(),
  };
}

/** An ad account and a session to call its platform with. @throws not_found, not_connected */
export async function adAccountSession(
  ctx: Context,
  accountId: string,
): Promise<{ account: typeof adAccounts.$inferSelect; session: AdSession }> {
  const [account] = await ctx.read((q) =>
    q
      .select()
      .from(adAccounts)
      .where(and(eq(adAccounts.id, accountId), eq(adAccounts.organizationId, ctx.organizationId))),
  );
  if (!account) throw notFound('ad account');
  const via = account.via === null ? {} : { via: account.via };
  return { account, session: { ...(await connectionSession(ctx, account.connectionId)), accountExternalId: account.externalId, ...via } };
}

/** The page's own token at Meta, which reads leads without the person's; null when the page is not ours, or another platform's. */
export async function pageAccess(ctx: Context, pageExternalId: string): Promise<{ connectionId: string; accessToken: string } | null> {
  const [page] = await ctx.read((q) =>
    q
      .select({ connectionId: pages.connectionId, accessToken: pages.accessToken })
      .from(pages)
      .innerJoin(connections, eq(connections.id, pages.connectionId))
      .where(and(eq(pages.organizationId, ctx.organizationId), eq(pages.externalId, pageExternalId), eq(connections.provider, 'meta'))),
  );
  return page
    ? {
        connectionId: page.connectionId,
        accessToken: await (await ctx.box()).unseal(pageTokenPlace(ctx.organizationId, pageExternalId), page.accessToken),
      }
    : null;
}
