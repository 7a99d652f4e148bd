import { checkForm, checkMedia, checkSegment } from './check-account-items.ts';
import { checkAd } from './check-ad.ts';
import { checkAdsquad } from './check-adsquad.ts';
import { checkCampaign } from './check-campaign.ts';
import { checkCreative } from './check-creative.ts';
import type { Json, SnapKind, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

export type EntityKind = 'ad' | 'adsquad' | 'campaign' | 'creative' | 'form' | 'media' | 'segment';

/** One kind of object that is created and changed in arrays. */
export interface Entity {
  kind: EntityKind;
  /** Name of the array, and of the path. */
  plural: string;
  /** Name around one object. */
  singular: string;
  /** Most items of one call (guide [D]). */
  most: number;
  /** Field that names the parent, whose path the array is sent to. */
  parent: string;
  /** Cannot change after creation. Unverified [K] apart from child_ad_type [D]. */
  immutable: readonly string[];
  /** Fields of a create, a replacement or a patch, checked, with defaults. Throws ItemError. */
  check(world: SnapWorld, parent: SnapObject, item: Json): Json;
}

export const ENTITIES: Record<EntityKind, Entity> = {
  campaign: {
    kind: 'campaign',
    plural: 'campaigns',
    singular: 'campaign',
    most: 30,
    parent: 'ad_account_id',
    immutable: ['ad_account_id', 'buy_model', 'objective_v2_properties'],
    check: checkCampaign,
  },
  adsquad: {
    kind: 'adsquad',
    plural: 'adsquads',
    singular: 'adsquad',
    most: 30,
    parent: 'campaign_id',
    immutable: ['campaign_id', 'type', 'child_ad_type', 'conversion_location'],
    check: checkAdsquad,
  },
  ad: {
    kind: 'ad',
    plural: 'ads',
    singular: 'ad',
    most: 30,
    parent: 'ad_squad_id',
    immutable: ['ad_squad_id', 'type'],
    check: checkAd,
  },
  creative: {
    kind: 'creative',
    plural: 'creatives',
    singular: 'creative',
    most: 10,
    parent: 'ad_account_id',
    immutable: ['ad_account_id', 'type', 'top_snap_media_id'],
    check: checkCreative,
  },
  media: {
    kind: 'media',
    plural: 'media',
    singular: 'media',
    most: 10,
    parent: 'ad_account_id',
    immutable: ['ad_account_id', 'type'],
    check: checkMedia,
  },
  segment: {
    kind: 'segment',
    plural: 'segments',
    singular: 'segment',
    most: 15,
    parent: 'ad_account_id',
    immutable: ['ad_account_id', 'source_type'],
    check: checkSegment,
  },
  // Unverified [K]: path, names and the size of one call.
  form: {
    kind: 'form',
    plural: 'lead_generation_forms',
    singular: 'lead_generation_form',
    most: 10,
    parent: 'ad_account_id',
    immutable: ['ad_account_id'],
    check: checkForm,
  },
};

export function isEntity(kind: SnapKind): kind is EntityKind {
  return kind in ENTITIES;
}
