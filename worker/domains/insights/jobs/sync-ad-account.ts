import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { adAccounts } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { defineJob, RunAgainLater } from '../../../kernel/define-job.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { AdSession } from '../../../platforms/ads/ad-platform.ts';
import { adPlatform } from '../../../platforms/ads/registry.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { adAccountSession, whileConnected } from '../../connections/index.ts';
import { bumpDataVersion } from '../data-version.ts';
import { insightRange, olderRange, type Range } from '../insight-range.ts';
import { placeLeads } from '../place-leads.ts';
import { dropUnreported, saveDays } from '../save-days.ts';
import { saveEntities } from '../save-entities.ts';

type Account = typeof adAccounts.$inferSelect;
const input = z.object({ accountId: z.string() });

/** Reads what the account holds and what its ads spent. Re-entrant: every write replaces by key, and only with a newer read. */
export const syncAdAccount = defineJob({
  name: 'sync-ad-account',
  queue: 'job',
  input,
  run: (ctx, { accountId }) =>
    withAccount(ctx, accountId, async (account, session) => {
      const readAt = ctx.now();
      for (const kind of ['campaign', 'ad_set', 'ad'] as const) {
        for await (const entities of adPlatform(account.platform).accounts.entities(session, kind))
          await saveEntities(ctx, accountId, entities, readAt);
      }
      await placeLeads(ctx, accountId);
      const range = insightRange(account.insightsSyncedAt, readAt, account.timezone);
      await readDays(ctx, account, session, range, readAt);
      const from = account.insightsFrom !== null && account.insightsFrom < range.since ? account.insightsFrom : range.since;
      await ctx.transaction(async (tx) => {
        await tx.sql
          .update(adAccounts)
          .set({ insightsSyncedAt: readAt, insightsFrom: from, insightsTo: range.until, insightsError: null })
          .where(and(eq(adAccounts.id, accountId), eq(adAccounts.organizationId, ctx.organizationId)));
        await bumpDataVersion(ctx, tx.sql);
        if (olderRange(from, readAt, account.timezone)) await tx.enqueue(extendInsights, { accountId });
      });
    }),
});

/** After the first read: the older days, so that the long windows can be answered too. */
export const extendInsights = defineJob({
  name: 'extend-insights',
  queue: 'job',
  input,
  run: (ctx, { accountId }) =>
    withAccount(ctx, accountId, async (account, session) => {
      const range = account.insightsFrom === null ? null : olderRange(account.insightsFrom, ctx.now(), account.timezone);
      if (!range) return;
      await readDays(ctx, account, session, range, ctx.now());
      await ctx.transaction(async (tx) => {
        await tx.sql
          .update(adAccounts)
          .set({ insightsFrom: sql`least(${adAccounts.insightsFrom}, ${range.since})` })
          .where(and(eq(adAccounts.id, accountId), eq(adAccounts.organizationId, ctx.organizationId)));
        await bumpDataVersion(ctx, tx.sql);
      });
    }),
});

async function readDays(ctx: Context, account: Account, session: AdSession, range: Range, readAt: Date): Promise<void> {
  for await (const days of adPlatform(account.platform).insights.days(session, { ...range, currency: account.currency }))
    await saveDays(ctx, account.id, days, readAt);
  await dropUnreported(ctx, account.id, range, readAt);
}

/** Tells the account's page why figures are old, and comes again when waiting helps. */
async function withAccount(ctx: Context, accountId: string, work: (account: Account, session: AdSession) => Promise<void>): Promise<void> {
  try {
    const { account, session } = await adAccountSession(ctx, accountId);
    await whileConnected(ctx, account.connectionId, () => work(account, session));
  } catch (error) {
    const said = reason(error);
    if (said === null) throw error;
    await ctx.read((q) =>
      q
        .update(adAccounts)
        .set({ insightsError: said })
        .where(and(eq(adAccounts.id, accountId), eq(adAccounts.organizationId, ctx.organizationId))),
    );
    if (error instanceof PlatformError && error.failure === 'throttled')
      throw new RunAgainLater(Math.min(600, error.detail.retryAfterSeconds ?? 60));
    // Without access another try cannot help; reconnecting asks for a read by itself.
    if (error instanceof AppError || (error instanceof PlatformError && error.failure === 'auth')) return;
    throw error;
  }
}

function reason(error: unknown): string | null {
  if (error instanceof AppError) return error.code === 'not_connected' ? 'The platform is not connected any more. Reconnect it.' : null;
  if (!(error instanceof PlatformError)) return null;
  if (error.failure === 'auth') return 'The platform no longer accepts our access. Reconnect it.';
  if (error.failure === 'throttled') return 'The platform asked us to wait. We come again by ourselves.';
  return error.failure === 'unknown'
    ? 'The platform did not answer clearly. We try again by ourselves.'
    : `The platform refused: ${error.message}`;
}
