import { and, eq, inArray } from 'drizzle-orm';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { adAccounts, connections, media, pages } from '#schema/index.ts';
import { clientOf, inOwnAccounts } from '../../../kernel/account-scope.ts';
import type { Context } from '../../../kernel/context.ts';

export type StoredMedia = Pick<typeof media.$inferSelect, 'sha256' | 'kind' | 'width' | 'height' | 'durationMs'>;
/** What only the server knows about a plan: its account, the pages that account's connection may speak for, and the files we hold. */
export interface PlanFacts {
  account: (typeof adAccounts.$inferSelect & { connectionStatus: string }) | null;
  pageIds: Set<string>;
  media: Map<string, StoredMedia>;
}

export async function loadPlanFacts(ctx: Context, plan: Plan): Promise<PlanFacts> {
  const [row] = await ctx.read((q) =>
    q
      .select({ account: adAccounts, connectionStatus: connections.status })
      .from(adAccounts)
      .innerJoin(connections, eq(connections.id, adAccounts.connectionId))
      .where(
        and(
          eq(adAccounts.organizationId, ctx.organizationId),
          inOwnAccounts(ctx, adAccounts.id),
          eq(adAccounts.platform, plan.platform),
          eq(adAccounts.externalId, plan.accountId.replace(/^act_/, '')),
        ),
      ),
  );
  if (!row) return { account: null, pageIds: new Set(), media: new Map() };
  const hashes = [...new Set(plan.media.flatMap((file) => file.sha256 ?? []))];
  // Pages and files are the agency's: a client's login learns nothing of them.
  if (clientOf(ctx) !== null)
    return { account: { ...row.account, connectionStatus: row.connectionStatus }, pageIds: new Set(), media: new Map() };
  const [allowed, stored] = await Promise.all([
    ctx.read((q) =>
      q
        .select({ id: pages.externalId })
        .from(pages)
        .where(and(eq(pages.organizationId, ctx.organizationId), eq(pages.connectionId, row.account.connectionId))),
    ),
    hashes.length === 0
      ? []
      : ctx.read((q) =>
          q
            .select({ sha256: media.sha256, kind: media.kind, width: media.width, height: media.height, durationMs: media.durationMs })
            .from(media)
            .where(and(eq(media.organizationId, ctx.organizationId), eq(media.state, 'ready'), inArray(media.sha256, hashes))),
        ),
  ]);
  return {
    account: { ...row.account, connectionStatus: row.connectionStatus },
    pageIds: new Set(allowed.map((page) => page.id)),
    media: new Map(stored.map((file) => [file.sha256 as string, file])),
  };
}
