import { and, eq, inArray, isNotNull, lte } from 'drizzle-orm';
import { connections } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { markConnectionExpired } from './mark-expired.ts';
import { openProvider } from './providers.ts';
import { tokenPlace } from './places.ts';
import { refreshTime } from './token-life.ts';

/** A renewal that gave no clear answer is tried again after this time; until then nobody else tries. */
export const CLAIM_MS = 5 * 60_000;

/**
 * Renews a token that is due. Moving refresh_at is the claim: of several callers one gets the row, and its write-back holds only while
 * that claim stands, so a reconnect in between wins. Returns whether this caller renewed it.
 */
export async function renewConnection(ctx: Context, connectionId: string): Promise<boolean> {
  const now = ctx.now();
  const claim = new Date(now.getTime() + CLAIM_MS);
  const mine = and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId));
  const [row] = await ctx.read((q) =>
    q
      .update(connections)
      .set({ refreshAt: claim })
      .where(
        and(mine, lte(connections.refreshAt, now), inArray(connections.status, ['active', 'expiring']), isNotNull(connections.accessToken)),
      )
      .returning(),
  );
  if (!row || row.accessToken === null) return false;

  const box = await ctx.box();
  const { oauth, app } = openProvider(ctx.ports.settings, row.provider);
  const stillMine = and(mine, eq(connections.refreshAt, claim));
  try {
    const grant = await oauth.renew(ctx.ports.outside, app, {
      accessToken: await box.unseal(tokenPlace(ctx.organizationId, 'access_token', row.id), row.accessToken),
      refreshToken:
        row.refreshToken === null ? null : await box.unseal(tokenPlace(ctx.organizationId, 'refresh_token', row.id), row.refreshToken),
      externalId: row.externalId,
    });
    const issuedAt = ctx.now();
    const tokens = {
      accessToken: await box.seal(tokenPlace(ctx.organizationId, 'access_token', row.id), grant.accessToken),
      // A platform that does not rotate its refresh token sends none: the old one stays good.
      ...(grant.refreshToken === null
        ? {}
        : { refreshToken: await box.seal(tokenPlace(ctx.organizationId, 'refresh_token', row.id), grant.refreshToken) }),
    };
    return await ctx.transaction(async (tx) => {
      const [kept] = await tx.sql
        .update(connections)
        .set({
          ...tokens,
          status: 'active',
          issuedAt,
          expiresAt: grant.expiresAt,
          refreshAt: refreshTime(issuedAt, grant.expiresAt),
          lastError: null,
          updatedAt: issuedAt,
        })
        .where(stillMine)
        .returning({ id: connections.id });
      if (kept) await tx.audit('connection.renewed', connectionId, { provider: row.provider });
      return kept !== undefined;
    });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'auth' || error.failure === 'refused') await markConnectionExpired(ctx, connectionId, error);
    else
      await ctx.read((q) =>
        q
          .update(connections)
          .set({
            status: 'expiring',
            lastError: {
              code: error.failure,
              message: 'The platform could not renew the access yet. We keep trying.',
              at: now.toISOString(),
            },
            updatedAt: now,
          })
          .where(stillMine),
      );
    return false;
  }
}
