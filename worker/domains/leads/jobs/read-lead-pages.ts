import { and, eq, sql } from 'drizzle-orm';
import { pages } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { adPlatform } from '../../../platforms/ads/registry.ts';
import type { ListedPage } from '../../../platforms/ads/ad-platform.ts';
import {
  beginRecords,
  connectedPlatform,
  connectionSession,
  pageTokenPlace,
  readLeadPagesRef,
  whileConnected,
} from '../../connections/index.ts';
import { leadForms } from '../fetch-lead.ts';
import { backfillFrom, backfillLeads } from './backfill-leads.ts';

/** After an ad platform was connected: its pages with their tokens; where it has leads, each subscribed to their webhooks, then the back-fill. */
export const readLeadPages = defineJob({
  ...readLeadPagesRef,
  async run(ctx, { connectionId }) {
    const platform = adPlatform(await connectedPlatform(ctx, connectionId));
    const session = await connectionSession(ctx, connectionId);
    await whileConnected(ctx, connectionId, async () => {
      const found = await platform.accounts.pages(session);
      await savePages(ctx, connectionId, found);
      if (!platform.leadForms) return;
      for (const page of found) {
        await leadForms().subscribe(session, page);
        await ctx.read((q) =>
          q
            .update(pages)
            .set({ subscribedAt: ctx.now() })
            .where(and(eq(pages.organizationId, ctx.organizationId), eq(pages.externalId, page.externalId))),
        );
      }
    });
    if (!platform.leadForms) return;
    await ctx.transaction(async (tx) => {
      const knownFrom = await beginRecords(ctx, tx, connectionId, backfillFrom(ctx));
      await tx.enqueue(backfillLeads, { connectionId, knownFrom: knownFrom.toISOString() });
    });
  },
});

/** Pages with their tokens sealed. One that came with another connection before moves to this one. */
async function savePages(ctx: Context, connectionId: string, found: readonly ListedPage[]): Promise<void> {
  if (found.length === 0) return;
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
