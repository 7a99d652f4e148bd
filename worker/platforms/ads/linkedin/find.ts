import type { AdSession, AsBuilt, ObjectKind } from '../ad-platform.ts';
import { oldestFirst } from '../oldest-first.ts';
import { chunksOf } from './batch.ts';
import { collectionPath } from './collections.ts';
import { BATCH_LIMIT, PAGE_LIMIT } from './limits.ts';
import { pagesOf } from './read.ts';
import { list, query } from './restli.ts';
import { toAsBuilt } from './to-as-built.ts';
import { urn } from './urn.ts';

/** Names asked for in one search. */
const NAMES = 50;
const FIELDS = 'id,name,status,changeAuditStamps';
const AD_FIELDS = 'id,name,intendedStatus,campaign,createdAt';

interface Wanted {
  clientToken: string;
  name: string;
  parent?: string;
}

/** Groups and campaigns are searched by their whole names. Creatives have no such search: they are listed below their campaigns and told apart here. */
export async function findByTokens(session: AdSession, kind: ObjectKind, wanted: readonly Wanted[]): Promise<AsBuilt[]> {
  const tokens = new Set(wanted.map((one) => one.clientToken));
  const found = new Map<string, AsBuilt>();
  for (const asked of kind === 'ad' ? belowCampaigns(wanted) : byNames(wanted))
    for await (const rows of pagesOf(session, collectionPath(session, kind), asked))
      for (const row of rows) {
        const built = toAsBuilt(kind, row);
        if (built.clientToken !== null && tokens.has(built.clientToken)) found.set(built.externalId, built);
      }
  return [...found.values()].toSorted(oldestFirst);
}

const byNames = (wanted: readonly Wanted[]): string[] =>
  chunksOf(wanted, NAMES).map((part) =>
    query({ q: 'search', search: `(name:(values:${list(part.map((one) => one.name))}))`, pageSize: PAGE_LIMIT, fields: FIELDS }),
  );

/** Where one campaign is not known, all creatives of the account are looked through. */
function belowCampaigns(wanted: readonly Wanted[]): string[] {
  const asked = { q: 'criteria', pageSize: PAGE_LIMIT, fields: AD_FIELDS };
  const parents = new Set(wanted.map((one) => one.parent));
  const known = [...parents].filter((one) => one !== undefined);
  if (known.length < parents.size) return [query(asked)];
  return chunksOf(known, BATCH_LIMIT).map((part) => query({ ...asked, campaigns: list(part.map(urn.campaign)) }));
}

/** Living objects only, asked for by their switch. */
export const livingQuery = (kind: ObjectKind): string => {
  const states = ['ACTIVE', 'PAUSED', 'DRAFT', ...(kind === 'ad_set' ? ['COMPLETED'] : [])];
  return kind === 'ad'
    ? query({ q: 'criteria', intendedStatuses: list(states), pageSize: PAGE_LIMIT, fields: AD_FIELDS })
    : query({ q: 'search', search: `(status:(values:${list(states)}))`, pageSize: PAGE_LIMIT, fields: FIELDS });
};
