import { nameWithToken } from '#shared/rules/client-token.ts';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import type { FoundObject } from '#shared/rules/settle-decision.ts';
import type { ObjectRow } from './build-request.ts';
import type { ItemRow, Run } from './run-state.ts';
import { platformFileName } from './upload-media.ts';

/** Everything living at the platform that carries the tokens of these rows of one kind, by row, oldest first. */
export async function lookForObjects(run: Run, items: readonly ObjectRow[]): Promise<Map<string, FoundObject[]>> {
  const [first] = items;
  if (!first) return new Map();
  const wanted = items.map((item) => wantedOf(item, run.parents.get(item.parentItemId ?? '')?.externalId ?? null));
  const built = await run.platform.objects.findByTokens(run.session, first.kind, wanted);
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

/** What an object is found by. */
export const wantedOf = (
  { name, clientToken }: Pick<ObjectRow, 'name' | 'clientToken'>,
  parent: string | null,
): { clientToken: string; name: string; parent?: string } => ({
  clientToken,
  name: nameWithToken(name, clientToken),
  ...(parent === null ? {} : { parent }),
});

/** The same for a file, by the name it was given. */
export async function lookForFile(run: Run, item: ItemRow): Promise<FoundObject[]> {
  const files = await run.platform.media.find(run.session, (item.spec as MediaSpec).kind, platformFileName(item));
  return files.map((file) => ({ externalId: file.externalId, createdAt: file.createdAt?.getTime() ?? 0 }));
}
