import { nameWithToken } from '#shared/rules/client-token.ts';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import type { FoundObject } from '#shared/rules/settle-decision.ts';
import type { AdPlatform } from '../../../platforms/ads/ad-platform.ts';
import type { ObjectRow } from './build-request.ts';
import type { ItemRow, Run } from './run-state.ts';
import { platformFileName } from './upload-media.ts';

/** Everything living at the platform that carries the tokens of these rows of one kind, by row, oldest first. */
export async function lookForObjects(run: Run, items: readonly ObjectRow[]): Promise<Map<string, FoundObject[]>> {
  const [first] = items;
  if (!first) return new Map();
  const built = await run.platform.objects.findByTokens(
    run.session,
    first.kind,
    items.map((item) => wantedOf(run, item)),
  );
  const living = built.filter(({ status }) => status.unified !== 'archived' && status.unified !== 'deleted');
  return new Map(
    items.map(({ id, clientToken }) => [
      id,
      living
        .filter((one) => one.clientToken === clientToken)
        .map((one) => ({ externalId: one.externalId, createdAt: one.createdAt?.getTime() ?? 0 })),
    ]),
  );
}

/** What names an item's object at the platform; below its parent where that is known. */
export function wantedOf(
  run: Run,
  { name, clientToken, parentItemId }: ObjectRow,
): Parameters<AdPlatform['objects']['findByTokens']>[2][number] {
  const parent = parentItemId === null ? undefined : run.parents.get(parentItemId)?.externalId;
  return { clientToken, name: nameWithToken(name, clientToken), ...(parent === undefined ? {} : { parent }) };
}

/** The same for a file, by the name it was given. */
export async function lookForFile(run: Run, item: ItemRow): Promise<FoundObject[]> {
  const files = await run.platform.media.find(run.session, (item.spec as MediaSpec).kind, platformFileName(item));
  return files.map((file) => ({ externalId: file.externalId, createdAt: file.createdAt?.getTime() ?? 0 }));
}
