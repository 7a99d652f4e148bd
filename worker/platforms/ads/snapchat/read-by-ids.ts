import { PlatformError } from '../../platform-error.ts';
import type { ObjectKind } from '../ad-platform.ts';
import { pathOf, snapItems, type SnapSession } from './client.ts';
import { textOf, WORDS, type Json } from './kinds.ts';
import { MOST_IDS } from './limits.ts';
import { unreadable } from './map-error.ts';

/**
 * Many objects of one kind by their ids, a thousand in one call. An object tells its own id; a refusal names none and goes by its place.
 * @throws PlatformError when a call as a whole came to that
 */
export async function readByIds(
  session: SnapSession & { accountExternalId: string },
  kind: ObjectKind,
  ids: readonly string[],
): Promise<Map<string, Json | PlatformError>> {
  const { plural, singular } = WORDS[kind];
  const found = new Map<string, Json | PlatformError>();
  for (let from = 0; from < ids.length; from += MOST_IDS) {
    const part = ids.slice(from, from + MOST_IDS);
    const { items } = await snapItems(
      session,
      {
        method: 'POST',
        path: pathOf('adaccounts', session.accountExternalId, `get_${plural}_by_ids`),
        json: { [`${singular}_ids`]: part },
      },
      WORDS[kind],
    );
    for (const item of items) if (!(item instanceof PlatformError)) found.set(textOf(item['id']) ?? '', item);
    const isWhole = items.length === part.length;
    part.forEach((id, i) => {
      const item = items[i];
      if (!found.has(id))
        found.set(id, isWhole && item instanceof PlatformError ? item : unreadable(`An answer without ${singular} ${id}.`, null));
    });
  }
  return found;
}
