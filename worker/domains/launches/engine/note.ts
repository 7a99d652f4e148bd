import { launchEvents } from '#schema/index.ts';
import { reportLaunch } from '../../../observability/report.ts';
import type { Run } from './run-state.ts';

export type EventKind =
  | 'adopted'
  | 'incident'
  | 'held'
  | 'drift'
  | 'missing'
  | 'verified'
  | 'needs_attention'
  | 'cancelled'
  | 'switched_on'
  | 'switch_taken_back'
  | 'connection_expired'
  | 'undo_paused'
  | 'partly_undone'
  | 'undone'
  | 'undone_again';

/** One line of a launch's history; never changed afterwards. */
export async function note(run: Run, kind: EventKind, itemId: string | null, detail: Record<string, unknown> | null): Promise<void> {
  const { ctx, launch } = run;
  await ctx.read((q) =>
    q
      .insert(launchEvents)
      .values({ id: ctx.newId('lev'), organizationId: ctx.organizationId, launchId: launch.id, itemId, kind, detail, at: ctx.now() }),
  );
  reportLaunch(ctx.ports, kind);
}
