import type { ObjectRow } from '../engine/build-request.ts';
import { note } from '../engine/note.ts';
import { repeat } from '../engine/repeat.ts';
import type { Run } from '../engine/run-state.ts';

/**
 * An object that was read as gone and lives again. Soon after the undo that is a change of ours which the platform made late: it is taken
 * away once more. Later it is somebody's wish, and stays.
 */
export async function undoAgain(run: Run, row: ObjectRow): Promise<void> {
  const { launch, clock, platform, session } = run;
  const since = run.ctx.now().getTime() - (launch.undoneAt ?? launch.restedAt ?? new Date(0)).getTime();
  if (since > 2 * clock.settle.windowMs) return;
  const externalId = row.externalId as string;
  if (row.kind !== 'creative') await repeat(run, () => platform.objects.setStatus(session, row.kind, externalId, 'paused'), { writes: 1 });
  await repeat(run, () => platform.objects.setStatus(session, row.kind, externalId, 'archived'), { writes: 1 });
  await note(run, 'undone_again', row.id, { externalId });
}
