import type { MediaSpec } from '#shared/rules/planned-item.ts';
import { note } from './note.ts';
import { repeat } from './repeat.ts';
import type { ItemRow, Run } from './run-state.ts';

/**
 * Extra objects of one intent: paused, then archived, and written down; an extra file is removed from the library. Doing it twice is
 * harmless, so a break here is mended by the next sweep.
 */
export async function neutralise(
  run: Run,
  item: Pick<ItemRow, 'id' | 'kind' | 'spec'>,
  kept: string | null,
  extra: string[],
): Promise<void> {
  const { media, objects } = run.platform;
  for (const externalId of extra) {
    const { kind } = item;
    if (kind === 'media') {
      await repeat(run, async () => media.remove?.(run.session, (item.spec as MediaSpec).kind, externalId), { writes: 1 });
    } else {
      if (kind !== 'creative') await repeat(run, () => objects.setStatus(run.session, kind, externalId, 'paused'), { writes: 1 });
      await repeat(run, () => objects.setStatus(run.session, kind, externalId, 'archived'), { writes: 1 });
    }
    await note(run, 'incident', item.id, { kind: 'duplicate', kept, neutralised: externalId });
    run.ctx.log.warn('launch.duplicate_neutralised', { launch: run.launch.id, item: item.id });
  }
}
