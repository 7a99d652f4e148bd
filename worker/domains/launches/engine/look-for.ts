import type { FoundObject } from '#shared/rules/settle-decision.ts';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import { isObject } from './build-request.ts';
import type { ItemRow, Run } from './run-state.ts';
import { platformFileName } from './upload-media.ts';

/** Everything at the platform that carries the item's token, oldest first, by the strongest read there is. */
export async function lookFor(run: Run, item: ItemRow): Promise<FoundObject[]> {
  const { platform, session } = run;
  if (isObject(item)) {
    const found = await platform.objects.findByToken(session, item.kind, item.clientToken);
    return found
      .filter((one) => one.status.unified !== 'archived' && one.status.unified !== 'deleted')
      .map((one) => ({ externalId: one.externalId, createdAt: one.createdAt?.getTime() ?? 0 }));
  }
  const spec = item.spec as MediaSpec;
  const files = await platform.media.find(session, spec.kind, platformFileName(item));
  return files.map((file) => ({ externalId: file.externalId, createdAt: file.createdAt?.getTime() ?? 0 }));
}
