import type { SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/** Words of the delivery status page [D]; which of them come together, and INVALID_REVIEW_STATUS, NO_VALID_AD are ours [K]. */

export type Verdict = 'APPROVED' | 'PENDING' | 'REJECTED';

/** Ads and creatives wait for a reviewer; an edit of the creative begins it anew [T]. */
export function verdictOn(world: SnapWorld, object: SnapObject): Verdict {
  const verdict = object.hidden['verdict'];
  if (verdict === 'REJECTED' || verdict === 'APPROVED') return verdict;
  const from = (object.hidden['reviewFrom'] as number | undefined) ?? object.createdAt;
  return world.core.now() >= from + world.settings.reviewMs ? 'APPROVED' : 'PENDING';
}

export function parentOf(world: SnapWorld, object: SnapObject): SnapObject | undefined {
  if (object.kind === 'ad') return world.store.find('adsquad', object.fields['ad_squad_id']);
  if (object.kind === 'adsquad') return world.store.find('campaign', object.fields['campaign_id']);
  return object.kind === 'campaign' ? world.store.find('adaccount', object.accountId) : undefined;
}

function ownReasons(world: SnapWorld, object: SnapObject): string[] {
  const { status, start_time: start, end_time: end } = object.fields;
  const now = world.core.now();
  const reasons: string[] = [];
  if (status !== 'ACTIVE') reasons.push('INVALID_NOT_ACTIVE');
  if (typeof start === 'string' && Date.parse(start) > now) reasons.push('INVALID_START_TIME');
  if (typeof end === 'string' && Date.parse(end) < now) reasons.push('INVALID_END_TIME');
  if (object.kind === 'ad' && verdictOn(world, object) === 'REJECTED') reasons.push('INVALID_REVIEW_STATUS');
  return reasons;
}

/** Why an object delivers or does not, all reasons at once. A paused campaign shows in every child (guide, traps). */
export function deliveryStatus(world: SnapWorld, object: SnapObject): string[] {
  const reasons = ownReasons(world, object);
  for (let above = parentOf(world, object); above !== undefined; above = parentOf(world, above)) {
    if (above.deleted) return ['INVALID_EFFECTIVE_DELETED'];
    if (ownReasons(world, above).length > 0 && !reasons.includes('INVALID_NOT_EFFECTIVE_ACTIVE'))
      reasons.push('INVALID_NOT_EFFECTIVE_ACTIVE');
  }
  const hasLiveChild = world.store.below(object.id).some((child) => !child.deleted && child.fields['status'] === 'ACTIVE');
  if (object.kind === 'campaign' && !hasLiveChild) reasons.push('NO_VALID_AD_SQUAD');
  if (object.kind === 'adsquad' && !hasLiveChild) reasons.push('NO_VALID_AD');
  if (reasons.length > 0) return reasons;
  return object.kind === 'ad' && verdictOn(world, object) === 'PENDING' ? ['PENDING'] : ['VALID'];
}

const isOn = (object: SnapObject): boolean => !object.deleted && object.fields['status'] === 'ACTIVE';

/** True when nothing but dates and a review stands between the object and spending. */
export function canSpend(world: SnapWorld, object: SnapObject): boolean {
  for (let at: SnapObject | undefined = object; at !== undefined; at = parentOf(world, at)) if (!isOn(at)) return false;
  if (object.kind === 'ad') return true;
  return world.store.below(object.id).some((child) => isOn(child) && canSpend(world, child));
}
