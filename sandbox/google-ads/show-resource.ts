import { part } from './operation.ts';
import type { Fields } from './read-message.ts';
import type { Resource } from './store.ts';
import type { AdsWorld } from './world.ts';
import { localTime } from './local-time.ts';

const parentOf = (world: AdsWorld, fields: Fields, camel: string): Fields => world.store.get(String(fields[camel]))?.fields ?? {};

/** States that follow from others are worked out when they are asked for. Reasons are the first that hold [K]. */
function campaignState(world: AdsWorld, { fields, customerId }: Resource): Fields {
  const now = localTime(String(world.store.get(`customers/${customerId}`)?.fields['timeZone']), world.core.now());
  const [start, end] = [String(fields['startDateTime'] ?? ''), String(fields['endDateTime'] ?? '9999')];
  const state = (primaryStatus: string, servingStatus: string, ...primaryStatusReasons: string[]): Fields => ({
    primaryStatus,
    servingStatus,
    primaryStatusReasons,
  });
  if (fields['status'] === 'REMOVED') return state('REMOVED', 'NONE', 'CAMPAIGN_REMOVED');
  if (fields['status'] === 'PAUSED') return state('PAUSED', 'SUSPENDED', 'CAMPAIGN_PAUSED');
  if (end < now) return state('ENDED', 'ENDED', 'CAMPAIGN_ENDED');
  if (start > now) return state('PENDING', 'PENDING', 'CAMPAIGN_PENDING');
  const below = world.store
    .byKey(`in ${String(fields['resourceName'])}`)
    .filter((one) => one.type === 'ad_group' || one.type === 'asset_group');
  if (below.length === 0)
    return state('NOT_ELIGIBLE', 'SERVING', fields['advertisingChannelType'] === 'PERFORMANCE_MAX' ? 'NO_ASSET_GROUPS' : 'NO_AD_GROUPS');
  return state('ELIGIBLE', 'SERVING');
}

function adState(world: AdsWorld, { fields, createdAt }: Resource): Fields {
  const group = parentOf(world, fields, 'adGroup');
  const campaign = parentOf(world, group, 'campaign');
  const inReview = world.core.now() - createdAt < world.settings.reviewMs;
  const state = (primaryStatus: string, ...primaryStatusReasons: string[]): Fields => ({ primaryStatus, primaryStatusReasons });
  const primary =
    fields['status'] === 'REMOVED'
      ? state('REMOVED', 'AD_GROUP_AD_REMOVED')
      : fields['status'] === 'PAUSED'
        ? state('PAUSED', 'AD_GROUP_AD_PAUSED')
        : group['status'] === 'PAUSED'
          ? state('PAUSED', 'AD_GROUP_PAUSED')
          : campaign['status'] === 'PAUSED'
            ? state('PAUSED', 'CAMPAIGN_PAUSED')
            : inReview
              ? state('PENDING', 'AD_GROUP_AD_UNDER_REVIEW')
              : state('ELIGIBLE');
  const policySummary = inReview
    ? { reviewStatus: 'REVIEW_IN_PROGRESS', approvalStatus: 'UNKNOWN' }
    : { reviewStatus: 'REVIEWED', approvalStatus: 'APPROVED' };
  return { ...primary, policySummary: { policyTopicEntries: [], ...policySummary }, adStrength: inReview ? 'PENDING' : 'GOOD' };
}

/** Labels hang on things by links; the thing itself lists them. */
function labelsOf(world: AdsWorld, resource: Resource): Fields {
  const labels = world.store.byKey(`on ${resource.name}`).map((link) => String(link.fields['label']));
  return labels.length === 0 ? {} : { labels };
}

/** A resource as the platform answers it. */
export function showResource(world: AdsWorld, resource: Resource): Fields {
  const { fields, type } = resource;
  switch (type) {
    case 'campaign':
      return { ...fields, ...campaignState(world, resource), ...labelsOf(world, resource) };
    case 'ad_group':
      return { ...fields, primaryStatus: fields['status'] === 'ENABLED' ? 'ELIGIBLE' : fields['status'], ...labelsOf(world, resource) };
    case 'ad_group_ad':
      return { ...fields, ...adState(world, resource), ...labelsOf(world, resource) };
    case 'campaign_budget':
      return { ...fields, referenceCount: String(world.store.byKey(`campaign of budget ${resource.name}`).length) };
    case 'asset': {
      if (fields['imageAsset'] === undefined) return fields;
      const { hash: _ours, ...imageAsset } = part(fields['imageAsset']);
      return { ...fields, imageAsset };
    }
    default:
      return fields;
  }
}
