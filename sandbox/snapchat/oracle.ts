import { tokenOf, type AdsOracleObject } from '../core/ads-oracle.ts';
import { canSpend, verdictOn } from './delivery-status.ts';
import { ENTITIES } from './entities.ts';
import { fileOf, mediaStatus } from './media-state.ts';
import type { SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

const KINDS = { campaign: 'campaign', adsquad: 'ad_set', ad: 'ad', creative: 'creative' } as const;

function parentIds(world: SnapWorld, object: SnapObject): string[] {
  const { fields } = object;
  if (object.kind === 'adsquad') return [String(fields['campaign_id'])];
  if (object.kind === 'creative') return [String(fields['top_snap_media_id'])];
  if (object.kind !== 'ad') return [];
  const squad = world.store.find('adsquad', fields['ad_squad_id']);
  return [squad?.fields['campaign_id'], fields['ad_squad_id'], fields['creative_id']].map(String);
}

function statusOf(world: SnapWorld, object: SnapObject): string {
  if (object.kind === 'media') return mediaStatus(world, object);
  if (object.kind === 'creative') return verdictOn(world, object);
  return String(object.fields['status']);
}

function toOracle(world: SnapWorld, object: SnapObject): AdsOracleObject {
  const name = typeof object.fields['name'] === 'string' ? object.fields['name'] : null;
  const kind = object.kind === 'media' ? (object.fields['type'] === 'VIDEO' ? 'video' : 'image') : KINDS[object.kind as keyof typeof KINDS];
  const launched = object.kind === 'campaign' || object.kind === 'adsquad' || object.kind === 'ad';
  return {
    id: object.id,
    kind,
    accountId: object.accountId ?? '',
    name,
    status: statusOf(world, object),
    parentIds: parentIds(world, object),
    token: tokenOf(name),
    createdTime: new Date(object.createdAt).toISOString(),
    canSpend: launched && canSpend(world, object),
    isDeleted: object.deleted,
    requestId: object.requestId,
    demo: object.demo,
    fields: object.kind === 'media' ? { ...object.fields, sha256: fileOf(object)?.sha256 ?? null } : object.fields,
  };
}

/** What truly exists, past lag and lost answers. */
export function listObjects(world: SnapWorld): AdsOracleObject[] {
  const kinds = [ENTITIES.media, ENTITIES.creative, ENTITIES.campaign, ENTITIES.adsquad, ENTITIES.ad];
  return kinds.flatMap(({ kind }) => world.store.all(kind).map((object) => toOracle(world, object)));
}
