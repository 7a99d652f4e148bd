import { and, eq, gt, lt, sql } from 'drizzle-orm';
import { affiliateClicks } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { Click } from './click.ts';

const DUPLICATE_MS = 3_600_000;

/** Stores a visit once. The same visitor on the same link within the hour is recorded, not counted; visits of one visitor wait for each other. */
export async function recordClick(ctx: Context, { id, linkId, kind, visitorHash, at }: Click): Promise<void> {
  const occurredAt = new Date(at);
  await ctx.transaction(async (tx) => {
    await tx.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`click|${linkId}|${visitorHash}`}, 0))`);
    const [earlier] = await tx.sql
      .select({ id: affiliateClicks.id })
      .from(affiliateClicks)
      .where(
        and(
          eq(affiliateClicks.organizationId, ctx.organizationId),
          eq(affiliateClicks.linkId, linkId),
          eq(affiliateClicks.visitorHash, visitorHash),
          eq(affiliateClicks.kind, kind),
          eq(affiliateClicks.duplicate, false),
          gt(affiliateClicks.occurredAt, new Date(occurredAt.getTime() - DUPLICATE_MS)),
          lt(affiliateClicks.occurredAt, new Date(occurredAt.getTime() + DUPLICATE_MS)),
        ),
      )
      .limit(1);
    await tx.sql
      .insert(affiliateClicks)
      .values({ id, organizationId: ctx.organizationId, linkId, kind, visitorHash, occurredAt, duplicate: earlier !== undefined })
      .onConflictDoNothing();
  });
}
