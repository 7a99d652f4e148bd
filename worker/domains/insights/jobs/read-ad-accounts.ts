import { sql } from 'drizzle-orm';
import { adAccounts } from '#schema/index.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { adPlatform } from '../../../platforms/ads/registry.ts';
import { connectedPlatform, connectionSession, readAdAccountsRef, whileConnected } from '../../connections/index.ts';
import { syncAdAccount } from './sync-ad-account.ts';

/** After an ad platform was connected: its accounts, each with a first read. An account seen before keeps its row and history, and moves to this connection. */
export const readAdAccounts = defineJob({
  ...readAdAccountsRef,
  async run(ctx, { connectionId }) {
    const platform = await connectedPlatform(ctx, connectionId);
    const session = await connectionSession(ctx, connectionId);
    const listed = await whileConnected(ctx, connectionId, () => adPlatform(platform).accounts.list(session));
    if (listed.length === 0) return;
    await ctx.transaction(async (tx) => {
      const rows = await tx.sql
        .insert(adAccounts)
        .values(
          listed.map((account) => ({
            id: ctx.newId('acc'),
            organizationId: ctx.organizationId,
            connectionId,
            platform,
            ...account,
            via: account.via ?? null,
          })),
        )
        .onConflictDoUpdate({
          target: [adAccounts.organizationId, adAccounts.platform, adAccounts.externalId],
          set: {
            connectionId,
            via: sql`excluded.via`,
            name: sql`excluded.name`,
            currency: sql`excluded.currency`,
            timezone: sql`excluded.timezone`,
            status: sql`excluded.status`,
            insightsError: null,
          },
        })
        .returning({ id: adAccounts.id });
      for (const { id } of rows) await tx.enqueue(syncAdAccount, { accountId: id });
    });
  },
});
