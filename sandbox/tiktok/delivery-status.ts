import type { TiktokObject } from './store.ts';
import type { TiktokWorld } from './world.ts';

const isEnabled = (object: TiktokObject | undefined): boolean => object?.fields['operation_status'] === 'ENABLE';
const isGone = (object: TiktokObject | undefined): boolean => object === undefined || object.fields['operation_status'] === 'DELETE';

function momentOf(object: TiktokObject, field: string): number | null {
  const value = object.fields[field];
  return typeof value === 'string' ? Date.parse(`${value.replace(' ', 'T')}Z`) : null;
}

const parent = (world: TiktokWorld, object: TiktokObject, kind: 'adgroup' | 'campaign'): TiktokObject | undefined =>
  world.store.find(kind, String(object.fields[`${kind}_id`]));

/** The words [S] are the platform's; which of several reasons it names first is unverified [K]: the outermost here. */
function campaignStatus(campaign: TiktokObject): string {
  if (isGone(campaign)) return 'CAMPAIGN_STATUS_DELETE';
  return isEnabled(campaign) ? 'CAMPAIGN_STATUS_ENABLE' : 'CAMPAIGN_STATUS_DISABLE';
}

function adgroupStatus(world: TiktokWorld, adgroup: TiktokObject): string {
  const campaign = parent(world, adgroup, 'campaign');
  if (isGone(adgroup)) return 'ADGROUP_STATUS_DELETE';
  if (isGone(campaign)) return 'ADGROUP_STATUS_CAMPAIGN_DELETE';
  if (!isEnabled(campaign)) return 'ADGROUP_STATUS_CAMPAIGN_DISABLE';
  if (!isEnabled(adgroup)) return 'ADGROUP_STATUS_DISABLE';
  const now = world.core.now();
  const end = momentOf(adgroup, 'schedule_end_time');
  if (end !== null && end <= now) return 'ADGROUP_STATUS_TIME_DONE';
  if ((momentOf(adgroup, 'schedule_start_time') ?? 0) > now) return 'ADGROUP_STATUS_NOT_START';
  return world.store.under(adgroup.id).some((ad) => !isGone(ad)) ? 'ADGROUP_STATUS_DELIVERY_OK' : 'ADGROUP_STATUS_CREATE';
}

function adStatus(world: TiktokWorld, ad: TiktokObject): string {
  const adgroup = parent(world, ad, 'adgroup');
  const campaign = parent(world, ad, 'campaign');
  if (isGone(ad)) return 'AD_STATUS_DELETE';
  if (isGone(campaign)) return 'AD_STATUS_CAMPAIGN_DELETE';
  if (adgroup === undefined || isGone(adgroup)) return 'AD_STATUS_ADGROUP_DELETE';
  if (ad.fields['denied'] === true) return 'AD_STATUS_AUDIT_DENY';
  if (!isEnabled(campaign)) return 'AD_STATUS_CAMPAIGN_DISABLE';
  if (!isEnabled(adgroup)) return 'AD_STATUS_ADGROUP_DISABLE';
  if (!isEnabled(ad)) return 'AD_STATUS_DISABLE';
  if (world.core.now() < ad.createdAt + world.settings.reviewMs && !ad.demo) return 'AD_STATUS_AUDIT';
  const now = world.core.now();
  if ((momentOf(adgroup, 'schedule_end_time') ?? Infinity) <= now) return 'AD_STATUS_DONE';
  if ((momentOf(adgroup, 'schedule_start_time') ?? 0) > now) return 'AD_STATUS_NOT_START';
  return 'AD_STATUS_DELIVERY_OK';
}

/** `secondary_status`: why an object delivers or does not, counted from itself and everything above it. */
export function secondaryStatus(world: TiktokWorld, object: TiktokObject): string {
  if (object.kind === 'campaign') return campaignStatus(object);
  return object.kind === 'adgroup' ? adgroupStatus(world, object) : adStatus(world, object);
}

/** The coarse word that lists are filtered by. */
export function primaryStatus(world: TiktokWorld, object: TiktokObject): string {
  const status = secondaryStatus(world, object);
  if (status.endsWith('_DELETE')) return 'STATUS_DELETE';
  if (status.endsWith('_DISABLE')) return 'STATUS_DISABLE';
  if (/_(TIME_)?DONE$/.test(status)) return 'STATUS_TIME_DONE';
  return status.endsWith('DELIVERY_OK') || status === 'CAMPAIGN_STATUS_ENABLE' ? 'STATUS_DELIVERY_OK' : 'STATUS_NOT_DELIVERY';
}

function adCanSpend(world: TiktokWorld, ad: TiktokObject): boolean {
  const advertiser = ad.advertiserId === null ? undefined : world.store.find('advertiser', ad.advertiserId);
  return advertiser?.fields['status'] === 'STATUS_ENABLE' && !/(DELETE|DISABLE|DENY|DONE)$/.test(adStatus(world, ad));
}

/** Whether money flows, or will without anybody doing anything more: through an ad, or through any ad below. */
export function canSpend(world: TiktokWorld, object: TiktokObject): boolean {
  if (object.kind === 'ad') return adCanSpend(world, object);
  return world.store.under(object.id).some((child) => canSpend(world, child));
}
