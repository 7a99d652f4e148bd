import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import { sessions, supportVisits } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';

type Visit = typeof supportVisits.$inferSelect;

/** Ends those of the organization's open visits that `which` names, and their sessions with them. */
export async function endVisits(ctx: Context, tx: Tx, which: SQL): Promise<Visit[]> {
  const ended = await tx.sql
    .update(supportVisits)
    .set({ endedAt: ctx.now() })
    .where(and(eq(supportVisits.organizationId, ctx.organizationId), isNull(supportVisits.endedAt), which))
    .returning();
  if (ended.length > 0)
    await tx.sql
      .update(sessions)
      .set({ revokedAt: ctx.now(), revokedReason: 'visit_ended' })
      .where(
        and(
          isNull(sessions.revokedAt),
          inArray(
            sessions.supportVisitId,
            ended.map((visit) => visit.id),
          ),
        ),
      );
  return ended;
}
