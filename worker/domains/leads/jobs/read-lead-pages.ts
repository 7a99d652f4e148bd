import { and, eq, sql } from 'drizzle-orm';
import { pages } from '#schema/index.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { adPlatform } from '../../../platforms/ads/registry.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { connectionSession, markConnectionExpired, pageTokenPlace, readLeadPagesRef } from '../../connections/index.ts';
import { leadForms } from '../fetch-lead.ts';
import { backfillLeads } from './backfill-leads.ts';

/** After Meta was connected: its pages with their own tokens, each subscribed to lead webhooks, then the back-fill. */
export const readLeadPages = defineJob({
  ...readLeadPagesRef,
  async run(ctx, { connectionId }) {
    const session = await connectionSession(ctx, connectionId);
    try {
      const found = await adPlatform('meta').accounts.pages(session);
      const box = await ctx.box();
      const rows = await Promise.all(
        found.map(async (page) => ({
          organizationId: ctx.organizationId,
          externalId: page.externalId,
          connectionId,
          name: page.name,
          accessToken: await box.seal(pageTokenPlace(ctx.organizationId, page.externalId), page.accessToken),
        })),
      );
      if (rows.length > 0) {
        await ctx.read((q) =>
          q
            .insert(pages)
            .values(rows)
            .onConflictDoUpdate({
              target: [pages.organizationId, pages.externalId],
              set: { connectionId: sql`excluded.connection_id`, name: sql`excluded.name`, accessToken: sql`excluded.access_token` },
            }),
        );
      }
      for (const page of found) {
        await leadForms().subscribe(session, page);
        await ctx.read((q) =>
          q
            .update(pages)
            .set({ subscribedAt: ctx.now() })
            .where(and(eq(pages.organizationId, ctx.organizationId), eq(pages.externalId, page.externalId))),
        );
      }
    } catch (error) {
      if (error instanceof PlatformError && error.failure === 'auth') await markConnectionExpired(ctx, connectionId, error);
      throw error;
    }
    await ctx.transaction((tx) => tx.enqueue(backfillLeads, { connectionId }));
  },
});
