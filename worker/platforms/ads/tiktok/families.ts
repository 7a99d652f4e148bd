import type { EntityKind, ObjectKind } from '../ad-platform.ts';
import { PAGE_SIZE } from './limits.ts';
import type { Row } from './client.ts';

/** Classic objects and Smart+ ones live behind different paths under the same ad account; nothing about an id says which it is. */
export type Family = 'classic' | 'smart';
export const FAMILIES: readonly Family[] = ['classic', 'smart'];

/** Objectives that are launched as Smart+ (platforms/tiktok, Create). */
const SMART_OBJECTIVES = new Set(['LEAD_GENERATION', 'WEB_CONVERSIONS', 'APP_PROMOTION']);
export const familyOf = (objective: string): Family => (SMART_OBJECTIVES.has(objective) ? 'smart' : 'classic');

const lastSeen = new WeakMap<object, Family>();

/** A launch is of one family: the one that was seen last on this session is asked first. Both are asked before anything counts as absent. */
export const familiesToAsk = (session: object): readonly Family[] => (lastSeen.get(session) === 'smart' ? FAMILIES.toReversed() : FAMILIES);

export function noteFamily(session: object, family: Family): void {
  lastSeen.set(session, family);
}

interface Level {
  /** Begin of its paths: `<path>create/`, `<path>get/`, `<path>status/update/`. */
  path: `${string}/`;
  /** The field that carries its id, and the list of ids that names several. */
  id: string;
  ids: string;
  name: string;
  /** The filter for what lies in some parents. */
  inside: string | null;
  /** Whether lists can be asked for one name. */
  byName: boolean;
  page: number;
}

const WORDS = { campaign: 'campaign', ad_set: 'adgroup', ad: 'ad' } as const;
const INSIDE = { campaign: null, ad_set: 'campaign_ids', ad: 'adgroup_ids' } as const;

export function level(family: Family, kind: EntityKind): Level {
  const word = WORDS[kind];
  const isSmartAd = family === 'smart' && kind === 'ad';
  return {
    path: family === 'smart' ? `smart_plus/${word}/` : `${word}/`,
    id: isSmartAd ? 'smart_plus_ad_id' : `${word}_id`,
    ids: isSmartAd ? 'smart_plus_ad_ids' : `${word}_ids`,
    name: `${word}_name`,
    inside: INSIDE[kind],
    byName: !isSmartAd,
    page: isSmartAd ? PAGE_SIZE.smartAds : PAGE_SIZE.most,
  };
}

/** Ads carry their content themselves: nobody asks for creatives. @throws RangeError for one */
export function entityKind(kind: ObjectKind): EntityKind {
  if (kind === 'creative') throw new RangeError('TikTok has no creatives of their own');
  return kind;
}

/** A classic list may show Smart+ objects, too: they are told by their own lists. */
export const isOfFamily = (family: Family, row: Row): boolean =>
  family === 'smart' || !String(row['campaign_automation_type'] ?? '').includes('SMART_PLUS');
