import { and, eq, inArray, sql } from 'drizzle-orm';
import type { LaunchState } from '#shared/contracts/launches.ts';
import { launchEvents, launches } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { actorName } from './actor-name.ts';
import type { LaunchRow } from './launch-facts.ts';

/** Compare-and-set of a launch's state; whoever comes second hears what it is now. */
export async function moveLaunch(
  ctx: Context,
  tx: Tx,
  launch: LaunchRow,
  from: LaunchState[],
  changes: Partial<typeof launches.$inferInsert> & { state: LaunchState },
): Promise<void> {
  const [moved] = await tx.sql
    .update(launches)
    .set({ ...changes, version: sql`${launches.version} + 1`, updatedAt: ctx.now() })
    .where(and(eq(launches.id, launch.id), eq(launches.organizationId, ctx.organizationId), inArray(launches.state, from)))
    .returning({ id: launches.id });
  if (!moved)
    throw new AppError(
      'conflict',
      `The launch is ${launch.state.replace('_', ' ')} or has just changed; this is not possible now. Reload it and look again.`,
      { reason: 'launch_moved_on' },
    );
}

export async function noteEvent(ctx: Context, tx: Tx, launchId: string, kind: string, detail: Record<string, unknown> = {}): Promise<void> {
  await tx.sql.insert(launchEvents).values({
    id: ctx.newId('lev'),
    organizationId: ctx.organizationId,
    launchId,
    kind,
    detail: { ...detail, by: actorName(ctx) },
    at: ctx.now(),
  });
}
