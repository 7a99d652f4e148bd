import type { ObjectKind } from '../../../platforms/ads/ad-platform.ts';
import { note } from './note.ts';
import { repeat } from './repeat.ts';
import type { Run } from './run-state.ts';

/** Extra objects of one intent: paused, then archived, and written down. Setting a status twice is harmless, so a break here is mended by the next sweep. */
export async function neutralise(run: Run, item: { id: string; kind: ObjectKind }, kept: string | null, extra: string[]): Promise<void> {
  const { objects } = run.platform;
  for (const externalId of extra) {
    if (item.kind !== 'creative') await repeat(run, () => objects.setStatus(run.session, item.kind, externalId, 'paused'));
    await repeat(run, () => objects.setStatus(run.session, item.kind, externalId, 'archived'));
    await note(run, 'incident', item.id, { kind: 'duplicate', kept, neutralised: externalId });
    run.ctx.log.warn('launch.duplicate_neutralised', { launch: run.launch.id, item: item.id });
  }
}
