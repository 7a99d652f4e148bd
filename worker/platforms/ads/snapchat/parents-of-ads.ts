import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession } from '../ad-platform.ts';
import { textOf, WORDS } from './kinds.ts';
import { unreadable } from './map-error.ts';
import { snapOne } from './read.ts';
import { readByIds } from './read-by-ids.ts';

/** What lies above an ad: the platform's ads name their ad squad only, its figures not even that. What was asked for once is kept. */
export interface AdParents {
  learnSquads(squadIds: readonly string[]): Promise<void>;
  learnAds(adIds: readonly string[]): Promise<void>;
  campaignOf(squadId: string): string;
  squadOf(adId: string): string;
}

export function createAdParents(session: AdSession): AdParents {
  const campaigns = new Map<string, string>();
  const squads = new Map<string, string>();
  const learn = async (kind: 'ad' | 'ad_set', ids: readonly string[], parent: string, known: Map<string, string>): Promise<void> => {
    const open = [...new Set(ids)].filter((id) => !known.has(id));
    if (open.length === 0) return;
    for (const [id, told] of await readAgain(() => readByIds(session, kind, open))) {
      // What was deleted is told only one by one, and only when asked for so.
      const isGone = told instanceof PlatformError && told.failure === 'missing';
      const node = isGone ? await readAgain(() => snapOne(session, WORDS[kind], id, { read_deleted_entities: 'true' })) : told;
      if (node instanceof PlatformError) throw node;
      const above = textOf(node[parent]);
      if (above === null) throw unreadable(`An answer without ${parent}.`, node);
      known.set(id, above);
    }
  };
  const knownIn = (map: ReadonlyMap<string, string>, id: string): string => {
    const above = map.get(id);
    if (above === undefined) throw new Error(`what lies above ${id} was not learnt`);
    return above;
  };
  return {
    learnSquads: (ids) => learn('ad_set', ids, 'campaign_id', campaigns),
    learnAds: (ids) => learn('ad', ids, 'ad_squad_id', squads),
    campaignOf: (id) => knownIn(campaigns, id),
    squadOf: (id) => knownIn(squads, id),
  };
}
