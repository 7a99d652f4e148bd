import { and, desc, eq, inArray } from 'drizzle-orm';
import { launchApprovals, launchCorrections } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';

export type Approval = typeof launchApprovals.$inferSelect;
type Launch = { id: string; planHash: string };

/** What was asked and said about these launches' plans as they are now, newest first, and who corrected rows of them. */
export async function readApprovals(
  ctx: Context,
  launches: readonly Launch[],
): Promise<{ approvals: Approval[]; corrections: { launchId: string; by: string }[] }> {
  const ids = launches.map((launch) => launch.id);
  const hashes = launches.map((launch) => launch.planHash);
  const [approvals, corrections] = await Promise.all([
    ctx.read((q) =>
      q
        .select()
        .from(launchApprovals)
        .where(
          and(
            eq(launchApprovals.organizationId, ctx.organizationId),
            inArray(launchApprovals.launchId, ids),
            inArray(launchApprovals.planHash, hashes),
          ),
        )
        .orderBy(desc(launchApprovals.id)),
    ),
    ctx.read((q) =>
      q
        .selectDistinct({ launchId: launchCorrections.launchId, by: launchCorrections.by })
        .from(launchCorrections)
        .where(and(eq(launchCorrections.organizationId, ctx.organizationId), inArray(launchCorrections.launchId, ids))),
    ),
  ]);
  const planOf = new Map(launches.map((launch) => [launch.id, launch.planHash]));
  return { approvals: approvals.filter((one) => planOf.get(one.launchId) === one.planHash), corrections };
}

/** Whoever corrected rows of a launch. */
export async function correctorsOf(ctx: Context, tx: Tx, launchId: string): Promise<string[]> {
  const rows = await tx.sql
    .selectDistinct({ by: launchCorrections.by })
    .from(launchCorrections)
    .where(and(eq(launchCorrections.organizationId, ctx.organizationId), eq(launchCorrections.launchId, launchId)));
  return rows.map((row) => row.by);
}

/** The request that waits for a word, whatever plan it is about. */
export async function openRequest(ctx: Context, tx: Tx, launchId: string): Promise<Approval | null> {
  const rows = await tx.sql
    .select()
    .from(launchApprovals)
    .where(and(eq(launchApprovals.organizationId, ctx.organizationId), eq(launchApprovals.launchId, launchId)))
    .orderBy(desc(launchApprovals.id));
  return rows.find((row) => row.decision === null) ?? null;
}
